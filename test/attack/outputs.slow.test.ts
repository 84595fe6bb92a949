/** What people read of a run: a terminal, a job log, lines for scripts. GitLab's answers hold texts of strangers. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { commandLoaders } from '../../src/cli/commands.ts';
import { herald } from '../cli/herald.ts';
import { sentIn } from './activity.ts';
import { aFolder, commandRuns } from './command-runs.ts';
import { numbersFrom } from './random-texts.ts';
import { noting, spoiling } from './spoiled-answers.ts';

const text =
  'x\nFORGED: all is well\r\u001b]0;owned\u0007\u001b[2K\u009b31m\u202esection_start:1:x\r\u001b[0Kx\u2028FORGED glpat-x';

const seed = Number(process.env['ATTACK_SEED'] ?? 20_260_301);
/** Of the names of a run so many; `npm run attack` takes all of them. */
const share = process.env['ATTACK_STRINGS'] === undefined ? 4 : Infinity;

/** Commands that show nothing of GitLab's answers. */
const silent = ['serve', 'completion', 'demo'];

test('every command has a run', () => {
  expect(Object.keys(commandRuns)).toEqual(Object.keys(commandLoaders));
  const missing = Object.entries(commandRuns).flatMap(([name, runs]) => (runs.length === 0 ? [name] : []));
  expect(missing).toEqual(silent);
});

/** Some of them, others for another seed. */
function someOf(names: readonly string[], number: () => number): readonly string[] {
  if (names.length <= share) return names;
  const keys = names.map((name) => ({ name, key: number() }));
  return keys
    .sort((a, b) => a.key - b.key)
    .slice(0, share)
    .map(({ name }) => name);
}

function forgedIn(shown: string): readonly string[] {
  return shown.split('\n').filter((line) => line.startsWith('FORGED: all'));
}

const runs = Object.values(commandRuns).flat();

describe.each(runs.map((run) => [run.title, run] as const))('the output of herald %s', (_title, run) => {
  test(`shows hostile answers of GitLab on their own lines, without their effects: seed ${seed}`, async () => {
    const names = new Set<string>();
    const plain = await run.run(noting(names));
    expect(plain.stderr).not.toContain('bug in Herald');
    const number = numbersFrom(seed + run.title.length);
    for (const name of someOf([...names].sort(), number)) {
      const { stdout, stderr } = await run.run(spoiling(name, text));
      const shown = `${stdout}\n${stderr}`;
      expect({ name, sent: sentIn(shown), forged: forgedIn(shown) }).toEqual({ name, sent: [], forged: [] });
      expect(stderr, name).not.toContain('bug in Herald');
    }
  });
});

describe.each([
  ['inspect', []],
  ['inspect', ['--json']],
  ['convert', ['--to', 'junit']],
] as const)('herald %s %j of a file with a hostile name', (command, args) => {
  test('shows the name on one line', async () => {
    const folder = await aFolder();
    const path = join(folder, 'x\nFORGED: all\u001b[2J\u009b31m.xml');
    await writeFile(path, '<testsuite name="s"><testcase classname="A" name="b"');
    for (const name of [path, `${path}.gone`]) {
      const { stdout, stderr } = await herald([command, name, ...args], {}, null, folder);
      expect(sentIn(`${stdout}${stderr}`)).toEqual([]);
      expect(forgedIn(`${stdout}\n${stderr}`)).toEqual([]);
    }
  });
});
