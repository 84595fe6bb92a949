/** The history of a branch from reports of earlier runs: kept only in `herald-report.json`. */

/** One finished run of a branch, for trends. Lists of them are newest first. */
export interface HistoryRun {
  readonly pipelineId: number;
  /** The Herald job of that pipeline, whose artifacts hold that run's report. */
  readonly jobId: number;
  readonly sha: string;
  /** ISO 8601. */
  readonly createdAt: string;
  /** `failed` counts errored tests too. */
  readonly tests: {
    readonly total: number;
    readonly failed: number;
    readonly skipped: number;
    readonly flaky: number;
    readonly durationSeconds: number;
  } | null;
  /** Line coverage, 0 to 100. */
  readonly coveragePercent: number | null;
  readonly findings: number | null;
  readonly pipelineSeconds: number | null;
}

/** What one test did in the recorded runs of a branch. */
export interface TestRecord {
  /** Runs that had the test, without skipped ones: the sample size. */
  readonly runs: number;
  /** How many of them it failed. */
  readonly failedRuns: number;
  /** How many of them it passed only when it was run again. */
  readonly retriedRuns: number;
  /** Comes and goes: see `baseline/test-records.ts` for the rule. */
  readonly flaky: boolean;
}
