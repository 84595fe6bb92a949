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
  /** What it changes, as git writes it. */
  patch: string;
  readonly labelEvents: { readonly label: string; readonly action: string; readonly username: string }[];
  readonly notes: EmbeddedNote[];
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
  /** Commit → the one before it; null for the first. */
  readonly parents: Map<string, string | null>;
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
    parents: new Map(),
    nextId: 1_000,
  };
}
