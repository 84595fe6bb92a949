import type {
  DemoDiff,
  DemoMergeRequest,
  DemoNote,
  DemoPipeline,
  DemoProject,
  DemoState,
  EmbeddedJob,
  EmbeddedUser,
} from '../../../../src/demo/state.ts';
import { type EmbeddedCi, emptyCi } from './ci.ts';
import type { EmbeddedBranchRule, EmbeddedProtectedEnvironment } from './protection.ts';
import type {
  EmbeddedBranch,
  EmbeddedCommit,
  EmbeddedFile,
  EmbeddedPush,
  EmbeddedTag,
} from './repository.ts';

/** What the embedded GitLab remembers beyond what the demo's server does. Fields are the API's. */

export interface EmbeddedNote extends DemoNote {
  /** The user who changed its text last; missing = nobody. */
  last_edited_by?: EmbeddedUser;
  /** Notes with the same one are one discussion, in their order here; missing = a note of its own. */
  discussion_id?: string;
  /** Missing = null: a note of its own. */
  type?: 'DiscussionNote' | 'DiffNote';
  readonly internal?: boolean;
  /** Its position on the diff, as it was sent. */
  readonly position?: object;
  /** Of notes that can be resolved: those of discussions. */
  resolved?: boolean;
  resolved_by?: EmbeddedUser | null;
  reactions?: EmbeddedReaction[];
}

export interface EmbeddedWikiPage {
  readonly project_id: number;
  readonly slug: string;
  title: string;
  content: string;
}

export interface EmbeddedReaction {
  readonly id: number;
  readonly name: string;
  readonly user: EmbeddedUser;
}

/** What merge requests and issues have in common, for people to write on and to edit. */
export interface EmbeddedWorkItem {
  readonly project_id: number;
  readonly iid: number;
  title: string;
  /** Missing = the ghost user. */
  author?: EmbeddedUser;
  labels: string[];
  readonly notes: EmbeddedNote[];
  description?: string;
  assignee_ids?: number[];
  milestone_id?: number | null;
  reactions?: EmbeddedReaction[];
  /** Missing = the time of `updated_at`. */
  created_at?: string;
  /** Missing = this very moment. */
  updated_at?: string;
  /** When it was closed or merged; missing = the time of `updated_at`, once it is. */
  ended_at?: string;
}

export interface EmbeddedLabelEvent {
  readonly label: string;
  readonly action: string;
  readonly username: string;
  /** Missing = this very moment. */
  readonly created_at?: string;
}

export interface EmbeddedIssue extends EmbeddedWorkItem {
  state: 'opened' | 'closed';
  confidential?: boolean;
  /** Missing = `issue`. */
  issue_type?: string;
  labelEvents?: EmbeddedLabelEvent[];
}

export interface EmbeddedMergeRequest extends DemoMergeRequest, EmbeddedWorkItem {
  readonly notes: EmbeddedNote[];
  readonly labelEvents: EmbeddedLabelEvent[];
  diff?: EmbeddedDiff;
  /** The pipeline that GitLab shows on it; missing = the newest of its head, null = none. */
  head_pipeline_id?: number | null;
  reviewer_ids?: number[];
  /** User id → how far the review is; missing = `unreviewed`. */
  review_states?: Map<number, string>;
  /** User ids. */
  approved_by?: number[];
  /** Missing = its head alone. */
  commits?: readonly {
    readonly id: string;
    readonly title: string;
    readonly message: string;
    readonly author_name: string;
    readonly authored_date?: string;
  }[];
  /** Missing = its head, once it is merged; null = a fast-forward merge. */
  merge_commit_sha?: string | null;
  squash_commit_sha?: string | null;
  /** The last commit of a fast-forward merge that GitLab rebased as it merged; no answer shows it. */
  merged_commit_sha?: string;
  /** Missing = `mergeable`. */
  detailed_merge_status?: string;
  first_contribution?: boolean;
  /** Of a merged one. */
  merge_user?: EmbeddedUser;
}

