/** Signs of failure that a report gives beside the failing things that it lists. */

/** What one report file says about failure; `compare/evidence.ts` holds it against what the reader is shown. */
export interface ReportEvidence {
  /** Runs that failed, as they were read; those of flaky tests are among them. */
  readonly failedRuns: number;
  /** Tests that failed in their last run, as they were read. */
  readonly failingTests: number;
  /** Failures and errors that the report counts itself; null = it counts none. */
  readonly declaredFailures: number | null;
  /** Thresholds that the tool found crossed, and measurements that it could not make. */
  readonly crossedThresholds: number;
  /** Reasons why the tool itself calls its run failed, each one line. */
  readonly verdicts: readonly string[];
  /** Reasons why the file is not whole, each one line. */
  readonly incomplete: readonly string[];
}

/** Of a report that gives no sign of failure. */
export const noEvidence: ReportEvidence = {
  failedRuns: 0,
  failingTests: 0,
  declaredFailures: null,
  crossedThresholds: 0,
  verdicts: [],
  incomplete: [],
};

/** A sign of failure that nothing red explains: the verdict cannot be green. */
export interface UnexplainedSign {
  readonly kind: /** The report counts failures that it does not list. */
    | 'declared'
    /** The tool calls its run failed and lists no failure. */
    | 'verdict'
    /** The file is cut off, or a part of it could not be read. */
    | 'incomplete'
    /** The file could not be read. */
    | 'unreadable'
    /** The file was expected and is not there. */
    | 'missing'
    /** A test failed in the file and passes in the summary. */
    | 'vanished'
    /** A job was canceled, or ended from outside before it left a report; `reason` is its name. */
    | 'stopped'
    /** The pipeline failed and no job of it is known to have failed. */
    | 'pipeline'
    /** The trigger jobs of the pipeline could not be had; `reason` says why. */
    | 'triggers';
  /** Path of the report, the glob that matched nothing, or null. */
  readonly path: string | null;
  /** How many failures it stands for; at least 1. */
  readonly count: number;
  /** The report's own words, untrusted, one line; empty when `kind` says it all. */
  readonly reason: string;
}
