import { createLineBytes } from './line-bytes.ts';
import { createRunnerSections, type Phase } from './runner-sections.ts';
import { visibleLine } from './visible-line.ts';

/** One line of a log that shows something. */
export interface LogLine {
  readonly text: string;
  /** Counted from the log's start as GitLab counts: lines that show nothing have no number. From 1. */
  readonly number: number;
  /** Of the first byte of its line in the file. */
  readonly offset: number;
  readonly phase: Phase;
  /** The runner echoed it before it ran it. */
  readonly command: boolean;
}

export interface LogReader {
  write(chunk: Uint8Array): void;
  end(): { readonly bytes: number; readonly scriptSucceeded: boolean };
}

// Also without what clears the line, for logs that went through an editor.
const SECTION = /section_(start|end):\d{1,20}:([\w.-]{1,200})(?:\[[^\]\r\n]{0,500}\])?(?:\r\u001b\[0K|\r?$)/g;
// The runner echoes commands in bold green; tools that print `$ command` do so in other colours.
const ECHOED_COMMAND = /^(?:\u001b\[0K|\u001b\[0;?m)*\u001b\[32;1m\$ /;
const ESCAPE = '\u001b';
// Source: https://docs.gitlab.com/ci/jobs/job_logs/ (timestamps), 32 characters.
const TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z [0-9a-f]{2}[EO][+ ]/;
const timestampLength = 32;
const maxJoinedCharacters = 64 * 1024;

/** Joins what a timestamped log broke in pieces: `+` before a line says that it goes on with the one before. */
function createJoiner(onLine: (text: string, offset: number) => void): {
  add(text: string, offset: number): void;
  end(): void;
} {
  let timestamped: boolean | null = null;
  let waiting: { text: string; readonly offset: number } | null = null;
  return {
    add(text, offset) {
      timestamped ??= TIMESTAMP.test(text);
      if (!timestamped) {
        onLine(text, offset);
        return;
      }
      const hasStamp = TIMESTAMP.test(text);
      const content = hasStamp ? text.slice(timestampLength) : text;
      if (hasStamp && waiting !== null && text[timestampLength - 1] === '+') {
        const joined = waiting.text + content;
        waiting.text =
          joined.length > maxJoinedCharacters
            ? joined.slice(joined.lastIndexOf('\r', joined.length - 2))
            : joined;
        return;
      }
      if (waiting !== null) onLine(waiting.text, waiting.offset);
      waiting = { text: content, offset };
    },
    end() {
      if (waiting !== null) onLine(waiting.text, waiting.offset);
    },
  };
}

/**
 * Reads the bytes of a job's log, plain or timestamped, and gives the lines that show something, in order: section
 * markers followed and removed, escape sequences and overwritten text gone. Needs memory for one line, however long the
 * log. Source: https://docs.gitlab.com/ci/jobs/job_logs/
 */
export function createLogReader(onLine: (line: LogLine) => void): LogReader {
  const sections = createRunnerSections();
  let count = 0;
  let hasColours = false;

  function isCommand(raw: string): boolean {
    hasColours ||= raw.includes(ESCAPE);
    // The runner always colours: a log without any was copied from the page of the job.
    if (!hasColours) return raw.startsWith('$ ');
    return raw.includes('[32;1m$ ') && ECHOED_COMMAND.test(raw);
  }

  function show(raw: string, offset: number): void {
    if (raw === '') return;
    const { text, shown } = visibleLine(raw);
    if (shown) count += 1;
    if (text === '') return;
    sections.header(text);
    const command = isCommand(raw);
    onLine({ text, number: Math.max(1, count), offset, phase: sections.phase(), command });
  }

  function line(text: string, offset: number): void {
    let at = 0;
    if (text.includes('section_')) {
      for (const match of text.matchAll(SECTION)) {
        const [whole, action, name = ''] = match;
        show(text.slice(at, match.index), offset);
        at = match.index + whole.length;
        if (action === 'start') sections.start(name);
        else sections.end(name);
      }
    }
    show(at === 0 ? text : text.slice(at), offset);
  }

  const joiner = createJoiner(line);
  const bytes = createLineBytes(joiner.add);
  return {
    write: bytes.write,
    end() {
      const total = bytes.end();
      joiner.end();
      return { bytes: total, scriptSucceeded: sections.scriptSucceeded() };
    },
  };
}
