import type { TestsComparison } from '../model/comparison.ts';
import { eachTest, findByHalves, findTest } from '../model/test-index.ts';
import { isFailing, type TestIndex, type TestsReport, type TestTotals } from '../model/tests.ts';

/** What is kept of an earlier run's tests. */
export interface EarlierTests {
  readonly totals: TestTotals;
  readonly index: TestIndex;
}

/**
 * Compares tests with an earlier run by their identity. A failure is new when the same test did not fail before, also when it did
 * not exist or was skipped: the merge request brought it, one way or the other.
 */
export function compareTests(now: TestsReport, before: EarlierTests): TestsComparison {
  const failing = now.cases.filter((test) => isFailing(test.outcome));
  const failedBefore = (id: string): boolean => {
    const outcome = findTest(before.index, id);
    return outcome !== null && isFailing(outcome);
  };
  let fixed = 0;
  let added = 0;
  let removed = 0;
  eachTest(now.index, (high, low, outcome) => {
    const earlier = findByHalves(before.index, high, low);
    if (earlier === null) added += 1;
    else if (isFailing(earlier) && outcome === 'passed') fixed += 1;
  });
  eachTest(before.index, (high, low) => {
    if (findByHalves(now.index, high, low) === null) removed += 1;
  });
  return {
    before: before.totals,
    newFailures: failing.filter((test) => !failedBefore(test.id)),
    stillFailing: failing.filter((test) => failedBefore(test.id)),
    fixed,
    added,
    removed,
  };
}
