/** What the embedded GitLab remembers: just enough of GitLab's objects for a whole run of Herald. Fields are the API's. */

export interface EmbeddedUser {
  readonly id: number;
  readonly username: string;
}

export interface EmbeddedToken {
  readonly value: string;
  readonly kind: 'personal' | 'job';
  readonly userId: number;
}

export interface EmbeddedNote {
  readonly id: number;
  readonly author: EmbeddedUser;
  body: string;
  readonly system: boolean;
  readonly created_at: string;
  updated_at: string;
}

export interface EmbeddedMergeRequest {
  readonly project_id: number;
  readonly iid: number;
  title: string;
  state: 'opened' | 'closed' | 'merged';
  readonly source_project_id: number;
  readonly source_branch: string;
  readonly target_branch: string;
  sha: string;
  labels: string[];
  readonly labelEvents: { readonly label: string; readonly action: string; readonly username: string }[];
  readonly notes: EmbeddedNote[];
  /** What it changes; missing = nothing. */
  diff?: EmbeddedDiff;
  /** Where it started from; missing = its own head. */
  diff_base_sha?: string;
  /** The pipeline that GitLab shows on it; missing = the newest of its head, null = none. */
  head_pipeline_id?: number | null;
  /** Missing = this very moment. */
  updated_at?: string;
}

export interface EmbeddedDiff {
  /** As `git diff` prints it; null = this GitLab is too old to give it. */
  readonly raw: string | null;
  /** As the API lists it. */
  readonly files: readonly EmbeddedDiffFile[];
}

export interface EmbeddedDiffFile {
  readonly old_path: string;
  readonly new_path: string;
  readonly new_file: boolean;
  readonly renamed_file: boolean;
  readonly deleted_file: boolean;
  readonly diff: string;
  readonly collapsed: boolean;
  readonly too_large: boolean;
}

export interface EmbeddedCommit {
  readonly project_id: number;
  readonly id: string;
  readonly parent_ids: readonly string[];
  readonly title: string;
  readonly created_at: string;
}

export interface EmbeddedJob {
  readonly id: number;
  readonly name: string;
  readonly stage: string;
  status: string;
  readonly allow_failure: boolean;
  readonly failure_reason: string | null;
  readonly created_at: string;
  readonly started_at: string | null;
  readonly finished_at: string | null;
  readonly duration: number | null;
  readonly queued_duration: number | null;
  readonly coverage: number | null;
  /** Path in the archive → content. */
  readonly artifacts: Map<string, string>;
  /** When the archive goes; null or missing = never. */
  readonly artifacts_expire_at?: string | null;
  readonly trace: string;
}

export interface EmbeddedStatus {
  readonly id: number;
  readonly name: string;
  readonly user: number;
  state: string;
  description: string | null;
  target_url: string | null;
}

export interface EmbeddedPipeline {
  readonly id: number;
  readonly project_id: number;
  readonly ref: string;
  readonly sha: string;
  status: string;
  readonly source: string;
  readonly created_at: string;
  readonly jobs: EmbeddedJob[];
  readonly statuses: EmbeddedStatus[];
  readonly test_report: object | null;
}

/** A file of the repository as it stands at a branch or commit. */
export interface EmbeddedFile {
  readonly project_id: number;
  readonly ref: string;
  readonly path: string;
  readonly content: string;
}

export interface EmbeddedProject {
  readonly id: number;
  path_with_namespace: string;
  readonly default_branch: string;
}

export interface EmbeddedState {
  readonly users: EmbeddedUser[];
  readonly tokens: EmbeddedToken[];
  readonly projects: EmbeddedProject[];
  readonly mergeRequests: EmbeddedMergeRequest[];
  readonly pipelines: EmbeddedPipeline[];
  readonly commits: EmbeddedCommit[];
  readonly files: EmbeddedFile[];
  nextId: number;
}

/** A state with nothing in it. */
export function emptyState(): EmbeddedState {
  return {
    users: [],
    tokens: [],
    projects: [],
    mergeRequests: [],
    pipelines: [],
    commits: [],
    files: [],
    nextId: 1_000,
  };
}
