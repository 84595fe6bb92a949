import { isFailing } from '../../../model/tests.ts';
import type { DeclaredTotals, ReportSink } from '../../format.ts';
import { failuresOf, StatedFailures } from './stated-failures.ts';

/** Counts the tests of a report that counts each test once, however often it ran. */
export interface TestTally {
  /** The report's sink, with every test counted. */
  readonly sink: ReportSink;
  /** Tests that failed. */
  failing(): number;
  /** Declares what the report states. An earlier failed run of a flaky test explains none of its failures. */
  declare(totals: DeclaredTotals): void;
}

/** Starts to count. */
export function tallyTests(sink: ReportSink): TestTally {
  let failing = 0;
  let failedRuns = 0;
  return {
    sink: {
      ...sink,
      test(run) {
        const failed = isFailing(run.outcome) ? 1 : 0;
        failing += failed;
        failedRuns += failed + run.earlierFailures.length;
        sink.test(run);
      },
    },
    failing: () => failing,
    declare(totals) {
      const stated = new StatedFailures();
      stated.open(failuresOf(totals.failed, totals.errored));
      stated.failed(failing, failedRuns);
      sink.declaredTests({ ...totals, failed: stated.declared(), errored: null });
    },
  };
}
