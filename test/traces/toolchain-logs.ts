import { readdirSync, readFileSync } from 'node:fs';

/** What one tool prints when it fails, with the line that a human who knows the tool points to. */
export interface ToolchainLog {
  readonly toolchain: string;
  readonly name: string;
  readonly kind: string;
  readonly origin: string;
  readonly headline: string;
  readonly body: readonly string[];
  /** The exit code of the job; null when the body says itself how the job ended. */
  readonly exitCode: number | null;
  /** Copied from a page: without colours, section markers and what else the runner writes. */
  readonly isCopied: boolean;
}

const folder = new URL('../fixtures/traces/toolchains/', import.meta.url);
const TITLE = /^=== (.+) \| ([\w-]+) \| (\w+) \| (?:exit (\d+)|raw|as is)$/;
const mark = '»';

function plain(text: string): string {
  return text
    .replace(/␛\[[\d;]*[A-Za-z]/g, '')
    .replace(/^.*␍(?=.)/, '')
    .trim();
}

function withoutMark(line: string): string {
  return line.startsWith(mark) ? line.slice(mark.length) : line;
}

/**
 * Reads the logs of all toolchains. A file is of one toolchain; `=== name | kind | origin | exit 1` begins a log; `»`
 * before a line says that it is the headline (before two lines: both, as one), `§name` begins a section of the runner,
 * `$ ` a command that the runner echoes; `␛` and `␍` are the control characters that they look like.
 */
export function toolchainLogs(): readonly ToolchainLog[] {
  return readdirSync(folder).flatMap((file) => {
    const lines = readFileSync(new URL(file, folder), 'utf8').trimEnd().split('\n');
    const starts = lines.flatMap((line, index) => (TITLE.test(line) ? [index] : []));
    return starts.map((start, index): ToolchainLog => {
      const [title = '', name = '', kind = '', origin = '', exitCode] = TITLE.exec(lines[start] ?? '') ?? [];
      const marked = lines.slice(start + 1, starts[index + 1]);
      const headline = marked.filter((line) => line.startsWith(mark)).map(withoutMark);
      return {
        toolchain: file.replace('.txt', ''),
        name,
        kind,
        origin,
        headline: headline.map(plain).join(' '),
        body: marked.map(withoutMark),
        exitCode: exitCode === undefined ? null : Number(exitCode),
        isCopied: title.endsWith('| as is'),
      };
    });
  });
}

function withSections(lines: readonly string[]): readonly string[] {
  let open = '';
  return lines.map((line) => {
    if (!line.startsWith('§')) return line;
    const close = open === '' ? '' : `section_end:1772618401:${open}\r\u001b[0K`;
    open = line.slice(1);
    const start = open === '' ? '' : `section_start:1772618401:${open}\r\u001b[0K`;
    return close + start;
  });
}

const prepared = [
  '\u001b[0KRunning with gitlab-runner 17.9.1 (bbf75488)\u001b[0;m',
  '§prepare_executor',
  '\u001b[0K\u001b[36;1mPreparing the "docker" executor\u001b[0;m',
  'Using Docker executor with image registry.example.com/error-tools:1 ...',
  '§get_sources',
  'Initialized empty Git repository in /builds/shop/checkout/.git/',
  '§step_script',
];

/** The log as the runner writes it, with what comes before and after the script. */
export function logOf({ body, exitCode, isCopied }: ToolchainLog): string {
  if (isCopied) return `${body.join('\n')}\n`;
  const hasSections = body.some((line) => line.startsWith('§'));
  const echoed = body.map((line) =>
    line.startsWith('$ ') ? `\u001b[0K\u001b[32;1m${line}\u001b[0;m` : line,
  );
  const ended =
    exitCode === null
      ? []
      : [
          '§cleanup_file_variables',
          'Cleaning up project directory and file based variables',
          '§',
          `\u001b[31;1mERROR: Job failed: exit code ${exitCode}`,
          '\u001b[0;m',
        ];
  const all = [...(hasSections || exitCode === null ? ['§step_script'] : prepared), ...echoed, ...ended];
  const first = hasSections && body[0]?.startsWith('§') === true ? all.slice(1) : all;
  return `${withSections(first).join('\n').replaceAll('␛', '\u001b').replaceAll('␍', '\r')}\n`;
}

/** The same log of a runner with `FF_TIMESTAMPS`. Source: https://docs.gitlab.com/ci/jobs/job_logs/ */
export function timestamped(log: string): string {
  return log
    .split('\n')
    .slice(0, -1)
    .map(
      (line, index) =>
        `2026-03-04T10:00:00.${String(100_000 + index)}Z 0${index % 2}${'OE'[index % 2]} ${line}\n`,
    )
    .join('');
}

/** The same log after a command that said much of errors and succeeded. */
export function afterNoise(log: string): string {
  const command = '$ ./warm-up || true';
  const noise = [
    log.includes('\u001b') ? `\u001b[0K\u001b[32;1m${command}\u001b[0;m` : command,
    'ERROR: the cache answered 404, going on without it',
    'fatal: no such cache (ignored)',
    'Traceback (most recent call last):',
    'KeyError: 3',
    'make: *** [Makefile:3: warm] Error 1 (ignored)',
    '10%\r50%\r100%',
  ].join('\n');
  return log.replace(/^(?=\S{0,20}\$ )/m, () => `${noise}\n`);
}
