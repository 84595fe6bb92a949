import type { MergeRequestAddress, NotePlace } from './context.ts';

export type StatusState = 'pending' | 'running' | 'success' | 'failed' | 'canceled' | 'skipped';

/** A commit status as GitLab takes it: bound to a pipeline by sha and id, never by ref. */
export interface CommitStatus {
  /** Id, or full path where only that is known. */
  readonly projectId: number | string;
  readonly sha: string;
  readonly pipelineId: number;
  /** `herald/<key>`. */
  readonly name: string;
  readonly state: StatusState;
  /** At most 255 characters. */
  readonly description: string;
  /** At most 255 characters; null for none. */
  readonly targetUrl: string | null;
}

/**
 * One thing to be written to GitLab, as data: planned by pure code, performed by `publish/apply.ts`, printed by
 * `--dry-run`.
 */
export type Write =
  | {
      readonly do: 'createNote';
      readonly place: NotePlace;
      readonly key: string;
      readonly body: string;
    }
  | {
      readonly do: 'updateNote';
      readonly place: NotePlace;
      readonly key: string;
      readonly noteId: number;
      readonly body: string;
    }
  | {
      readonly do: 'deleteNote';
      readonly place: NotePlace;
      readonly key: string;
      readonly noteId: number;
    }
  | {
      readonly do: 'startThread';
      readonly mergeRequest: MergeRequestAddress;
      /** Of the new version. */
      readonly path: string;
      readonly line: number;
      readonly body: string;
    }
  | {
      readonly do: 'updateThread' | 'resolveThread' | 'reopenThread' | 'deleteThread';
      readonly mergeRequest: MergeRequestAddress;
      readonly threadId: string;
      readonly noteId: number;
    }
  | { readonly do: 'setStatus'; readonly status: CommitStatus }
  | {
      readonly do: 'changeLabels';
      readonly mergeRequest: MergeRequestAddress;
      readonly add: readonly string[];
      readonly remove: readonly string[];
    };
