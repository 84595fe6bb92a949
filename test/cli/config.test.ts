import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { commandLoaders, loadAllCommands } from '../../src/cli/commands.ts';
import { commandsWithFile } from '../../src/cli/config.ts';
import { isCommand } from '../../src/cli/help.ts';
import { run } from '../../src/cli/run.ts';
import { innerKeys } from '../../src/config/configuration-file.ts';
import { optionsByCommand } from '../../src/config/options.ts';
import { configurationSchema } from '../../src/usecases/configuration-schema.ts';
import { aHost } from './a-host.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'herald-config-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function config(
  args: readonly string[],
  { file, variables = {} }: { file?: string | Uint8Array; variables?: Record<string, string> } = {},
) {
  if (file !== undefined) await writeFile(join(folder, '.herald.yml'), file);
  const { host, printed, complained } = aHost({
    workingDirectory: folder,
    variables,
    maskText: (text) => text.replaceAll('s3cret', '[MASKED]'),
    hideSecrets: (text) => text.replaceAll('t0ken', '[MASKED]'),
  });
  const exitCode = await run(['config', ...args], host);
  return { exitCode, printed: printed(), complained: complained() };
}

const optionNames = Object.keys(configurationSchema()['properties'] ?? {});

const wrong = `title: 2024
fail-on:
  - failures
  - coverge<80
hide: [metrics, metriks]
fial-on: failures
server: https://elsewhere.example
label-rules:
  failuresx: broken
patterns:
  - nosuchlinter
bot:
  commands:
    retri: developer
  rules:
    - name: a
      on: push
      whn: {}
      do: { comment: hi }
`;

