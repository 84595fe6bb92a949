import type { Comparison } from '../../model/comparison.ts';
import { isQuarantined, type Quarantined, type QuarantineEntry } from '../../model/quarantine.ts';
import { isFailing, type TestCase, type TestId, type TestsReport } from '../../model/tests.ts';
import { entryFinder } from './find-entry.ts';

/** The day of an instant as entries write it (UTC). */
export function dayOf(instant: Date): string {
  return instant.toISOString().slice(0, 10);
}

/** The failing tests that have an entry, in force or expired. */
export function quarantinedTests(
  tests: TestsReport,
  entries: readonly QuarantineEntry[],
  now: Date,
): ReadonlyMap<TestId, Quarantined> {
  const find = entryFinder(entries);
  const today = dayOf(now);
  return new Map(
    tests.cases.flatMap((test): readonly (readonly [TestId, Quarantined])[] => {
      const entry = isFailing(test.outcome) ? find(test) : null;
      return entry === null ? [] : [[test.id, { entry, expired: today > entry.expires }]];
    }),
  );
}

/** The comparison with the quarantine of the target branch: a failure in it is not new. */
export function honourQuarantine(
  comparison: Comparison,
  quarantined: ReadonlyMap<TestId, Quarantined>,
): Comparison {
  if (quarantined.size === 0) return comparison;
  const { tests } = comparison;
  const counts = ({ id }: TestCase): boolean => !isQuarantined(id, quarantined);
  return {
    ...comparison,
    quarantined,
    tests: tests && { ...tests, newFailures: tests.newFailures.filter(counts) },
  };
}
