import type { DiffSpot, InlineItem, InlinePlace, ReviewThread } from '../model/inline-comment.ts';
import { commentOn, commentsOn, type DiscussionWords, type WholeComment } from './group-items.ts';
import type { OwnThread } from './inline-author.ts';
import { isSameText } from './inline-marker.ts';
import { isShown, type Matched, matchThreads, threadsByName } from './match-threads.ts';

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
  /** Of these, those about what another one says: two runs at once began the same. */
  readonly doubles: readonly ReviewThread[];
  /** Comments that found no room. */
  readonly leftOut: number;
}

/**
 * From then on a thread is theirs: somebody answered, changed our text, resolved it, or opened again what we had
 * resolved. Whoever resolves a thread by pushing (a setting of the project) cannot be told from whoever clicks.
 */
function isTaken({ thread, comment }: OwnThread): boolean {
  const { replies, resolved, resolvedById, authorId } = thread;
  const isAnswered = replies.some((author) => author !== authorId);
  const isResolvedByOthers = resolved && resolvedById !== authorId;
  const isOpenedByOthers = comment.gone && !resolved;
  return isAnswered || isResolvedByOthers || isOpenedByOthers || !comment.intact;
}

/** What becomes of the threads that say nothing which this run says. */
interface Idle {
  /** About nothing that still holds, as far as this run can tell. */
  readonly over: readonly OwnThread[];
  /** Another one says it: two runs at once can leave some, and a run that was cut off. */
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

/**
 * True when GitLab shows the thread on lines that have nothing to do with what it says any more, or no longer on the
 * diff at all. One of several things stays on its line while any of them is in the file: it may be the line of one that
 * is gone.
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
 * Plans the threads on the diff. What is said stays where it is while GitLab moves it with its lines, and is begun anew
 * where GitLab lost it. What is gone is resolved, what comes back is opened again. A thread that somebody answered,
 * changed or resolved is never touched again and not said anew. New threads are begun while fewer than `max` of ours
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
