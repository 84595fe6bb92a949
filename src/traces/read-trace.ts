import { createKeyHider } from '../secrets/private-keys.ts';
import { type Candidate, type Candidates, createCandidates } from './candidates.ts';
import { createLogReader, type LogLine } from './log-lines.ts';
import { patternOf } from './patterns/registry.ts';

/** What is kept of a log, however long it was. */
export interface TraceDigest {
  readonly bytes: number;
  /** `ERROR: Job failed: …`, the runner's last word; null when the log ends without it. */
  readonly verdict: LogLine | null;
  /** The runner's last word was that the job succeeded. */
  readonly succeeded: boolean;
  readonly scriptSucceeded: boolean;
  /** The command that ran last, as the runner echoed it, without the `$ `. */
  readonly command: LogLine | null;
  /** What the last command said about failures. */
  readonly ofCommand: readonly Candidate[];
  /** The text before it: by earlier commands, which succeeded, and by the runner. */
  readonly earlier: readonly Candidate[];
  /** The text after the script. */
  readonly later: readonly Candidate[];
  /** The last lines of the last command. */
  readonly tail: readonly LogLine[];
  /** GitLab's number of a line, null when GitLab's page does not show it. */
  numberOf(line: LogLine): number | null;
}

export interface TraceReader {
  write(chunk: Uint8Array): void;
  end(): TraceDigest;
}

const VERDICT = /^(?:ERROR|FATAL|WARNING): Job failed\b/;
const maxTail = 30;
const leastOfVerdict = 50;
/** GitLab's page shows the end of a longer log and counts from there: `LIMIT_SIZE` of `Gitlab::Ci::Trace::Stream`. */
const shownBytes = 500 * 1024;

/** Knows which line GitLab's page of a long log starts with. */
function createWindow(): { add(line: LogLine): void; hiddenLines(bytes: number): number } {
  let starts: { readonly offset: number; readonly number: number }[] = [];
  let limit = 20_000;
  return {
    add({ offset, number }) {
      starts.push({ offset, number });
      if (starts.length < limit) return;
      starts = starts.filter((start) => start.offset >= offset - shownBytes);
      limit = Math.max(20_000, 2 * starts.length);
    },
    hiddenLines(bytes) {
      if (bytes <= shownBytes) return 0;
      const first = starts.find(({ offset }) => offset > bytes - shownBytes);
      return first === undefined ? Number.POSITIVE_INFINITY : first.number - 1;
    },
  };
}

/** The parts of a log: before the last command, the last command, after the script. */
interface Parts {
  earlier: Candidates;
  ofCommand: Candidates;
  readonly later: Candidates;
  command: LogLine | null;
  tail: LogLine[];
  verdict: LogLine | null;
  succeeded: boolean;
}

/** A new command means that the one before succeeded: of all before, only the most telling stays. */
function startCommand(parts: Parts, line: LogLine): void {
  parts.ofCommand.close();
  for (const found of parts.ofCommand.all()) parts.earlier.take(found);
  parts.earlier.close();
  parts.ofCommand = createCandidates();
  parts.command = line;
  parts.tail = [];
}

function addToTail(parts: Parts, line: LogLine): void {
  parts.tail.push(line);
  if (parts.tail.length > 2 * maxTail) parts.tail = parts.tail.slice(-maxTail);
}

function sort(parts: Parts, line: LogLine): void {
  if (line.command && line.phase !== 'after') {
    startCommand(parts, line);
    return;
  }
  const pattern = patternOf(line.text);
  if (VERDICT.test(line.text)) {
    parts.verdict = line;
    parts.ofCommand.close();
    parts.later.close();
    // That the job failed is known; what the runner adds may be the cause.
    parts.later.add(line, pattern !== null && pattern.weight >= leastOfVerdict ? pattern : null);
    return;
  }
  if (line.text.startsWith('Job succeeded')) parts.succeeded = true;
  if (line.phase === 'after') {
    parts.ofCommand.close();
    parts.later.add(line, pattern);
    return;
  }
  if (line.phase === 'prepare') {
    parts.earlier.add(line, pattern);
    return;
  }
  addToTail(parts, line);
  parts.ofCommand.add(line, pattern);
}

/**
 * Reads a job's log in one pass and keeps what may say why the job failed. Memory does not grow with the log. The bytes
 * may be anything.
 */
export function createTraceReader(): TraceReader {
  const parts: Parts = {
    earlier: createCandidates(),
    ofCommand: createCandidates(),
    later: createCandidates(),
    command: null,
    tail: [],
    verdict: null,
    succeeded: false,
  };
  const window = createWindow();
  const hideKeys = createKeyHider();
  const log = createLogReader((line) => {
    window.add(line);
    const text = hideKeys(line.text);
    sort(parts, text === line.text ? line : { ...line, text });
  });
  return {
    write: log.write,
    end() {
      const { bytes, scriptSucceeded } = log.end();
      const hidden = window.hiddenLines(bytes);
      return {
        bytes,
        verdict: parts.verdict,
        succeeded: parts.succeeded && parts.verdict === null,
        scriptSucceeded,
        command: parts.command,
        ofCommand: parts.ofCommand.all(),
        earlier: parts.earlier.all(),
        later: parts.later.all(),
        tail: parts.tail.slice(-maxTail),
        numberOf: ({ number }) => (number > hidden ? number - hidden : null),
      };
    },
  };
}
