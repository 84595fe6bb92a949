/** What Herald says on lines of the diff. */
import type { Document } from './document.ts';

/** How new comments on lines go out. */
export const reviewModes = ['review', 'discussions', 'request-changes'] as const;

export type ReviewMode = (typeof reviewModes)[number];

export const inlineKinds = ['findings', 'tests', 'coverage'] as const;

export type InlineKind = (typeof inlineKinds)[number];

/** Lines of one file in the version that was tested, both ends included, counted from 1. */
export interface InlinePlace {
  readonly path: string;
  readonly start: number;
  readonly end: number;
}

/** One thing worth a comment on its line. */
export interface InlineItem {
  /** What it is about, the same over pushes while its lines move: 16 hexadecimal digits. */
  readonly id: string;
  readonly place: InlinePlace;
  /** All lines of the file that it is about: a comment on any of them is where it belongs. */
  readonly extent: Pick<InlinePlace, 'start' | 'end'>;
  /** Which report it came from, see `sourceOf`: only a run that read that report again can see that it is gone. */
  readonly source: string;
  /** Items of one group on adjacent lines share a comment; null for an item of its own. */
  readonly group: string | null;
  /** First line of the comment: the same for all items of a group. */
  readonly head: Document;
  readonly body: Document;
}

/** One end of a range of lines, as GitLab names it. Source: https://docs.gitlab.com/api/discussions/#parameters-for-multiline-comments */
export interface DiffLineEnd {
  /** `<sha1 of the path>_<old line>_<new line>` */
  readonly lineCode: string;
  /** `new` for lines that the diff adds. */
  readonly type: 'new' | 'old';
  readonly oldLine: number | null;
  readonly newLine: number | null;
}

/** The position of a comment in a diff: https://docs.gitlab.com/api/discussions/#create-a-new-thread-in-the-merge-request-diff */
export interface DiffSpot {
  readonly oldPath: string;
  readonly newPath: string;
  /** Null for added lines. */
  readonly oldLine: number | null;
  /** Null for removed lines. */
  readonly newLine: number | null;
  /** First and last line of a comment on several; the spot is the last one. */
  readonly range: { readonly start: DiffLineEnd; readonly end: DiffLineEnd } | null;
}

/** The three commits that positions of a merge request refer to. */
export interface DiffVersion {
  readonly baseSha: string;
  readonly startSha: string;
  readonly headSha: string;
}

/**
 * Where GitLab shows a thread. It moves threads with their lines on each push; one whose line is gone stays on the diff
 * it was begun on.
 */
export interface ThreadPlace {
  /** The newest diff that shows it. */
  readonly headSha: string;
  readonly path: string;
  /** The last line of the new side; null for a removed one. */
  readonly line: number | null;
}

/** A thread of a merge request, as far as Herald needs it to keep its own. */
export interface ReviewThread {
  readonly id: string;
  /** Its first note. */
  readonly noteId: number;
  readonly authorId: number;
  readonly body: string;
  /** Null when it is not on a diff. */
  readonly place: ThreadPlace | null;
  /** Authors of the notes after the first, without system notes. */
  readonly replies: readonly number[];
  readonly resolvable: boolean;
  readonly resolved: boolean;
  readonly resolvedById: number | null;
}

/** A comment that only its author sees until it is published. */
export interface DraftNote {
  readonly id: number;
  readonly body: string;
  /** The head of the diff that it was written on; null when it is on no diff. */
  readonly headSha: string | null;
}
