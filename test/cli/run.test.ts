import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { parseArguments } from '../../src/cli/arguments.ts';
import { commandLoaders } from '../../src/cli/commands.ts';
import type { Host } from '../../src/cli/host.ts';
import { run } from '../../src/cli/run.ts';
import { groupedRows } from '../../src/config/option-groups.ts';
import { optionRows } from '../../src/config/option-row.ts';
import { optionsByCommand } from '../../src/config/options.ts';
import { version } from '../../src/version.ts';
import { aHost } from './a-host.ts';

describe('help', () => {
  test('names every command', async () => {
    const { host, printed } = aHost();
    expect(await run(['--help'], host)).toBe(0);
    for (const command of Object.keys(optionsByCommand)) expect(printed()).toContain(`herald ${command}`);
  });

  test.each(Object.entries(optionsByCommand))(
    'of %s names every option and its variable',
    async (command, schema) => {
      const { host, printed } = aHost();
      expect(await run([command, '--help'], host)).toBe(0);
      const text = printed().replace(/\s+/g, ' ');
      for (const { name, variable, positional, type } of optionRows(schema)) {
        if (positional || type === 'table') continue;
        expect(text).toContain(`--${name}`);
        expect(text).toContain(variable);
      }
    },
  );

  test.each([['--help'], ['-h'], ['help'], ['help', 'help']])('of all: %s %s', async (...argv) => {
    const { host, printed, complained } = aHost();
    expect(await run(argv, host)).toBe(0);
    expect(printed()).toMatch(/^herald <command> \[options\]\n/);
    for (const command of Object.keys(commandLoaders))
      expect(printed()).toMatch(new RegExp(`^ +herald ${command}\\b`, 'm'));
    expect(complained()).toBe('');
  });

  describe.each(Object.keys(commandLoaders))('of %s', (command) => {
    test.each([
      [['help', command]],
      [[command, '--help']],
      [[command, '-h']],
      [['--help', command]],
      [['-h', command]],
      [[command, '--log-level', 'debug', '-h']],
    ])('%j', async (argv) => {
      const { host, printed, complained } = aHost();
      expect(await run(argv, host)).toBe(0);
      const [usage = ''] = printed().split('\n');
      expect(usage).toMatch(new RegExp(`^herald ${command}( [<[-].*)? \\[options\\]$`));
      expect(complained()).toBe('');
    });
  });

  test('usage shows what must be given', async () => {
    const usages = await Promise.all(
      ['inspect', 'convert', 'report', 'status', 'search'].map(async (name) => {
        const { host, printed } = aHost();
        await run(['help', name], host);
        return printed().split('\n')[0];
      }),
    );
    expect(usages).toEqual([
      'herald inspect <files..> [options]',
      'herald convert <files..> --to <format> [options]',
      'herald report [reports..] [options]',
      'herald status --state <state> [options]',
      'herald search <issues|projects> [words..] [options]',
    ]);
  });

  test('has the options in groups, those that people need first', async () => {
    const { host, printed } = aHost();
    await run(['help', 'report'], host);
    const headings = printed()
      .split('\n')
      .filter((line) => /^[A-Z].*:$/.test(line));
    expect(headings).toEqual([
      'What to read:',
      'What fails:',
      'What to try:',
      'The comment:',
      'Comments on lines:',
      'Statuses and labels:',
      'Which GitLab, and what of it:',
      'Output:',
      'Configuration and log:',
      'Help:',
      'Examples:',
    ]);
  });

  test.each([40, 80, 200])('fits into %i columns', async (columns) => {
    const { host, printed } = aHost();
    await run(['help', 'inspect'], { ...host, output: { ...host.output, columns } });
    const longest = Math.max(
      ...printed()
        .split('\n')
        .map((line) => line.length),
    );
    expect(longest).toBeLessThanOrEqual(Math.min(columns, 110));
  });

  test.each([['--version'], ['-V'], ['version'], ['report', '--version'], ['report', '-V']])(
    '%s %s prints the version of Herald, whatever project it is run in',
    async (...argv) => {
      const { host, printed, complained } = aHost();
      expect(await run(argv, host)).toBe(0);
      expect(printed()).toBe(`${version}\n`);
      expect(complained()).toBe('');
    },
  );

  test('without a command is short, and an error: a job whose command got lost must not pass', async () => {
    const { host, printed, complained } = aHost();
    expect(await run([], host)).toBe(2);
    expect(printed()).toBe('');
    expect(complained()).toContain('herald --help');
    expect(complained().split('\n').length).toBeLessThan(12);
  });
});