export interface EmbeddedDiff extends DemoDiff {
  /** With their whole patches: the API lists what its limits leave of them. */
  readonly files: readonly EmbeddedDiffFile[];
  /** Whether GitLab fails at the raw diff, as it does at one that is too much for it. */
  readonly rawFails?: boolean;
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

/** A trigger job, which the API lists apart. */
export interface EmbeddedBridge
  extends Omit<EmbeddedJob, 'artifacts' | 'artifacts_expire_at' | 'reports' | 'trace' | 'queued_duration'> {
  /** Of the pipeline that it started; null = none yet. */
  readonly downstream_id: number | null;
}

export interface EmbeddedPipeline extends DemoPipeline {
  /** Missing = none. */
  readonly bridges?: EmbeddedBridge[];
  /** Of pipelines that a trigger token started: whose it is, and what came with it. */
  readonly trigger?: {
    readonly username: string;
    readonly payload: string;
    readonly inputs?: Readonly<Record<string, string>>;
  };
}

export interface EmbeddedProject extends DemoProject {
  archived?: boolean;
  marked_for_deletion_on?: string;
  builds_access_level?: string;
  ci_pipeline_variables_minimum_override_role?: string;
  /** Inputs that its configuration declares, with the form of each. */
  declared_inputs?: Readonly<Record<string, string>>;
  description?: string;
  ci_config_path?: string;
  visibility?: string;
  /** Whether the CI/CD Catalog has it; missing = no. */
  is_catalog_resource?: boolean;
}

export interface EmbeddedMilestone {
  readonly id: number;
  readonly project_id: number;
  readonly title: string;
  readonly state: 'active' | 'closed';
}

/** A comment that only its author sees until it is published. */
export interface EmbeddedDraft {
  readonly id: number;
  readonly mr: EmbeddedMergeRequest;
  readonly author: EmbeddedUser;
  readonly note: string;
  readonly position: object;
}

export interface EmbeddedDeployment {
  readonly id: number;
  readonly project_id: number;
  readonly status: string;
  readonly ref: string;
  readonly sha: string;
  readonly environment: {
    readonly name: string;
    readonly tier: string;
    readonly external_url: string | null;
  };
  /** By iid. */
  readonly mergeRequests: readonly number[];
  /** The job; null when the API made it. */
  readonly deployable?: { readonly id: number; readonly finished_at?: string | null } | null;
  /** Missing = the time of `updated_at`. */
  readonly created_at?: string;
  readonly updated_at?: string;
  readonly approvals?: readonly { readonly status: string }[];
}

export interface EmbeddedRelease {
  readonly project_id: number;
  readonly tag_name: string;
  readonly name: string;
  /** Missing = none. */
  description?: string;
  readonly released_at: string;
  readonly created_at?: string;
  readonly commit?: { readonly id: string };
}

/** By project id and iid; a link leads both ways. */
export interface EmbeddedIssueLink {
  readonly id: number;
  readonly source: readonly [number, number];
  readonly target: readonly [number, number];
}

/** A service account; `owner` is `projects/9` or `groups/7`. */
export interface EmbeddedAccount {
  readonly owner: string;
  readonly userId: number;
}

/** A personal access token that GitLab made itself, and knows after it is revoked. */
export interface EmbeddedAccessToken {
  readonly id: number;
  readonly name: string;
  readonly value: string;
  readonly userId: number;
  readonly scopes: readonly string[];
  readonly expires_at: string | null;
  revoked: boolean;
  /** The token that it was rotated from; null = none. */
  readonly previous: number | null;
}

export interface EmbeddedState extends DemoState {
  /** What it says at `/version`, and goes by where versions differ. */
  version: string;
  readonly projects: EmbeddedProject[];
  readonly mergeRequests: EmbeddedMergeRequest[];
  readonly issues: EmbeddedIssue[];
  readonly issueLinks: EmbeddedIssueLink[];
  readonly milestones: EmbeddedMilestone[];
  /** Beside the rule that protects every default branch for maintainers. */
  readonly branchRules: EmbeddedBranchRule[];
  /** Several assignees and reviewers, which GitLab has from Premium on; without it the first of each counts. */
  hasSeveralAssignees: boolean;
  readonly pipelines: EmbeddedPipeline[];
  readonly commits: EmbeddedCommit[];
  readonly files: EmbeddedFile[];
  readonly drafts: EmbeddedDraft[];
  readonly branches: EmbeddedBranch[];
  readonly tags: EmbeddedTag[];
  readonly pushes: EmbeddedPush[];
  /** Names of labels that cannot be newly assigned; GitLab leaves them out and answers 200. */
  readonly archivedLabels: Set<string>;
  /** Commits that do not apply to any branch. */
  readonly unpickable: Set<string>;
  readonly deployments: EmbeddedDeployment[];
  readonly protectedEnvironments: EmbeddedProtectedEnvironment[];
  readonly releases: EmbeddedRelease[];
  readonly wikiPages: EmbeddedWikiPage[];
  readonly ci: EmbeddedCi;
  readonly accounts: EmbeddedAccount[];
  readonly accessTokens: EmbeddedAccessToken[];
  /** Fine-grained tokens by their value: the permissions that each has, as `Job: Read`. */
  readonly granularTokens: Map<string, readonly string[]>;
}

/** A state with nothing in it. */
export function emptyState(): EmbeddedState {
  return {
    version: '19.6.0',
    users: [],
    tokens: [],
    projects: [],
    mergeRequests: [],
    issues: [],
    issueLinks: [],
    milestones: [],
    branchRules: [],
    hasSeveralAssignees: false,
    pipelines: [],
    commits: [],
    files: [],
    drafts: [],
    branches: [],
    tags: [],
    pushes: [],
    archivedLabels: new Set(),
    unpickable: new Set(),
    deployments: [],
    protectedEnvironments: [],
    releases: [],
    wikiPages: [],
    ci: emptyCi(),
    accounts: [],
    accessTokens: [],
    granularTokens: new Map(),
    nextId: 1_000,
  };
}

/** Whether this GitLab has what came with a version. */
export function isSince(version: string, state: Pick<EmbeddedState, 'version'>): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [ownMajor = 0, ownMinor = 0] = state.version.split('.').map(Number);
  return ownMajor > major || (ownMajor === major && ownMinor >= minor);
}
