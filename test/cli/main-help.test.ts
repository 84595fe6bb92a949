import { describe, expect, test } from 'vitest';
import { commandLoaders } from '../../src/cli/commands.ts';
import { mainHelp } from '../../src/cli/main-help.ts';
import { summaries } from '../../src/cli/summaries.ts';

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
