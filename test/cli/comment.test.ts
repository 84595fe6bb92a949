import { Readable } from 'node:stream';
import { expect, onTestFinished, test } from 'vitest';
import { demoBot, demoVariables } from '../../src/demo/scenario.ts';
import { startEmbeddedGitLab } from '../support/gitlab/embedded-gitlab.ts';
import { stateOfDemo } from '../support/gitlab/state/of-demo.ts';
import { herald, type Outcome } from './herald.ts';

/** A run of `herald comment` over a standard input, and the notes that are there afterwards. */
async function comment(
  args: readonly string[],
  text: string,
): Promise<Outcome & { readonly notes: readonly string[]; readonly requests: number }> {
  const gitlab = await startEmbeddedGitLab({ state: stateOfDemo(new Date()) });
  onTestFinished(() => gitlab.stop());
  const variables = demoVariables('first', gitlab.url, '/nonexistent');
  const outcome = await herald(['comment', ...args], variables, Readable.from([Buffer.from(text)]));
  const notes = gitlab.state.mergeRequests.flatMap((mr) =>
    mr.notes.filter(({ author }) => author.id === demoBot.id).map(({ body }) => body),
  );
  return { ...outcome, notes, requests: gitlab.requests.length };
}

test('a text that fits is there as a whole, and nothing is said of its size', async () => {
  const { exitCode, notes, stderr } = await comment([], 'rows\n'.repeat(5_000));
  expect(exitCode, stderr).toBe(0);
  expect(notes).toHaveLength(1);
  expect(notes[0]?.split('rows').length).toBe(5_001);
  expect(`${notes[0] ?? ''}${stderr}`).not.toMatch(/omit/);
});

test.each([
  { args: [], lines: 20_000, max: 65_536 },
  { args: ['--max-characters', '2000'], lines: 1_000, max: 2_000 },
  { args: ['--section', 'size', '--max-characters', '2000'], lines: 1_000, max: 2_000 },
])('a text that does not fit ($args): note and log say how much is omitted', async ({ args, lines, max }) => {
  const { exitCode, notes, stderr } = await comment(args, 'rows\n'.repeat(lines));
  expect(exitCode, stderr).toBe(0);
  const [, omitted, total] = /… (\d+) of (\d+) characters are omitted/.exec(notes[0] ?? '') ?? [];
  expect(Number(total)).toBe(5 * lines);
  expect(Number(omitted)).toBeGreaterThan(5 * lines - max);
  expect(stderr).toContain(`the comment omits ${omitted} of ${total} characters`);
  expect(stderr).toContain('--max-characters');
});

test('--max-characters makes room for more', async () => {
  const { notes, stderr } = await comment(['--max-characters', '900000'], 'rows\n'.repeat(20_000));
  expect(notes[0]?.split('rows').length).toBe(20_001);
  expect(stderr).not.toContain('omits');
});

test('a text that is too large to be read ends with 2 before GitLab is asked', async () => {
  const { exitCode, stderr, requests } = await comment([], 'x'.repeat(16 * 1024 * 1024 + 1));
  expect({ exitCode, requests }).toEqual({ exitCode: 2, requests: 0 });
  expect(stderr).toContain('larger than');
});

test('secrets in the output of a tool are masked before it is posted, cut or not', async () => {
  const secrets = ['glpat-CANARYcanary0123456789', 'demo-bot-token'];
  const { notes, exitCode, stderr } = await comment([], `posted by a tool: ${secrets.join(' and ')}\n`);
  expect(exitCode, stderr).toBe(0);
  expect(notes).toHaveLength(1);
  expect(notes[0]).toContain('posted by a tool');
  for (const secret of secrets) expect(notes[0]).not.toContain(secret);
});