describe('check', () => {
  test('names everything that is wrong with its line and column, in their order', async () => {
    const { exitCode, printed, complained } = await config(['check'], { file: wrong });
    expect(exitCode).toBe(3);
    const lines = printed.trimEnd().split('\n');
    const places = lines.map((line) => /^\.herald\.yml:(\d+:\d+): /.exec(line)?.[1]);
    // Counted by hand in the text above.
    expect(places).toEqual(['1:8', '4:5', '5:17', '6:1', '7:1', '9:3', '11:5', '14:5', '18:7']);
    for (const [index, words] of [
      'title: must be text, not 2024; put it in quotes',
      'fail-on: "coverge<80" is not a valid condition; did you mean "coverage"?',
      'hide[1]: "metriks" is not possible; did you mean "metrics"?',
      'unknown key "fial-on"; did you mean "fail-on"?',
      'server: decides where the token goes, so a file cannot set it',
      'label-rules: "failuresx" is not a valid condition; did you mean "failures"?',
      'patterns: unknown ready pattern "nosuchlinter"',
      'unknown key "retri"',
      'unknown key "whn"; did you mean "when"?',
    ].entries())
      expect(lines[index]).toContain(words);
    expect(complained).toBe('herald: 9 problems\n');
  });

  test('as JSON, one object per line', async () => {
    const { exitCode, printed } = await config(['check', '--json'], { file: 'key: [a]\n' });
    expect(exitCode).toBe(3);
    expect(JSON.parse(printed)).toEqual({
      path: '.herald.yml',
      line: 1,
      column: 6,
      message: 'key: must be text, not ["a"]',
    });
  });

  test('of broken YAML', async () => {
    const { exitCode, printed } = await config(['check'], { file: 'key: a\nhide: [a\nkey: b\n' });
    expect(exitCode).toBe(3);
    expect(printed).toMatch(/^\.herald\.yml:3:1: not valid YAML: /);
  });

  test.each([
    ['a tab', 'hide:\n\t- metrics\n', '2:1: not valid YAML: a tab indents this line: indent with spaces'],
    ['a key twice', 'key: a\nkey: b\n', '2:1: not valid YAML: this key is written twice: keep one of them'],
    [
      'two documents',
      'key: a\n---\nkey: b\n',
      '2:1: not valid YAML: a second document begins here: remove the line "---"',
    ],
    ['a colon in text', 'title: a: b\n', /^1:8: not valid YAML: .* put text with ": " in quotes/],
    [
      'a line too far right',
      'title: a\n  key: b\n',
      /^1:8: not valid YAML: .* indent it like the keys above/,
    ],
    ['deep nesting', `title: ${'['.repeat(20_000)}`, /^1:\d+: not valid YAML: it is nested too deep$/],
    [
      'aliases without end',
      `a: &a [x]\nb: &b [${'*a, '.repeat(30)}]\nkey: [${'*b, '.repeat(30)}]\n`,
      '1:1: not valid YAML: its aliases repeat too much: write the values out',
    ],
    ['text alone', 'title:x\n', '1:1: must hold keys and values, like "fail-on: new-failures"'],
    [
      'Latin-1',
      Buffer.from('key: a\ntitle: caf\xe9\n', 'latin1'),
      /^2:11: not text in UTF-8: save the file as UTF-8$/,
    ],
    ['UTF-16', Buffer.from('\ufeffkey: a\n', 'utf16le'), /^1:1: not text in UTF-8/],
    ['UTF-16 without its mark', Buffer.from('key: a\n', 'utf16le'), /^1:2: not text in UTF-8/],
    ['a token', 'token: glpat-x\n', /^1:1: unknown key "token"; .* CI\/CD variable HERALD_TOKEN/],
    [
      'a key of nothing',
      'zzzzzzzz: 1\n',
      '1:1: unknown key "zzzzzzzz"; docs/reference/options.md lists the keys',
    ],
    [
      'a decimal comma',
      "fail-on: 'coverage-drop>0,5'\n",
      /^1:\d+: fail-on: "5" is not .* decimals with a point/,
    ],
    [
      'an item without its keys',
      'trail: {trackers: [{}]}\n',
      /^1:20: trail\.trackers\[0\]\.pattern: is missing$/m,
    ],
    [
      'a wrong key in an item',
      'trail: {trackers: [{prefix: A, pattern: A, url: "https://a.example/{key}"}]}\n',
      '1:21: trail.trackers[0]: unknown key "prefix"; one of pattern, url',
    ],
    [
      'settings of the bot',
      'bot: 3\ntrail: 4\n',
      /^1:6: bot: must be keys and values, not 3.*\n2:8: trail: must be keys and values, not 4$/,
    ],
  ])('of %s', async (_name, file, expected) => {
    const { exitCode, printed } = await config(['check'], { file });
    expect(exitCode).toBe(3);
    const said = printed.trimEnd().replaceAll(/^\.herald\.yml:/gm, '');
    if (typeof expected === 'string') expect(said).toBe(expected);
    else expect(said).toMatch(expected);
  });

  test.each(Object.entries(innerKeys))('%s at the top is told to belong below %s', async (key, outer) => {
    const { printed } = await config(['check'], { file: `${key}: []\n` });
    expect(printed).toBe(`.herald.yml:1:1: unknown key "${key}"; write it below "${outer}:", indented\n`);
    const below = await config(['check'], { file: `${outer}:\n  ${key}:\n` });
    expect(below.printed).not.toContain('unknown key');
  });

  test('of a file with the other ending, which nothing would read', async () => {
    await writeFile(join(folder, '.herald.yaml'), 'fail-on: failures\n');
    const refusal = { exitCode: 2, message: '.herald.yaml is not read: rename it to .herald.yml' };
    await expect(config(['check'])).rejects.toMatchObject(refusal);
    await expect(config(['print'])).rejects.toMatchObject(refusal);
    expect(await config(['check'], { file: 'key: a\n' })).toMatchObject({ exitCode: 0 });
  });

  test('of any option and any value: one line or two, its name, and words for people', async () => {
    const names = optionNames.filter((name) => name !== 'bot');
    for (const value of ['{a: 1}', '[[1]]', '3.7', '-5', 'true', '.nan', '[null]', '[a, 3]']) {
      const { printed } = await config(['check'], {
        file: names.map((name) => `${name}: ${value}\n`).join(''),
      });
      expect(printed).not.toMatch(/expected|received|invalid input|too (?:small|big)|undefined|\[object/i);
      for (const line of printed.trimEnd().split('\n')) {
        const [, at, name] = /^\.herald\.yml:(\d+):\d+: ([a-z-]+)/.exec(line) ?? [];
        expect([line, name]).toEqual([line, names[Number(at) - 1]]);
      }
    }
  });

  test('of any option with two letters swapped: what was meant', async () => {
    const names = optionNames.filter((name) => name.length > 4);
    const swapped = names.map(
      (name) => `${name.slice(0, 2)}${name.charAt(3)}${name.charAt(2)}${name.slice(4)}`,
    );
    const { printed } = await config(['check'], { file: swapped.map((name) => `${name}: x\n`).join('') });
    for (const [index, name] of names.entries())
      if (!names.includes(swapped[index] ?? ''))
        expect(printed).toMatch(new RegExp(`^\\.herald\\.yml:${index + 1}:1: .*did you mean "${name}"`, 'm'));
  });

  test('of variables, also of those that no option has', async () => {
    const variables = {
      HERALD_DETAIL: 'norml',
      HERALD_FIAL_ON: 'failures',
      HERALD_TOKEN: 'x',
      HERALD_COMPONENT: 'report',
    };
    const { exitCode, printed } = await config(['check'], { variables });
    expect(exitCode).toBe(3);
    expect(printed.trimEnd().split('\n')).toEqual([
      'input detail (HERALD_DETAIL): "norml" is not possible; did you mean "normal"?',
      'HERALD_FIAL_ON: no option has this variable; did you mean HERALD_FAIL_ON?',
    ]);
  });

  test('of a file that is fine, and of none', async () => {
    expect(await config(['check'])).toEqual({
      exitCode: 0,
      printed: '.herald.yml does not exist: every option has its default\n',
      complained: '',
    });
    expect(await config(['check'], { file: 'key: a\nbot:\n  presets: {welcome: true}\n' })).toEqual({
      exitCode: 0,
      printed: '.herald.yml is fine\n',
      complained: '',
    });
  });

  test('of a file that is named and not there', async () => {
    await expect(config(['check', '--config', 'gone.yml'])).rejects.toMatchObject({ exitCode: 2 });
  });

  test('what a file says cannot move the cursor, and secrets stay hidden', async () => {
    const { printed } = await config(['check'], { file: 'detail: "t0ken\\e[2J"\n' });
    expect(printed).toContain('[MASKED]');
    expect(printed).not.toContain('\u001b');
  });
});

describe('print', () => {
  const file = 'key: backend\nfail-on:\n  - failures\ntitle: s3cret\n';

  test('shows each value and where it came from', async () => {
    const { exitCode, printed } = await config(['print', '--hide', 'metrics', '--json'], {
      file,
      variables: { HERALD_LANGUAGE: 'de' },
    });
    expect(exitCode).toBe(0);
    const { version, command, options } = JSON.parse(printed) as {
      version: number;
      command: string;
      options: readonly { readonly name: string }[];
    };
    expect([version, command]).toEqual([1, 'report']);
    const named = Object.fromEntries(options.map((option) => [option.name, option]));
    expect(named['key']).toEqual({
      name: 'key',
      value: 'backend',
      origin: { kind: 'file', path: '.herald.yml', line: 1, column: 1 },
    });
    expect(named['fail-on']).toMatchObject({ value: ['failures'], origin: { kind: 'file', line: 2 } });
    expect(named['language']).toMatchObject({
      value: 'de',
      origin: { kind: 'variable', name: 'HERALD_LANGUAGE' },
    });
    expect(named['hide']).toMatchObject({ value: ['metrics'], origin: { kind: 'flag', name: '--hide' } });
    expect(named['detail']).toMatchObject({ value: 'normal', origin: { kind: 'default' } });
    expect(named['title']).toMatchObject({ value: '[MASKED]' });
    expect(options).toHaveLength(Object.keys(optionsByCommand.report.shape).length);
  });

  test('for people, in a table without secrets', async () => {
    const { printed } = await config(['print'], {
      file,
      variables: { HERALD_COMPONENT: 'report', HERALD_LANGUAGE: 'de' },
    });
    expect(printed).toMatch(/key +\S? *backend +\S? *\.herald\.yml:1/);
    expect(printed).toMatch(/language .*de .*input language \(HERALD_LANGUAGE\)/);
    expect(printed).toMatch(/detail .*normal .*default/);
    expect(printed).not.toContain('s3cret');
  });

  test.each(Object.keys(optionsByCommand))('of %s', async (command) => {
    const { exitCode, printed } = await config(['print', command, '--json'], { file: 'log-level: error\n' });
    expect(exitCode).toBe(0);
    const origin = commandsWithFile.has(command) ? 'file' : 'default';
    expect(printed).toContain(
      `"name":"log-level","value":"${origin === 'file' ? 'error' : 'info'}","origin":{"kind":"${origin}"`,
    );
  });

  test.each(Object.keys(optionsByCommand).filter(isCommand))(
    'knows whether %s reads the file',
    async (command) => {
      await writeFile(join(folder, '.herald.yml'), 'log-level: wrong\n');
      const { host } = aHost({
        workingDirectory: folder,
        variables: { HERALD_TOKEN: 'x', HERALD_PREVIEW: 'true' },
        makeTemporaryFolder: () => Promise.reject(new Error('not asked')),
      });
      const ended: unknown = await commandLoaders[command]()
        .then((one) => one.run({}, host, loadAllCommands))
        .catch((error: unknown) => error);
      const isAboutFile = ended instanceof Error && ended.message.startsWith('.herald.yml:1:12: log-level');
      expect(isAboutFile).toBe(commandsWithFile.has(command));
    },
  );
});

test('check looks at the quarantine of tests, too', async () => {
  await mkdir(join(folder, '.herald'));
  const entry = '- test: a\n  reason: b\n  owner: c\n  expires: 2026-02-30\n  isue: "#1"\n';
  await writeFile(join(folder, '.herald', 'quarantine.yml'), entry);
  const { exitCode, printed } = await config(['check']);
  expect(exitCode).toBe(3);
  const lines = printed.trimEnd().split('\n');
  expect(lines[0]).toContain('.herald/quarantine.yml:4:12: [0].expires: ');
  expect(lines[1]).toBe('.herald/quarantine.yml:5:3: [0]: unknown key "isue"; did you mean "issue"?');
});

test('schema prints the JSON Schema that is published', async () => {
  const { exitCode, printed } = await config(['schema']);
  expect(exitCode).toBe(0);
  expect(printed).toBe(await readFile('docs/reference/herald.schema.json', 'utf8'));
});

test.each([
  [[], 'herald config needs to know what to do', 'one of check, print, schema'],
  [['chekc'], 'unknown action "chekc"', 'did you mean "herald config check"?'],
  [['print', 'reprot'], 'unknown command "reprot"', 'did you mean "report"?'],
  [['check', 'report'], 'unexpected argument "report"', null],
  [['check', '--fail-on', 'failures'], 'unknown option --fail-on', null],
  [['print', 'report', '--fial-on', 'x'], 'unknown option --fial-on', 'did you mean --fail-on?'],
])('wrong usage: %j', async (args, message, hint) => {
  await expect(config(args)).rejects.toMatchObject({
    exitCode: 2,
    message,
    ...(hint === null ? {} : { hint }),
  });
});
