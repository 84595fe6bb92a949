import { createMasker } from './masker.ts';
import type { Log, LogFields, LogLevel } from './port.ts';

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

const colors: Readonly<Record<LogLevel, string>> = {
  debug: '\u001b[2m',
  info: '',
  warn: '\u001b[33m',
  error: '\u001b[31m',
};
const reset = '\u001b[0m';

/**
 * Texts of strangers reach the log: control characters, which could start a section, move the cursor or forge a line, are shown as
 * their code.
 */
function visible(message: string): string {
  // eslint-disable-next-line no-control-regex -- because control characters are what is looked for
  return message.replace(
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g,
    (character) => {
      return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
    },
  );
}

function fieldsText(fields: LogFields | undefined): string {
  if (fields === undefined) return '';
  return Object.entries(fields)
    .map(([name, value]) => ` ${name}=${JSON.stringify(value)}`)
    .join('');
}

/** A log that masks secrets, shows control characters, and never lets a message forge a line. */
export function createLog(options: LogOptions): Log {
  const mask = createMasker(options.secrets);
  let sections = 0;

  function textLine(level: LogLevel, message: string, fields: LogFields | undefined): string {
    const word = level === 'info' ? '' : `${level}: `;
    const body = visible(mask(`${message}${fieldsText(fields)}`)).replaceAll('\n', '\n  ');
    const color = options.color ? colors[level] : '';
    return color === '' ? `${word}${body}\n` : `${color}${word}${body}${reset}\n`;
  }

  function write(level: LogLevel, message: string, fields?: LogFields): void {
    if (ranks[level] < ranks[options.level]) return;
    if (options.format === 'text') options.stream(textLine(level, message, fields));
    else
      options.stream(
        `${mask(JSON.stringify({ time: options.now().toISOString(), level, message, ...fields }))}\n`,
      );
  }

  // https://docs.gitlab.com/ci/jobs/job_logs/#custom-collapsible-sections
  function marker(kind: 'start' | 'end', name: string, title: string): void {
    const seconds = Math.floor(options.now().getTime() / 1000);
    const suffix = kind === 'start' ? `${name}[collapsed=true]` : name;
    options.stream(
      `\u001b[0Ksection_${kind}:${seconds}:${suffix}\r\u001b[0K${title === '' ? '' : visible(mask(title))}\n`,
    );
  }

  return {
    debug: (message, fields) => {
      write('debug', message, fields);
    },
    info: (message, fields) => {
      write('info', message, fields);
    },
    warn: (message, fields) => {
      write('warn', message, fields);
    },
    error: (message, fields) => {
      write('error', message, fields);
    },
    async section(title, work) {
      if (!options.ci || options.format === 'json' || ranks[options.level] > ranks.info) return work();
      sections += 1;
      const name = `herald_${title.toLowerCase().replace(/[^a-z0-9]+/g, '_')}_${sections}`;
      marker('start', name, title);
      try {
        return await work();
      } finally {
        marker('end', name, '');
      }
    },
  };
}
