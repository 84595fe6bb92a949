import type { DiffSpot, InlineItem, InlinePlace, ReviewThread } from '../model/inline-comment.ts';
import { commentOn, commentsOn, type DiscussionWords, type WholeComment } from './group-items.ts';
import type { OwnThread } from './inline-author.ts';
import { isSameText } from './inline-marker.ts';
import { isShown, type Matched, matchThreads, threadsByName } from './match-threads.ts';

/** The items and facts of the run, see `render/inline-comments/inline-items.ts`. */
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
  /** Its items from now on. */
  readonly ids: readonly string[];
  readonly text: string;
  readonly gone: boolean;
}

export interface DiscussionsPlan {
  readonly create: readonly NewComment[];
  /** Threads with new text; they come before threads that are reopened. */
  readonly update: readonly ChangedComment[];
  readonly reopen: readonly ReviewThread[];
  /** Threads to resolve, with their new text. */
  readonly resolve: readonly ChangedComment[];
  /**
   * Threads that are started again elsewhere, and those about items of another thread: deleted after the new ones
   * exist.
   */
  readonly remove: readonly ReviewThread[];
  /** Of these, those about items of another thread: two runs at once started the same. */
  readonly doubles: readonly ReviewThread[];
  /** Comments beyond the limit. */
  readonly leftOut: number;
}

/**
 * True when the thread belongs to people: somebody answered, changed our text, resolved it, or reopened what we had
 * resolved. A thread resolved by a push (a setting of the project) looks like one that somebody resolved by hand.
 */
function isTaken({ thread, comment }: OwnThread): boolean {
  const { replies, resolved, resolvedById, authorId } = thread;
  const isAnswered = replies.some((author) => author !== authorId);
  const isResolvedByOthers = resolved && resolvedById !== authorId;
  const isOpenedByOthers = comment.gone && !resolved;
  return isAnswered || isResolvedByOthers || isOpenedByOthers || !comment.intact;
}

/** Threads without an item of this run. */
interface Idle {
  /** None of its items is still valid, as far as this run can see. */
  readonly over: readonly OwnThread[];
  /** Duplicates of another thread: two runs at once, or an interrupted run, can leave some. */
  readonly duplicates: readonly OwnThread[];
}

function idleOf(
  threads: readonly OwnThread[],
  { alive, sources, headSha }: WantedDiscussions,
  { told, speakers, renamed }: Matched,
): Idle {
  const byName = threadsByName(threads, headSha);
  const speakerOf = (id: string): OwnThread | undefined => speakers.get(id) ?? byName.get(id)?.[0];
  const isIdle = (own: OwnThread): boolean => {
    const isOpen = own.thread.resolvable && !own.thread.resolved && !isTaken(own);
    const isKnown = sources.has(own.comment.source);
    const holds = (id: string): boolean => speakerOf(id) === own && (alive.has(id) || !isKnown);
    return isOpen && !told.has(own) && !own.comment.ids.some(holds);
  };
  const isToldElsewhere = (own: OwnThread): boolean =>
    own.comment.ids.some((id) => {
      const speaker = speakerOf(id);
      return speaker !== undefined && speaker !== own && !renamed.has(speaker);
    });
  const idle = threads.filter(isIdle);
  return {
    over: idle.filter((own) => !isToldElsewhere(own) && sources.has(own.comment.source)),
    duplicates: idle.filter(isToldElsewhere),
  };
}

/** The items of a thread that stay. */
interface Standing {
  readonly own: OwnThread;
  readonly ids: readonly string[];
  /** The text that it would have if it were started now. */
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

/**
 * True when GitLab shows the thread on unrelated lines, or no longer on the diff at all. A thread with several items
 * stays on its line while one of them is in the file: it may be the line of an item that is gone.
 */
function isLeftBehind({ own, ids, comment }: Standing, headSha: string): boolean {
  const { place } = own.thread;
  if (place === null || comment.spot === null) return false;
  const { path, line } = place;
  const isOfSeveral = ids.length > 1;
  const isAbout = ({ place: at, extent }: InlineItem): boolean =>
    at.path === path && line !== null && (isOfSeveral || (extent.start <= line && extent.end >= line));
  return !isShown(own, headSha) || !comment.items.some(isAbout);
}

function newComments(comments: readonly WholeComment[], words: DiscussionWords): readonly NewComment[] {
  return comments.flatMap(({ items, place, spot }) => {
    const [first] = items;
    const ids = items.map(({ id }) => id);
    if (spot === null || first === undefined) return [];
    return [{ ids, source: first.source, place, spot, text: words.render(items) }];
  });
}

function updatesOf(kept: readonly Standing[], words: DiscussionWords): readonly ChangedComment[] {
  return kept.flatMap(({ own, ids, comment: { items } }) => {
    const { comment } = own;
    const text = words.render(items);
    const isSame = !comment.gone && isSameText(comment.text, text) && comment.ids.join() === ids.join();
    return isSame ? [] : [{ ...own, ids, text, gone: false }];
  });
}

/**
 * Plans the threads on the diff. A thread stays while GitLab moves it with its lines, and is started again where GitLab
 * lost it. Threads of gone items are resolved, and reopened when an item returns. A thread that somebody answered,
 * changed or resolved is never touched again and not repeated. New threads are started while fewer than `max` of ours
 * are open.
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
  const { over, duplicates } = idleOf(threads, wanted, matched);
  const ours = new Set([...standing.map(({ own }) => own), ...over, ...duplicates]);
  const open = threads.filter((own) => !own.thread.resolved && !ours.has(own));
  const again = leftBehind.map(({ comment }) => comment);
  const room = Math.max(0, max - kept.length - again.length - open.length);
  const fresh = commentsOn(matched.fresh, words).filter(({ spot }) => spot !== null);
  const isOpen = (thread: ReviewThread): boolean => !thread.resolved;
  const doubles = duplicates.map(({ thread }) => thread).filter(isOpen);
  return {
    create: newComments([...again, ...fresh.slice(0, room)], words),
    update: updatesOf(kept, words),
    reopen: kept.map(({ own }) => own.thread).filter(({ resolved }) => resolved),
    resolve: over.map((own) => ({
      ...own,
      ids: own.comment.ids,
      text: `${own.comment.text}\n\n${words.goneLine}`,
      gone: true,
    })),
    remove: [...leftBehind.map(({ own }) => own.thread).filter(isOpen), ...doubles],
    doubles,
    leftOut: Math.max(0, fresh.length - room),
  };
}
