import type { TestId } from './tests.ts';

/** A test that fails, with what is recorded of it. */
export interface FailingTest {
  readonly id: TestId;
  /** As `testLabel` gives it; untrusted. */
  readonly label: string;
  /** Recorded runs of the branch that had it, this one included. */
  readonly runs: number;
  readonly failedRuns: number;
}

/** The tests of a pipeline and of the runs before it, by the report that Herald left in it. */
export interface TestRuns {
  /** Those that the report names. */
  readonly failing: readonly FailingTest[];
  /** Failing tests, named or not. */
  readonly total: number;
  /** The last runs in which a test passed without a retry; 0 for a test that this run did not have. */
  passesInARow(id: TestId): number;
}
