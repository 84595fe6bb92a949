import { expect, onTestFinished, test } from 'vitest';
import { startEmbeddedGitLab } from '../../support/gitlab/embedded-gitlab.ts';
import { aLargeDiff, type LargeDiff } from '../../support/gitlab/large-diff.ts';
import { stateOfDemo } from '../../support/gitlab/state/of-demo.ts';
import { aFolder, type Ended, wholeRun } from './run-for-test.ts';

/** A finding on an added line of the last of 120 files, which `/diffs` collapses. */
const last = 'src/119.ts';
const report = JSON.stringify([
  {
    description: 'Unused',
    check_name: 'no-unused',
    fingerprint: 'f1',
    severity: 'major',
    location: { path: last, lines: { begin: 5 } },
  },
]);

interface Asked extends Ended {
  readonly asked: readonly string[];
}

async function run(diff: LargeDiff, version: string): Promise<Asked> {
  const state = stateOfDemo(new Date());
  state.version = version;
  for (const mr of state.mergeRequests) mr.diff = aLargeDiff(diff);
  const gitlab = await startEmbeddedGitLab({ state });
  onTestFinished(() => gitlab.stop());
  const directory = await aFolder({ 'gl-code-quality-report.json': report, [last]: '' });
  const ended = await wholeRun({
    push: 'first',
    directory,
    gitlab,
    options: { failOn: ['new-findings'] },
  });
  const asked = gitlab.requests.flatMap(
    ({ path }) => /merge_requests\/\d+\/(diffs|changes|raw_diffs)$/.exec(path)?.[1] ?? [],
  );
  return { ...ended, asked };
}

const large = { files: 120, lines: 10 };
const four = ['diffs', 'diffs', 'diffs', 'diffs'];

test.each([
  { name: 'the raw diff', version: '19.6.0', asked: ['raw_diffs'] },
  { name: '/changes before 15.7', version: '15.6.0', asked: ['raw_diffs', 'diffs', 'changes'] },
])('a finding in a large merge request is on its line by $name', async ({ version, asked }) => {
  const ended = await run(large, version);
  expect(ended.summary.gates).toMatchObject([{ outcome: 'failed' }]);
  expect(ended.written.get('herald-report.md')).toContain(`${last}:5`);
  expect(ended.asked).toEqual(asked);
});

test.each([
  { name: 'GitLab fails at the raw diff', version: '19.6.0', rawFails: true },
  { name: 'there is no raw diff yet', version: '17.8.0', rawFails: false },
])('where $name, the list serves, and what it omits is said', async ({ version, rawFails }) => {
  const ended = await run({ ...large, rawFails }, version);
  expect(ended.asked.filter((name) => name === 'diffs')).toEqual(four);
  expect(ended.summary.diff).toMatchObject({ complete: false });
  expect(ended.summary.gates).toMatchObject([{ outcome: 'unknown' }]);
  expect(ended.log.join('\n')).toContain('GitLab omits the changed lines of 20 of 120 files');
  expect(ended.exitCode).toBe(0);
});
