import { counted } from '../model/plural.ts';
import { createMasker, maskedJson } from './masker.ts';
import type { Log, LogFields, LogLevel } from './port.ts';
import { visibleText } from './visible-text.ts';

export interface LogOptions {
  readonly level: LogLevel;
  readonly format: 'text' | 'json';
  /** Takes whole lines, line ending included. */
  readonly stream: (text: string) => void;
  readonly color: boolean;
  /** True in a job log of GitLab, which knows collapsible sections. */
  readonly ci: boolean;
  readonly secrets: readonly string[];
  readonly now: () => Date;
}

const ranks: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, warn: 2, error: 3 };

const words: Readonly<Record<LogLevel, string>> = {
  debug: 'debug: ',
  info: '',
  warn: 'warning: ',
  error: 'error: ',
};

const colors: Readonly<Record<LogLevel, string>> = {
  debug: '\u001b[2m',
  info: '',
  warn: '\u001b[33m',
  error: '\u001b[31m',
};
const reset = '\u001b[0m';

/** A job log holds 4 MiB by default (https://docs.gitlab.com/runner/configuration/advanced-configuration/): one message must not fill it. */
const maxMessageLength = 16_000;

function bounded(text: string): string {
  const more = text.length - maxMessageLength;
  return more <= 0
    ? text
    : `${text.slice(0, maxMessageLength)} … (${counted(more, { one: 'more character', other: 'more characters' })})`;
}

/** What lines are about, for programs that read them: the words for people say it already. */
const forPrograms: ReadonlySet<string> = new Set([
  'event',
  'action',
  'project',
  'object',
  'delivery',
  'outcome',
  'ms',
  'requests',
  'remaining',
]);

function fieldsText(fields: LogFields): string {
  return Object.entries(fields)
    .filter(([name]) => !forPrograms.has(name))
    .map(([name, value]) => ` ${name}=${JSON.stringify(value)}`)
    .join('');
}

type Write = (level: LogLevel, message: string, fields?: LogFields) => void;

function textWriter({ stream, color }: LogOptions, mask: (text: string) => string): Write {
  return (level, message, fields = {}) => {
    // Further lines are indented, so that they cannot look like separate log lines.
    const body = visibleText(bounded(mask(message + fieldsText(fields)))).replaceAll('\n', '\n  ');
    const start = color ? colors[level] : '';
    stream(`${start}${words[level]}${body}${start === '' ? '' : reset}\n`);
  };
}

function jsonWriter({ stream, now }: LogOptions, mask: (text: string) => string): Write {
  return (level, message, fields = {}) => {
    const own = { time: now().toISOString(), level, message: bounded(mask(message)) };
    // Set last, so that a caller's field cannot replace Herald's own.
    stream(`${visibleText(maskedJson({ ...own, ...fields, ...own }, mask))}\n`);
  };
}

/** Letters, digits, `_`, `.` and `-` make a section's name (https://docs.gitlab.com/ci/jobs/job_logs/#custom-collapsible-sections). */
function sectionName(title: string, number: number): string {
  const name = title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .slice(0, 40);
  return `herald_${name}_${number}`;
}

/** A log that masks secrets, shows control characters, and lets no message forge a line or a section. */
export function createLog(options: LogOptions): Log {
  const { stream, now } = options;
  const mask = createMasker(options.secrets);
  const write = options.format === 'text' ? textWriter(options, mask) : jsonWriter(options, mask);
  const hasSections = options.ci && options.format === 'text' && ranks[options.level] <= ranks.info;
  let sections = 0;

  const writerOf =
    (level: LogLevel) =>
    (message: string, fields?: LogFields): void => {
      if (ranks[level] >= ranks[options.level]) write(level, message, fields);
    };

  function mark(kind: 'start' | 'end', name: string, title: string): void {
    const seconds = Math.floor(now().getTime() / 1000);
    stream(`\u001b[0Ksection_${kind}:${seconds}:${name}\r\u001b[0K${title}\n`);
  }

  return {
    debug: writerOf('debug'),
    info: writerOf('info'),
    warn: writerOf('warn'),
    error: writerOf('error'),
    async section(title, work) {
      if (!hasSections) return work();
      sections += 1;
      const shown = visibleText(bounded(mask(title))).replaceAll('\n', ' ');
      const name = sectionName(shown, sections);
      mark('start', `${name}[collapsed=true]`, shown);
      try {
        return await work();
      } finally {
        mark('end', name, '');
      }
    },
  };
}
