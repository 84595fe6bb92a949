import type { TestRecord } from '../../model/history.ts';
import type { Quarantined } from '../../model/quarantine.ts';
import type { Summary } from '../../model/summary.ts';
import type { TestCase } from '../../model/tests.ts';
import type { Language } from '../words/english.ts';

/** That a test never failed says something only after some runs. */
const enoughRuns = 5;

/** True for a test that comes and goes, by its history or because somebody says so. */
export function isKnownFlaky({ id }: TestCase, { comparison }: Summary): boolean {
  return comparison.records.get(id)?.flaky === true || comparison.flakyMarks.has(id);
}

/** How often it passed only when it was run again. */
function retriesOf({ runs, failedRuns, retriedRuns }: TestRecord, branch: string, words: Language): string {
  return failedRuns > 0 ? words.tests.retried(retriedRuns) : words.tests.retriedOf(retriedRuns, runs, branch);
}

/** How often it failed before, never a bare label: "failed 3 of the last 50 runs on main". */
function historyOf(test: TestCase, { comparison }: Summary, words: Language): readonly string[] {
  const record = comparison.records.get(test.id);
  const branch = comparison.baseline?.ref ?? '';
  if (record === undefined || record.runs === 0 || branch === '') return [];
  const { runs, failedRuns, retriedRuns, flaky } = record;
  return [
    // The person who says so counts more, and is shown first.
    ...(flaky && !comparison.flakyMarks.has(test.id) ? [words.tests.flakyMark] : []),
    ...(failedRuns > 0 || (retriedRuns === 0 && runs >= enoughRuns)
      ? [words.tests.history(failedRuns, runs, branch)]
      : []),
    ...(retriedRuns > 0 ? [retriesOf(record, branch, words)] : []),
  ];
}

/** Until when its failures are tolerated, by whom and why; or that this is over. */
export function quarantineWords({ entry, expired }: Quarantined, words: Language): string {
  const { expires, owner, reason, issue } = entry;
  const why = issue === null ? reason : `${reason} (${issue})`;
  return expired
    ? words.tests.quarantineExpired(expires, owner)
    : words.tests.quarantinedUntil(expires, owner, why);
}

/**
 * What is known of a test beyond this run: its quarantine, who marked it as flaky and when, and how often it failed
 * before.
 */
export function testRecordWords(test: TestCase, summary: Summary, words: Language): readonly string[] {
  const mark = summary.comparison.flakyMarks.get(test.id);
  const quarantined = summary.comparison.quarantined.get(test.id);
  return [
    ...(quarantined === undefined ? [] : [quarantineWords(quarantined, words)]),
    ...(mark === undefined ? [] : [words.tests.markedBy(mark.by, mark.at.slice(0, 10))]),
    ...historyOf(test, summary, words),
  ];
}
