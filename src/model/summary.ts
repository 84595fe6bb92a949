import type { LastChange } from './blame.ts';
import type { ClosingReference } from './closing-reference.ts';
import type { CodeOwnerApproval } from './code-owner-approval.ts';
import type { Comparison } from './comparison.ts';
import type { Context, MergeRequest } from './context.ts';
import type { CoverageReport } from './coverage.ts';
import type { Diff } from './diff.ts';
import type { UnexplainedSign } from './evidence.ts';
import type { FailureCause } from './failure-cause.ts';
import type { FindingsReport } from './findings.ts';
import type { GateVerdict } from './gate.ts';
import type { HistoryRun } from './history.ts';
import type { MetricsReport } from './metrics.ts';
import type { MissingPart } from './missing-part.ts';
import type { PipelineWithJobs } from './pipeline.ts';
import type { ReadReport, Warning } from './report.ts';
import type { TestId, TestsReport } from './tests.ts';
import type { TouchedFiles } from './touched-files.ts';

/** What merging closes, by the title and the description alone. */
export interface ClosesSummary {
  readonly references: readonly ClosingReference[];
  /** The only branch on which GitLab closes issues; null where it is not known. */
  readonly defaultBranch: string | null;
  /** False where a part of the description is not known. */
  readonly complete: boolean;
}

/** Everything one run found, merged over files: what sections render, gates judge and `herald-report.json` keeps. */
export interface Summary {
  readonly context: Context;
  readonly mergeRequest: MergeRequest | null;
  /** Null where nothing of the kind was found; a report without a single test is not null. */
  readonly tests: TestsReport | null;
  readonly coverage: CoverageReport | null;
  readonly findings: FindingsReport | null;
  readonly metrics: MetricsReport | null;
  /** Null when the API could not be asked. */
  readonly pipeline: PipelineWithJobs | null;
  /** What the merge request changes; null outside of one, or when GitLab did not say. */
  readonly diff: Diff | null;
  /** Why jobs failed, the same cause once. */
  readonly causes: readonly FailureCause[];
  readonly comparison: Comparison;
  /** What the merge request says that it closes; missing where it says nothing of that. */
  readonly closes?: ClosesSummary;
  /**
   * Files that GitLab has at the commit, where there is no checkout that shows it: other places of tests are not
   * linked. Missing where there is a checkout.
   */
  readonly confirmedFiles?: ReadonlySet<string>;
  /** The last changes of the lines at which tests failed; missing where they are not asked for. */
  readonly lastChanges?: ReadonlyMap<TestId, LastChange>;
  /** Earlier runs of the branch that is compared with, newest first. */
  readonly runs: readonly HistoryRun[];
  /** What code owners approved; only there where a condition asks for it. */
  readonly codeOwnerApproval?: CodeOwnerApproval;
  /** What is known of the changed files; missing where nothing is. */
  readonly touched?: TouchedFiles;
  readonly gates: readonly GateVerdict[];
  /** The files read, without their contents. */
  readonly files: readonly Omit<ReadReport, 'report'>[];
  /** Signs of failure that nothing red in all this explains: while there is one, the verdict is not green. */
  readonly unexplained: readonly UnexplainedSign[];
  /** What GitLab was asked for and did not give. */
  readonly missing: readonly MissingPart[];
  readonly warnings: readonly Warning[];
}
