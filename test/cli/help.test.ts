import { describe, expect, test } from 'vitest';
import { commandLoaders } from '../../src/cli/commands.ts';
import { helpAskedFor, isCommand } from '../../src/cli/help.ts';
import { mainHelp } from '../../src/cli/main-help.ts';
import { run } from '../../src/cli/run.ts';
import { summaries } from '../../src/cli/summaries.ts';
import { optionRows } from '../../src/config/option-row.ts';
import { aHost } from './a-host.ts';

describe('the help of all commands', () => {
  test.each([40, 80, 110, 200])('fits into %i columns and keeps every word', (columns) => {
    const help = mainHelp(columns);
    const longest = Math.max(...help.split('\n').map((line) => line.length));
    expect(longest).toBeLessThanOrEqual(Math.min(columns, 110));
    const words = help.split(/\s+/).join(' ');
    for (const [name, summary] of Object.entries(summaries))
      expect(words).toContain(`herald ${name} ${summary}`);
  });

  test('has a second column that begins at one place', () => {
    const meanings = mainHelp(80)
      .split('\n')
      .filter((line) => line.startsWith('  herald '))
      .map((line) => /^ {2}herald \S+ +/.exec(line)?.[0].length);
    expect(meanings).toHaveLength(Object.keys(summaries).length);
    expect(new Set(meanings).size).toBe(1);
  });

  test('names what there is, and each command has the same line of its own', async () => {
    const commands = await Promise.all(Object.values(commandLoaders).map((load) => load()));
    expect(commands.map(({ name, description }) => [name, description])).toEqual(Object.entries(summaries));
  });
});

describe.each(Object.keys(commandLoaders).filter(isCommand))('the help of %s', (name) => {
  test.each([30, 40, 80, 110, 200])('fits into %i columns and keeps every word', async (columns) => {
    const help = (await helpAskedFor([name, '--help'], columns)) ?? '';
    const tooLong = help
      .split('\n')
      // A word such as the name of a variable stays whole.
      .filter((line) => line.length > Math.min(columns, 110) && line.trim().includes(' '));
    expect(tooLong).toEqual([]);
    const words = help.split(/\s+/).join(' ');
    const { options, positional, description, examples } = await commandLoaders[name]();
    expect(words).toContain(description);
    for (const row of optionRows(options).filter(({ type }) => type !== 'table'))
      expect(words).toContain(
        row.key === positional ? `${row.name}: ${row.description}` : `--${row.name} ${row.description}`,
      );
    for (const example of examples) expect(words).toContain(example.join(' ').replace(/\s+/g, ' '));
  });

  test('is the same in each form, with and without its command loaded', async () => {
    const forms = [
      ['help', name],
      ['--help', name],
      ['-h', name],
      [name, '--help'],
      [name, '-h'],
    ];
    const texts = await Promise.all(forms.map((argv) => helpAskedFor(argv, 100)));
    const { host, printed } = aHost();
    await run([name, '--log-level', 'debug', '-h'], host);
    expect(new Set([...texts.map((text) => `${text}\n`), printed()]).size).toBe(1);
  });
});

test.each([
  [['report', 'help']],
  [['report', '-h', 'junit.xml']],
  [['reprot', '--help']],
  [['help', 'reprot']],
  [['help', 'constructor']],
  [['report', '--', '--help']],
  [['report']],
  [[]],
])('%j asks for more than help, or for something else', async (argv) => {
  expect(await helpAskedFor(argv, 100)).toBeNull();
});
