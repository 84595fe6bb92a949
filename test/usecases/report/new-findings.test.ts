import { expect, onTestFinished, test } from 'vitest';
import { startEmbeddedGitLab } from '../../support/gitlab/embedded-gitlab.ts';
import { stateOfDemo } from '../../support/gitlab/state/of-demo.ts';
import { aFolder, type Ended, wholeRun } from './run-for-test.ts';

const junit = '<testsuite><testcase name="a"/></testsuite>';

/** A code-quality report as GitLab describes it: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format */
function quality(...places: readonly (readonly [path: string, line: number])[]): string {
  return JSON.stringify(
    places.map(([path, begin], index) => ({
      description: `Problem ${index}`,
      check_name: `rule-${index}`,
      fingerprint: `f${index}`,
      severity: 'critical',
      location: { path, lines: { begin } },
    })),
  );
}

/** The demo's merge request adds lines 25 to 38 of the one file and 17 to 20 of the other. */
const added = [
  ['api/shop/vouchers.py', 30],
  ['web/src/basket/format-price.ts', 18],
] as const;
const elsewhere = ['api/shop/stock.py', 3] as const;

interface Case {
  readonly files: Readonly<Record<string, string>>;
  /** Of the target branch; null for a run without a baseline. */
  readonly before: Readonly<Record<string, string>> | null;
  readonly failOn?: string;
}

async function run({ files, before, failOn = 'new-findings' }: Case): Promise<Ended> {
  const gitlab = await startEmbeddedGitLab({ state: stateOfDemo(new Date()) });
  onTestFinished(() => gitlab.stop());
  const sources = {
    'api/shop/vouchers.py': '',
    'web/src/basket/format-price.ts': '',
    'api/shop/stock.py': '',
  };
  let baseline: Readonly<Record<string, string>> = {};
  if (before !== null) {
    const directory = await aFolder({ ...sources, ...before });
    const earlier = await wholeRun({ push: 'baseline', directory, gitlab });
    baseline = { 'before.json': earlier.written.get('herald-report.json') ?? '' };
  }
  const directory = await aFolder({ ...sources, ...files, ...baseline });
  const options = { failOn: [failOn], ...(before === null ? {} : { baseline: 'before.json' }) };
  return wholeRun({ push: 'first', directory, gitlab, options });
}

function noteOf({ written }: Ended): string {
  return written.get('herald-report.md') ?? '';
}

test.each<Pick<Case, 'before'> & { readonly name: string }>([
  { name: 'a report without findings', before: { 'junit.xml': junit, 'gl-code-quality-report.json': '[]' } },
  { name: 'no report of findings', before: { 'junit.xml': junit } },
  { name: 'no report at all', before: null },
])('findings on lines of the diff are new where the target branch has $name', async ({ before }) => {
  const files = { 'junit.xml': junit, 'gl-code-quality-report.json': quality(...added) };
  const ended = await run({ files, before });
  expect(ended.exitCode).toBe(1);
  expect(ended.summary.gates).toMatchObject([{ outcome: 'failed' }]);
  expect(ended.summary.gates[0]?.message).toMatch(/^2 new findings \(/);
  expect(noteOf(ended)).toContain('2 new findings');
  for (const [path, line] of added) expect(noteOf(ended)).toContain(`${path}:${line}`);
});

test('findings elsewhere leave the gate open, and the comment says why and what to do', async () => {
  const files = { 'junit.xml': junit, 'gl-code-quality-report.json': quality(elsewhere) };
  const ended = await run({ files, before: { 'junit.xml': junit } });
  expect(ended.exitCode).toBe(0);
  expect(ended.summary.gates).toMatchObject([{ outcome: 'unknown' }]);
  expect(noteOf(ended)).toContain('the target branch has no findings to compare with');
  expect(noteOf(ended)).toContain('Let the pipelines of the target branch report findings, too.');
  // A critical one that may be new is not green.
  expect(noteOf(ended)).not.toContain('✅ 1 finding');
});

test('no finding at all passes without any to compare with', async () => {
  const files = { 'junit.xml': junit, 'gl-code-quality-report.json': '[]' };
  const ended = await run({ files, before: { 'junit.xml': junit } });
  expect(ended.summary.gates).toMatchObject([{ outcome: 'passed', message: '0 new findings' }]);
});

test('a run without a report of findings says so', async () => {
  const before = { 'junit.xml': junit, 'gl-code-quality-report.json': quality(...added) };
  const ended = await run({ files: { 'junit.xml': junit }, before });
  expect(ended.summary.gates).toMatchObject([{ outcome: 'unknown' }]);
  expect(ended.summary.gates[0]?.message).toContain('check that the scanner ran');
});

test.each([
  '/home/ci/checkout/api/shop/vouchers.py',
  '/builds/shop/shop/api/shop/vouchers.py',
  '/builds/zX9_/0/shop/shop/api/shop/vouchers.py',
  'C:\\builds\\zX9_\\0\\shop\\shop\\api\\shop\\vouchers.py',
])('a finding in the folder of another runner, %s, is on its line of the diff', async (path) => {
  const files = { 'junit.xml': junit, 'gl-code-quality-report.json': quality([path, 30]) };
  const ended = await run({ files, before: { 'junit.xml': junit } });
  expect(ended.summary.gates).toMatchObject([{ outcome: 'failed' }]);
  expect(noteOf(ended)).toContain('api/shop/vouchers.py:30');
  expect(noteOf(ended)).not.toContain(path);
});

test('a path of another runner that leads to no file of the project stays as it is', async () => {
  const path = '/builds/zX9_/0/shop/shop/api/gone.py';
  const files = { 'junit.xml': junit, 'gl-code-quality-report.json': quality([path, 30]) };
  const ended = await run({ files, before: { 'junit.xml': junit } });
  expect(ended.summary.findings?.findings.map((finding) => finding.path)).toEqual([path]);
  expect(ended.summary.gates).toMatchObject([{ outcome: 'unknown' }]);
});
