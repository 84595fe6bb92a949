import type { Comparison } from '../model/comparison.ts';
import { type FlakyMark, type FlakyMarks, findFlakyMark } from '../model/flaky-mark.ts';
import { isFailing, type TestCase, type TestId, type TestsReport } from '../model/tests.ts';

/** Failures that could be news: the new ones, or all where there is nothing to compare with. */
export function possibleNews(compared: Comparison['tests'], tests: TestsReport): readonly TestCase[] {
  return compared?.newFailures ?? tests.cases.filter(({ outcome }) => isFailing(outcome));
}

/** The comparison, corrected by people: a failing test that is marked as flaky is not a new failure. */
export function honourFlakyMarks(comparison: Comparison, tests: TestsReport, marks: FlakyMarks): Comparison {
  const flakyMarks = new Map<TestId, FlakyMark>();
  for (const test of tests.cases) {
    const mark = isFailing(test.outcome) ? findFlakyMark(test, marks) : null;
    if (mark !== null) flakyMarks.set(test.id, mark);
  }
  const { tests: compared } = comparison;
  if (flakyMarks.size === 0) return comparison;
  const isNews = ({ id }: TestCase): boolean => !flakyMarks.has(id);
  return {
    ...comparison,
    flakyMarks,
    tests: compared && { ...compared, newFailures: compared.newFailures.filter(isNews) },
  };
}