test('every option is in a group of the help', () => {
  const others = Object.values(optionsByCommand).flatMap((schema) =>
    groupedRows(optionRows(schema))
      .filter(({ title }) => title === 'Other options')
      .flatMap(({ rows }) => rows.map(({ key }) => key)),
  );
  expect(others).toEqual([]);
});

const argumentsOf = {
  report: { options: optionsByCommand.report, positional: 'reports' },
  setup: { options: optionsByCommand.setup, positional: null },
  search: { options: optionsByCommand.search, positional: 'words' },
} as const;

function flagsOf(command: keyof typeof argumentsOf, ...args: readonly string[]) {
  return parseArguments(args, { name: command, ...argumentsOf[command] }).then(({ flags }) => flags);
}

describe('a list', () => {
  test.each([
    ['with commas', ['--parts', 'webhook,token'], ['webhook', 'token']],
    ['given twice', ['--parts', 'webhook', '--parts', 'token'], ['webhook', 'token']],
    ['both', ['--parts', 'webhook, token', '--parts=queue'], ['webhook', 'token', 'queue']],
  ])('as a flag may be written %s', async (_name, args, parts) => {
    expect(await flagsOf('setup', ...args)).toMatchObject({ parts });
  });

  test('of words that are searched for is not torn at commas', async () => {
    expect(await flagsOf('search', 'issues', 'slow, very')).toMatchObject({
      words: ['issues', 'slow, very'],
    });
  });

  test.each([
    ['--fail-on', 'failures', 'junit.xml'],
    ['junit.xml', '--fail-on', 'failures'],
    ['--fail-on=failures', 'junit.xml'],
    ['--fail-on', 'failures', '--', 'junit.xml'],
    ['--strict', 'junit.xml', '--fail-on', 'failures'],
  ])('takes one value per flag, and leaves the file alone: %s %s %s %s', async (...args) => {
    expect(await flagsOf('report', ...args)).toMatchObject({ failOn: ['failures'], reports: ['junit.xml'] });
  });
});

