import type { Listed, NamedTest, TestsComparison } from '../model/comparison.ts';
import type { EarlierTests } from '../model/earlier-run.ts';
import type { TestRecord } from '../model/history.ts';
import { eachTest, findByHalves, findTest } from '../model/test-index.ts';
import { isFailing, type TestId, type TestsReport } from '../model/tests.ts';

const nobody: Listed<never> = { count: 0, items: [] };

function counted(count: number): Listed<NamedTest> {
  return { count, items: [] };
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
    fixed: counted(fixed),
    added: counted(added),
    removed: counted(removed),
    newlySkipped: nobody,
    moved: nobody,
    slower: nobody,
  };
}

/** What the history knows of the tests that fail or were flaky in this run. */
export function recordsOf(now: TestsReport, before: EarlierTests): ReadonlyMap<TestId, TestRecord> {
  const records = new Map<TestId, TestRecord>();
  for (const { id, outcome, flaky } of now.cases) {
    const record = isFailing(outcome) || flaky ? before.recordOf(id) : null;
    if (record !== null) records.set(id, record);
  }
  return records;
}
