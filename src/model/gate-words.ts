import type { OwedApproval } from './code-owner-approval.ts';
import type { CoverageUnit } from './coverage.ts';
import type { Severity } from './findings.ts';

/** Why a gate has nothing to measure. */
export type Unmeasured =
  | 'no-tests'
  | 'no-earlier-tests'
  | 'no-coverage'
  | 'no-branches'
  | 'no-earlier-coverage'
  | 'no-changed-lines'
  | 'no-findings'
  | 'no-earlier-findings'
  | 'findings-elsewhere'
  | 'no-baseline'
  | 'no-diff'
  | 'no-metrics'
  | 'no-earlier-metrics'
  | 'no-earlier-sizes'
  | 'no-earlier-durations'
  | 'no-plan'
  | 'no-jobs'
  | 'no-merge-request'
  | 'no-code-owners'
  | 'no-approvals'
  | 'no-changed-files'
  | 'unseen-owners'
  | 'no-other-owner';

/** What would make a gate pass. */
export type Remedy =
  | 'fix-tests'
  | 'fix-new-failures'
  | 'fix-errors'
  | 'make-reliable'
  | 'run-again'
  | 'bring-back'
  | 'check-test-jobs'
  | 'cover-lines'
  | 'cover-branches'
  | 'cover-added-lines'
  | 'cover-changed-lines'
  | 'fix-findings'
  | 'fix-new-findings'
  | 'check-growth'
  | 'check-metrics'
  | 'check-limits'
  | 'check-durations'
  | 'check-plan'
  | 'see-comment'
  | 'fix-jobs'
  | 'ask-owners';

/** Which findings a gate counts. */
export type CountedFindings = 'findings' | 'new-findings' | 'vulnerabilities' | 'new-vulnerabilities';

/** Which failing tests a gate counts: all, those that nobody marked as flaky, those not known as flaky. */
export type CountedFailures = 'all' | 'unmarked' | 'stable';

/** What gates say, in one language. Names in it are untrusted. */
export interface GateWords {
  readonly notJudged: (why: string) => string;
  /** What was found at least, and why there may be more. */
  readonly atLeast: (found: string, why: string) => string;
  /** What was found, and how many failures in quarantine are not in it. */
  readonly besides: (found: string, quarantined: number) => string;
  readonly both: (first: string, second: string) => string;
  /** The first names of a list behind a count, `more` of them not shown: ` (a, b and 2 more)`. */
  readonly names: (shown: readonly string[], more: number) => string;
  readonly unmeasured: Readonly<Record<Unmeasured, string>>;
  /** The second half of a sentence. */
  readonly remedy: Readonly<Record<Remedy, string>>;
  readonly unexplained: (count: number) => string;
  readonly failures: (count: number) => string;
  /** `names` as above, or empty; without a baseline `isCompared` is false. */
  readonly newFailures: (
    count: number,
    which: CountedFailures,
    known: { readonly names: string; readonly isCompared: boolean },
  ) => string;
  readonly errors: (count: number) => string;
  readonly flaky: (count: number) => string;
  readonly skipped: (count: number) => string;
  readonly newlySkipped: (count: number) => string;
  readonly removed: (count: number) => string;
  readonly tests: (count: number) => string;
  readonly coverage: (unit: CoverageUnit, percent: number) => string;
  readonly branches: (percent: number) => string;
  /** In percentage points; a negative drop is a rise. */
  readonly drop: (unit: CoverageUnit, points: number) => string;
  readonly patch: (percent: number, uncovered: number) => string;
  readonly findings: (which: CountedFindings, count: number, atLeast: Severity | null) => string;
  readonly noGrowth: string;
  readonly growth: (name: string, bytes: number, percent: number | null) => string;
  readonly worseMetrics: (count: number) => string;
  readonly crossed: (count: number) => string;
  /** Against the usual duration; negative where it took less. */
  readonly duration: (seconds: number, percent: number) => string;
  readonly destroys: (count: number) => string;
  readonly noReport: string;
  readonly everyReport: string;
  readonly failedJobs: (count: number) => string;
  /** Rules of CODEOWNERS whose owners did not approve; 0 where none is known. */
  readonly owedApprovals: (count: number) => string;
  /** Rules of which this is not known; `unseen` names owners that are not visible, as `names` does. */
  readonly unclearApprovals: (count: number, unseen: string) => string;
  /** Rules for which nobody but the author is left. */
  readonly unownedApprovals: (count: number) => string;
  /** Approvals of one rule, in few words. */
  readonly approvalsOf: (rule: OwedApproval) => string;
}
