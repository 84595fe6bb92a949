/** What the demo's server remembers: just enough of GitLab's objects for what the demo shows. Fields are the API's. */

export interface EmbeddedUser {
  readonly id: number;
  readonly username: string;
  /** Missing = the username. */
  readonly name?: string;
  /** Missing = active. */
  readonly state?: string;
  /** Missing = a bot. */
  readonly bot?: boolean;
}

export interface EmbeddedToken {
  readonly value: string;
  readonly kind: 'personal' | 'job';
  readonly userId: number;
  /** Missing = GitLab does not say. */
  readonly facts?: { readonly scopes: readonly string[]; readonly expires_at: string | null };
}

export interface DemoNote {
  readonly id: number;
  readonly author: EmbeddedUser;
  body: string;
  readonly system: boolean;
  readonly created_at: string;
  updated_at: string;
}

export interface DemoMergeRequest {
  readonly project_id: number;
  readonly iid: number;
  title: string;
  state: 'opened' | 'closed' | 'merged';
  readonly source_project_id: number;
  readonly source_branch: string;
  readonly target_branch: string;
  sha: string;
  /** Where it started from; missing = its own head. */
  diff_base_sha?: string;
  labels: string[];
  readonly notes: DemoNote[];
  /** What it changes; missing = nothing. */
  diff?: DemoDiff;
}

export interface DemoDiff {
  /** As `git diff` prints it; null = this GitLab is too old to give it. */
  readonly raw: string | null;
}

/** A report that a job handed over by `artifacts:reports`. */
export interface EmbeddedReport {
  readonly file_type: string;
  readonly filename: string;
  /** As GitLab keeps it; null = it is listed and gone. */
  readonly bytes: Uint8Array | null;
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
  readonly reports: EmbeddedReport[];
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

export interface DemoPipeline {
  readonly id: number;
  readonly project_id: number;
  readonly ref: string;
  readonly sha: string;
  status: string;
  readonly source: string;
  readonly created_at: string;
  /** When its status changed last; missing = GitLab does not say. */
  updated_at?: string;
  readonly jobs: EmbeddedJob[];
  readonly statuses: EmbeddedStatus[];
  readonly test_report: object | null;
}

export interface DemoProject {
  readonly id: number;
  path_with_namespace: string;
  readonly default_branch: string;
}

export interface DemoState {
  readonly users: EmbeddedUser[];
  readonly tokens: EmbeddedToken[];
  readonly projects: DemoProject[];
  readonly mergeRequests: DemoMergeRequest[];
  readonly pipelines: DemoPipeline[];
  nextId: number;
}
