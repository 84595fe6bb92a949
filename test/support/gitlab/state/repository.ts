import type { EmbeddedNote } from './state.ts';

/** What the embedded GitLab remembers of repositories. Fields are the API's. */

export interface EmbeddedCommit {
  readonly project_id: number;
  readonly id: string;
  readonly parent_ids: readonly string[];
  readonly title: string;
  readonly created_at: string;
  /** Missing = the title. */
  readonly message?: string;
  readonly author_name?: string;
  readonly author_email?: string;
  /** Paths that it changes; missing = none. */
  readonly files?: readonly string[];
  /** Missing = the time of `created_at`. */
  readonly authored_date?: string;
  readonly stats?: { readonly additions: number; readonly deletions: number; readonly total: number };
  /** Comments on it; missing = none. */
  notes?: EmbeddedNote[];
}

/** A file of the repository at a branch or commit. */
export interface EmbeddedFile {
  readonly project_id: number;
  readonly ref: string;
  readonly path: string;
  readonly content: string | Uint8Array;
  /** Missing = GitLab does not say. */
  last_commit_id?: string;
  /** The commits that its lines came from, from the first line on; missing = none are known. */
  readonly blame?: readonly string[];
}

export interface EmbeddedBranch {
  readonly project_id: number;
  readonly name: string;
  sha: string;
  /** Missing = no. */
  readonly merged?: boolean;
}

export interface EmbeddedTag {
  readonly project_id: number;
  readonly name: string;
  /** The tag's own id where it has a message, else the commit's. */
  readonly target: string;
  readonly commit: string;
}

/** A push as the project's activity lists it. */
export interface EmbeddedPush {
  readonly project_id: number;
  readonly action: 'created' | 'pushed' | 'removed';
  readonly ref_type: 'branch' | 'tag';
  readonly ref: string;
  readonly created_at: string;
}
