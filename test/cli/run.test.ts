import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import yargs from 'yargs';
import type { Host } from '../../src/cli/host.ts';
import { run } from '../../src/cli/run.ts';
import { givenFlags, yargsOptions } from '../../src/cli/yargs-options.ts';
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

  test('--version prints the version of Herald, whatever project it is run in', async () => {
    const { host, printed } = aHost();
    expect(await run(['--version'], host)).toBe(0);
    expect(printed().trim()).toBe(version);
  });
});

describe('a list', () => {
  test.each([
    ['with commas', ['--parts', 'webhook,token'], ['webhook', 'token']],
    ['given twice', ['--parts', 'webhook', '--parts', 'token'], ['webhook', 'token']],
    ['both', ['--parts', 'webhook, token', '--parts', 'queue'], ['webhook', 'token', 'queue']],
  ])('as a flag may be written %s', (_name, [...args], parts) => {
    const argv = yargs(args).options(yargsOptions(optionsByCommand.setup)).parseSync();
    expect(givenFlags(optionsByCommand.setup, argv)).toMatchObject({ parts });
  });

  test('of words that are searched for is not torn at commas', () => {
    expect(givenFlags(optionsByCommand.search, { words: ['issues', 'slow, very'] })).toMatchObject({
      words: ['issues', 'slow, very'],
    });
  });
});

describe('wrong usage', () => {
  test('no command is an error that points to the help', async () => {
    await expect(run([], aHost().host)).rejects.toMatchObject({
      exitCode: 2,
      message: 'a command is needed',
    });
  });

  test('a mistyped command gets the nearest one', async () => {
    await expect(run(['reprot'], aHost().host)).rejects.toMatchObject({
      exitCode: 2,
      hint: 'did you mean "herald report"?',
    });
  });

  test('an unknown option is refused by name', async () => {
    await expect(run(['inspect', '--jsn', 'a.xml'], aHost().host)).rejects.toThrow(/jsn/);
  });

  test('inspect without files says what is missing', async () => {
    await expect(run(['inspect'], aHost().host)).rejects.toThrow('herald inspect needs at least one file');
  });

  test('a value outside of the choices is refused', async () => {
    await expect(run(['report', '--comment', 'sometimes'], aHost().host)).rejects.toMatchObject({
      exitCode: 2,
    });
  });
});

describe('inspect', () => {
  test('a file that cannot be opened gives an object with an error, and exit code 3 under --strict only', async () => {
    const { host, printed } = aHost();
    expect(await run(['inspect', '--json', 'missing.xml'], host)).toBe(0);
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
