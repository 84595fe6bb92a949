import type { FailingTest, TestRuns } from '../model/test-runs.ts';

/** Keys of issues of failing tests: this, and the id of the test. */
export const testIssueKeys = 'rule/failing-test/';

/** What the issues of failing tests should become. */
interface TestIssuePlan {
  readonly open: readonly FailingTest[];
  /** Tests that passed often enough in a row. */
  readonly close: readonly { readonly id: string; readonly passes: number }[];
  /** Failing tests without an issue of their own. */
  readonly rest: number;
}

interface TestIssueLimits {
  /** Passes in a row that close an issue. */
  readonly closeAfter: number;
  /** Issues that are open at the same time. */
  readonly max: number;
}

/**
 * `openIds` are the tests with an open issue, `told` those that already have what this pipeline says of them. A test
 * that the run did not have keeps its issue: a missing test does not pass.
 */
export function planTestIssues(
  runs: TestRuns,
  { openIds, told }: { readonly openIds: readonly string[]; readonly told: ReadonlySet<string> },
  { closeAfter, max }: TestIssueLimits,
): TestIssuePlan {
  const close = openIds
    .map((id) => ({ id, passes: runs.passesInARow(id) }))
    .filter(({ passes }) => passes >= closeAfter);
  const isOpen = new Set(openIds);
  const fresh = runs.failing.filter(({ id }) => !isOpen.has(id));
  const room = Math.max(0, max - (openIds.length - close.length));
  const open = fresh.slice(0, room);
  const withIssue = open.length + runs.failing.filter(({ id }) => isOpen.has(id)).length;
  return { open: open.filter(({ id }) => !told.has(id)), close, rest: Math.max(0, runs.total - withIssue) };
}
