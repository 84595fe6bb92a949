import type { DiffSpot, InlineItem, InlinePlace, ReviewThread } from '../model/inline-comment.ts';
import type { OwnThread } from './inline-author.ts';
import { isSameText } from './inline-marker.ts';

/** What the run says and knows, see `render/inline-comments/inline-items.ts`. */
export interface WantedDiscussions {
  /** The most important first. */
  readonly items: readonly InlineItem[];
  readonly alive: ReadonlySet<string>;
  readonly sources: ReadonlySet<string>;
  /** How many threads of ours may be open at once. */
  readonly max: number;
}

/** How comments are worded and placed. */
export interface DiscussionWords {
  /** The Markdown of one comment. */
  render(items: readonly InlineItem[]): string;
  /** Where a comment on these lines stands; null when the diff does not show them. */
  spotOf(place: InlinePlace): DiffSpot | null;
  /** What is added to a thread whose cause is gone. */
  readonly goneLine: string;
}

export interface NewComment {
  readonly ids: readonly string[];
  readonly source: string;
  readonly place: InlinePlace;
  readonly spot: DiffSpot;
  readonly text: string;
}

export interface ChangedComment extends OwnThread {
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
  /** Threads about what an older thread says already. */
  readonly duplicates: readonly ReviewThread[];
  /** Comments that found no room. */
  readonly leftOut: number;
}

const maxPerComment = 20;

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

/** Which thread says what: the oldest that does. */
function threadsById(threads: readonly OwnThread[]): ReadonlyMap<string, OwnThread> {
  const byId = new Map<string, OwnThread>();
  for (const own of [...threads].sort((a, b) => a.thread.noteId - b.thread.noteId))
    for (const id of own.comment.ids) if (!byId.has(id)) byId.set(id, own);
  return byId;
}

/** Threads of which an older one says all: two runs at once can leave some. */
function duplicatesOf(threads: readonly OwnThread[]): readonly ReviewThread[] {
  const byId = threadsById(threads);
  return threads
    .filter(
      (own) => !own.comment.ids.some((id) => byId.get(id) === own) && !isTaken(own) && !own.thread.resolved,
    )
    .map(({ thread }) => thread);
}

/** Items of one group on the same or adjacent lines come together, in the order of their first. */
function grouped(items: readonly InlineItem[]): readonly (readonly InlineItem[])[] {
  const groups: InlineItem[][] = [];
  const byGroup = new Map<string, InlineItem[][]>();
  for (const item of [...items].sort((a, b) => a.place.start - b.place.start)) {
    const open = item.group === null ? [] : (byGroup.get(item.group) ?? []);
    const near = open.find((one) => one.length < maxPerComment && isNear(one, item));
    if (near !== undefined) near.push(item);
    else {
      const started = [item];
      groups.push(started);
      if (item.group !== null) byGroup.set(item.group, [...open, started]);
    }
  }
  const rank = new Map(items.map(({ id }, index) => [id, index]));
  const rankOf = (group: readonly InlineItem[]): number =>
    Math.min(...group.map(({ id }) => rank.get(id) ?? 0));
  return groups.sort((a, b) => rankOf(a) - rankOf(b));
}

function isNear(group: readonly InlineItem[], { place }: InlineItem): boolean {
  return group.some((one) => one.place.path === place.path && place.start <= one.place.end + 1);
}

function newComment(group: readonly InlineItem[], { render, spotOf }: DiscussionWords): NewComment | null {
  const [first] = group;
  if (first === undefined) return null;
  const place = {
    path: first.place.path,
    start: Math.min(...group.map((item) => item.place.start)),
    end: Math.max(...group.map((item) => item.place.end)),
  };
  const spot = spotOf(place);
  const ids = group.map(({ id }) => id);
  return spot === null ? null : { ids, source: first.source, place, spot, text: render(group) };
}

interface Sorted {
  /** What nobody said yet. */
  readonly fresh: readonly InlineItem[];
  /** What threads say that are still ours. */
  readonly standing: ReadonlyMap<OwnThread, readonly InlineItem[]>;
}

function sorted(items: readonly InlineItem[], threads: readonly OwnThread[]): Sorted {
  const byId = threadsById(threads);
  const unique = [...new Map(items.map((item) => [item.id, item])).values()];
  const standing = new Map<OwnThread, InlineItem[]>();
  for (const item of unique) {
    const own = byId.get(item.id);
    if (own !== undefined && !isTaken(own)) standing.set(own, [...(standing.get(own) ?? []), item]);
  }
  return { fresh: unique.filter(({ id }) => !byId.has(id)), standing };
}

/** Ours, open, and about nothing that still holds, as far as this run can tell. */
function isOver(own: OwnThread, { alive, sources }: WantedDiscussions): boolean {
  const { thread, comment } = own;
  const isOpen = thread.resolvable && !thread.resolved && !isTaken(own);
  return isOpen && sources.has(comment.source) && !comment.ids.some((id) => alive.has(id));
}

/**
 * Plans the threads on the diff. What is said stays where it is: GitLab moves threads with their lines. What is gone is resolved, what
 * comes back is opened again. A thread that somebody answered, changed or resolved is never touched again and not said anew. New
 * threads are begun while fewer than `max` of ours are open.
 */
export function planDiscussions(
  wanted: WantedDiscussions,
  threads: readonly OwnThread[],
  words: DiscussionWords,
): DiscussionsPlan {
  const { fresh, standing } = sorted(wanted.items, threads);
  const comments = grouped(fresh).flatMap((group) => newComment(group, words) ?? []);
  const over = new Set(threads.filter((own) => isOver(own, wanted)));
  const open = threads.filter((own) => !own.thread.resolved && !over.has(own) && !standing.has(own));
  const room = Math.max(0, wanted.max - standing.size - open.length);
  const told = [...standing].map(([own, items]) => ({ ...own, text: words.render(items), gone: false }));
  return {
    create: comments.slice(0, room),
    update: told.filter(({ comment, text }) => comment.gone || !isSameText(comment.text, text)),
    reopen: [...standing.keys()].filter(({ thread }) => thread.resolved).map(({ thread }) => thread),
    resolve: [...over].map((own) => ({
      ...own,
      text: `${own.comment.text}\n\n${words.goneLine}`,
      gone: true,
    })),
    duplicates: duplicatesOf(threads),
    leftOut: Math.max(0, comments.length - room),
  };
}
