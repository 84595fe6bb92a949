import type {
  HistoryCommit,
  HistoryDeployment,
  HistoryIssue,
  HistoryJob,
  HistoryMergeRequest,
  HistoryPipeline,
  Instant,
} from '../../model/project-history.ts';
import type { KeptRest } from './rest.ts';

/** A list that was read whole from an instant on. */
export interface KeptPart<Row> {
  readonly from: Instant;
  /** The newest change among the rows, by GitLab's clock: what changed later is not among them. */
  readonly until: Instant;
  readonly rows: readonly Row[];
}

/** What was read of a project, so that the next reading needs only what is new. A part that is not whole is null. */
export interface KeptHistory {
  readonly projectId: number;
  /** By the clock of the machine that read. */
  readonly readAt: Instant;
  /** The branch of the commits; null in an empty project. */
  readonly defaultBranch: string | null;
  /** The commit that it was at; null where that is not known. */
  readonly tip: string | null;
  readonly deployments: KeptPart<HistoryDeployment> | null;
  readonly mergeRequests: KeptPart<HistoryMergeRequest> | null;
  readonly issues: KeptPart<HistoryIssue> | null;
  readonly pipelines: KeptPart<HistoryPipeline> | null;
  readonly jobs: KeptPart<HistoryJob> | null;
  readonly commits: KeptPart<HistoryCommit> | null;
  /** Null where the reading did not come to its end. */
  readonly rest: KeptRest | null;
}