describe('arguments', () => {
  test.each([
    ['a switch with a word for yes', ['--strict=yes'], { strict: true }],
    ['a switch with a word for no', ['--strict=off'], { strict: false }],
    ['a switch that is off', ['--no-allow-labels'], { allowLabels: false }],
    ['a value with a dash', ['--title=-x'], { title: '-x' }],
    ['a value with =', ['--title=a=b'], { title: 'a=b' }],
    ['a number', ['--max-inline', '3'], { maxInline: 3 }],
    ['a number as text', ['--title', '007'], { title: '007' }],
    ['names like numbers', ['007', '1e3'], { reports: ['007', '1e3'] }],
    ['a file that begins with a dash', ['--', '-x.xml'], { reports: ['-x.xml'] }],
    ['a dash', ['-'], { reports: ['-'] }],
  ])('%s', async (_name, args, flags) => {
    expect(await flagsOf('report', ...args)).toMatchObject(flags);
  });

  test.each([
    [['report', '--fial-on', 'failures'], 'unknown option --fial-on', 'did you mean --fail-on?'],
    [['report', '--failon=failures'], 'unknown option --failon', 'did you mean --fail-on?'],
    [['report', '--no-strikt'], 'unknown option --no-strikt', 'did you mean --strict?'],
    [['report', '--versoin'], 'unknown option --versoin', 'did you mean --version?'],
    [['report', '--zzzzzzzz'], 'unknown option --zzzzzzzz', 'herald help report lists the options'],
    [['doctor', '--zzzzzzzz'], 'unknown option --zzzzzzzz', 'herald help doctor lists the options'],
    [
      ['status'],
      'herald status needs --state',
      'one of pending, running, success, failed, canceled, skipped',
    ],
    [['report', '-x'], 'unknown option -x', 'herald help report lists the options'],
    [['report', '--constructor', 'x'], 'unknown option --constructor', null],
    [['report', '--__proto__', 'x'], 'unknown option --__proto__', null],
    [['report', '--$0', 'x'], 'unknown option --$0', null],
    [['inspect', '--jsn', 'a.xml'], 'unknown option --jsn', 'did you mean --json?'],
    [['reprot'], 'unknown command "reprot"', 'did you mean "herald report"?'],
    [['reprot', '--help'], 'unknown command "reprot"', 'did you mean "herald report"?'],
    [['help', 'reprot'], 'unknown command "reprot"', 'did you mean "herald report"?'],
    [['zzzzzzz'], 'unknown command "zzzzzzz"', 'herald --help lists the commands'],
    [['constructor'], 'unknown command "constructor"', null],
    [['--verison'], 'unknown option "--verison"', 'did you mean "herald version"?'],
    [['--dry-run'], 'unknown option "--dry-run"', null],
    [['report', '--key'], '--key needs a value', 'a value that begins with a dash: --key=-value'],
    [['report', '--key', '--strict'], '--key needs a value', null],
    [['report', '--key', 'a', '--key', 'b'], '--key is given 2 times, but it takes one value', null],
    [['report', '--no-key'], '--no-key is not possible: --key takes a value', null],
    [['report', '--strict=maybe'], '--strict is "maybe", but it must be true or false', null],
    [['report', '--max-inline', 'many'], '--max-inline is "many", but it must be a number', null],
    [['doctor', 'group/project'], 'unexpected argument "group/project"', null],
    [['inspect'], 'herald inspect needs at least one file', null],
    [['report', '--detail', 'norml'], '--detail: "norml" is not possible; did you mean "normal"?', null],
    [
      ['report', '--preview', '--comment', 'sometimes'],
      '--comment: "sometimes" is not possible; one of always, changes, failures, errors, never',
      null,
    ],
    [
      ['report', '--preview', '--inline', 'findngs'],
      '--inline: "findngs" is not possible; did you mean "findings"?',
      null,
    ],
    [['report', '--preview', '--max-inline', '500'], '--max-inline: must be at most 100', null],
  ])('%j is refused with a sentence', async (argv, message, hint) => {
    const { host, printed } = aHost();
    await expect(run(argv, host)).rejects.toMatchObject({
      exitCode: 2,
      message,
      ...(hint === null ? {} : { hint }),
    });
    expect(printed()).toBe('');
  });

  test('options before the command are those of the command', async () => {
    await expect(run(['--detail', 'norml', 'report', '--preview'], aHost().host)).rejects.toThrow(
      '--detail: "norml"',
    );
  });
});

describe('inspect', () => {
  test('a file that cannot be opened gives an object with an error, and exit code 3', async () => {
    const { host, printed } = aHost();
    expect(await run(['inspect', '--json', 'missing.xml'], host)).toBe(3);
    expect(JSON.parse(printed())).toEqual({
      path: 'missing.xml',
      complete: false,
      format: 'unknown',
      kind: 'unknown',
      error: 'no such file',
      warnings: [],
    });
    expect(await run(['inspect', '--strict', 'missing.xml'], aHost().host)).toBe(3);
  });

  test('a file that is cut off is exit code 3 under --strict', async () => {
    const bytes = Buffer.from('<testsuite><testcase name="a"/><testcase na');
    const fileAt: Host['fileAt'] = () =>
      Promise.resolve({ sizeBytes: bytes.length, chunks: Readable.from([bytes]) });
    expect(await run(['inspect', '--strict', 'junit.xml'], aHost({ fileAt }).host)).toBe(3);
    expect(await run(['inspect', 'junit.xml'], aHost({ fileAt }).host)).toBe(0);
  });
});
