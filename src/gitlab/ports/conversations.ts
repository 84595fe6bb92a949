import type { DiffSpot, DiffVersion, ThreadPlace } from '../../model/inline-comment.ts';
import type { Noteable, TalkPlace } from '../../model/noteable.ts';

/** A note in a thread. */
export interface ThreadNote {
  readonly id: number;
  readonly body: string;
  readonly authorId: number;
  readonly authorUsername: string;
  /** Made by GitLab itself. */
  readonly system: boolean;
  readonly internal: boolean;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly resolvable: boolean;
  readonly resolved: boolean;
  /** Null while it is not resolved, or where GitLab does not say. */
  readonly resolvedById: number | null;
  /** Null when it is not on a diff. */
  readonly place: ThreadPlace | null;
}

/** The author of a comment and the last editor of its text. */
export interface NoteHands {
  readonly body: string;
  readonly authorId: number;
  /** Null while nobody edited it. */
  readonly editor: { readonly id: number; readonly username: string } | null;
}

/** A line of a diff. */
export interface DiffPosition {
  readonly spot: DiffSpot;
  readonly version: DiffVersion;
}

/** A discussion in GitLab's API: one note, or a thread of them, oldest first. */
export interface Thread {
  readonly id: string;
  /** One comment that is not a thread. On commits, GitLab refuses replies to it. */
  readonly individual: boolean;
  readonly notes: readonly ThreadNote[];
}

export interface Reaction {
  readonly id: number;
  readonly name: string;
  readonly userId: number;
}

/** Discussions on merge requests and issues, and on commits as far as commands need them. Sources: https://docs.gitlab.com/api/discussions/ and https://docs.gitlab.com/api/emoji_reactions/ */
export interface Conversations {
  /** Null when it, or the object, does not exist or cannot be seen. */
  fetchThread(on: TalkPlace, threadId: string): Promise<Thread | null>;
  /** Up to 100 a page, in GitLab's order (oldest first); the next page is requested only when it is asked for. */
  fetchThreadPages(on: TalkPlace): AsyncIterable<readonly Thread[]>;
  /** Null where GitLab does not say: the comment no longer exists, or GitLab is older than 15.9. */
  fetchNoteHands(noteId: number): Promise<NoteHands | null>;
  /** Never sent twice: after a broken connection the thread is read first. */
  replyInThread(on: TalkPlace, threadId: string, body: string): Promise<ThreadNote>;
  /**
   * A thread that can be resolved, on a line of the diff where one is given: refused with 400 when the diff does not
   * show it. Never sent twice.
   */
  startThread(on: TalkPlace, body: string, position?: DiffPosition): Promise<Thread>;
  setThreadResolved(on: Noteable, threadId: string, resolved: boolean): Promise<void>;
  /** A note of its own. Never sent twice. */
  addNoteTo(on: Noteable, body: string): Promise<ThreadNote>;
  editNoteOf(on: TalkPlace, noteId: number, body: string): Promise<void>;
  /** Deleting a note that no longer exists is not an error. */
  removeNoteOf(on: TalkPlace, noteId: number): Promise<void>;
  /** On a note, or with null on the object itself. */
  fetchReactions(on: Noteable, noteId: number | null): Promise<readonly Reaction[]>;
  /** `there` when the own user has already given it (GitLab answers 404). */
  addReaction(on: Noteable, noteId: number | null, name: string): Promise<'added' | 'there'>;
  removeReaction(on: Noteable, noteId: number | null, reactionId: number): Promise<void>;
}
