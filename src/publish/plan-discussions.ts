import type { DiffSpot, InlineItem, InlinePlace, ReviewThread } from '../model/inline-comment.ts';
import { commentOn, commentsOn, type DiscussionWords, type WholeComment } from './group-items.ts';
import type { OwnThread } from './inline-author.ts';
import { isSameText } from './inline-marker.ts';
import { isShown, type Matched, matchThreads, threadsById } from './match-threads.ts';

/** What the run says and knows, see `render/inline-comments/inline-items.ts`. */
export interface WantedDiscussions {
  /** The most important first. */
  readonly items: readonly InlineItem[];
  readonly alive: ReadonlySet<string>;
  readonly sources: ReadonlySet<string>;
  /** How many threads of ours may be open at once. */
  readonly max: number;
  /** Of the newest diff. */
  readonly headSha: string;
}

export interface NewComment {
  readonly ids: readonly string[];
  readonly source: string;
  readonly place: InlinePlace;
  readonly spot: DiffSpot;
  readonly text: string;
}

export interface ChangedComment extends OwnThread {
  /** What it is about from now on. */
  readonly ids: readonly string[];
  readonly text: string;
  readonly gone: boolean;
}

export interface DiscussionsPlan {
  readonly create: readonly NewComment[];
  /** Threads that say something else now, before those that are opened again are. */
  readonly update: readonly ChangedComment[];
  readonly reopen: readonly ReviewThread[];
  /** Threads that are resolved, with what they say from then on. */
  readonly resolve: readonly ChangedComment[];
  /** Threads that are begun anew elsewhere, and those about what another one says: they go once the new ones stand. */
  readonly remove: readonly ReviewThread[];
  /** Comments that found no room. */
  readonly leftOut: number;
}

/**
 * From then on a thread is theirs: somebody answered, changed our text, resolved it, or opened again what we had resolved. Whoever resolves a
 * thread by pushing (a setting of the project) cannot be told from whoever clicks.
 */
function isTaken({ thread, comment }: OwnThread): boolean {
  const { replies, resolved, resolvedById, authorId } = thread;
  const isAnswered = replies.some((author) => author !== authorId);
  const isResolvedByOthers = resolved && resolvedById !== authorId;
  const isOpenedByOthers = comment.gone && !resolved;
  return isAnswered || isResolvedByOthers || isOpenedByOthers || !comment.intact;
}

/** Ours, open, and about nothing that still holds, as far as this run can tell. */
function isOver(
  own: OwnThread,
  { alive, sources }: WantedDiscussions,
  { told, takenOver }: Matched,
): boolean {
  const { thread, comment } = own;
  const isOpen = thread.resolvable && !thread.resolved && !isTaken(own);
  const holds = (id: string): boolean => alive.has(id) && (takenOver.get(id) ?? own) === own;
  return isOpen && sources.has(comment.source) && !told.has(own) && !comment.ids.some(holds);
}

/** Threads of which another one says all: two runs at once can leave some, and a run that was cut off. */
function duplicatesOf(
  threads: readonly OwnThread[],
  { told }: Matched,
  headSha: string,
): readonly OwnThread[] {
  const byId = threadsById(threads, headSha);
  return threads.filter(
    (own) =>
      !told.has(own) &&
      !own.comment.ids.some((id) => byId.get(id) === own) &&
      !isTaken(own) &&
      !own.thread.resolved,
  );
}

/** What a thread says that is ours to keep. */
interface Standing {
  readonly own: OwnThread;
  readonly ids: readonly string[];
  /** What it would say if it were begun now. */
  readonly comment: WholeComment;
}

function standingOf({ told }: Matched, words: DiscussionWords): readonly Standing[] {
  return [...told].flatMap(([own, { items, ids }]) => {
    const [first, ...others] = items;
    return first === undefined || isTaken(own)
      ? []
      : [{ own, ids, comment: commentOn([first, ...others], words) }];
  });
}

/** True when GitLab shows the thread on lines that have nothing to do with what it says any more, or no longer on the diff at all. */
function isLeftBehind({ own, comment }: Standing, headSha: string): boolean {
  const { place } = own.thread;
  if (place === null || comment.spot === null) return false;
  const { path, line } = place;
  const isAbout = ({ place: at, extent }: InlineItem): boolean =>
    at.path === path && line !== null && extent.start <= line && extent.end >= line;
  return !isShown(own, headSha) || !comment.items.some(isAbout);
}

function newComments(comments: readonly WholeComment[]): readonly NewComment[] {
  return comments.flatMap(({ items, place, spot, text }) => {
    const [first] = items;
    const ids = items.map(({ id }) => id);
    return spot === null || first === undefined ? [] : [{ ids, source: first.source, place, spot, text }];
  });
}

function updatesOf(kept: readonly Standing[]): readonly ChangedComment[] {
  return kept.flatMap(({ own, ids, comment: { text } }) => {
    const { comment } = own;
    const isSame = !comment.gone && isSameText(comment.text, text) && comment.ids.join() === ids.join();
    return isSame ? [] : [{ ...own, ids, text, gone: false }];
  });
}

/**
 * Plans the threads on the diff. What is said stays where it is while GitLab moves it with its lines, and is begun anew where GitLab lost it.
 * What is gone is resolved, what comes back is opened again. A thread that somebody answered, changed or resolved is never touched
 * again and not said anew. New threads are begun while fewer than `max` of ours are open.
 */
export function planDiscussions(
  wanted: WantedDiscussions,
  threads: readonly OwnThread[],
  words: DiscussionWords,
): DiscussionsPlan {
  const { headSha, max } = wanted;
  const unique = [...new Map(wanted.items.map((item) => [item.id, item])).values()];
  const matched = matchThreads(unique, { threads, headSha }, words);
  const standing = standingOf(matched, words);
  const leftBehind = standing.filter((one) => isLeftBehind(one, headSha));
  const kept = standing.filter((one) => !leftBehind.includes(one));
  const over = threads.filter((own) => isOver(own, wanted, matched));
  const duplicates = duplicatesOf(threads, matched, headSha).filter((own) => !over.includes(own));
  const ours = new Set([...standing.map(({ own }) => own), ...over, ...duplicates]);
  const open = threads.filter((own) => !own.thread.resolved && !ours.has(own));
  const again = newComments(leftBehind.map(({ comment }) => comment));
  const room = Math.max(0, max - kept.length - again.length - open.length);
  const fresh = newComments(commentsOn(matched.fresh, words));
  const isOpen = (thread: ReviewThread): boolean => !thread.resolved;
  return {
    create: [...again, ...fresh.slice(0, room)],
    update: updatesOf(kept),
    reopen: kept.map(({ own }) => own.thread).filter(({ resolved }) => resolved),
    resolve: over.map((own) => ({
      ...own,
      ids: own.comment.ids,
      text: `${own.comment.text}\n\n${words.goneLine}`,
      gone: true,
    })),
    remove: [...leftBehind.map(({ own }) => own.thread), ...duplicates.map(({ thread }) => thread)].filter(
      isOpen,
    ),
    leftOut: Math.max(0, fresh.length - room),
  };
}
