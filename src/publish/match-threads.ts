import type { InlineItem } from '../model/inline-comment.ts';
import { commentsOn, type DiscussionWords, type WholeComment } from './group-items.ts';
import type { OwnThread } from './inline-author.ts';
import { isSameText } from './inline-marker.ts';

/** Which thread says what by now. */
export interface Matched {
  /** What each thread says, and under which names from now on; threads that say nothing that holds are missing. */
  readonly told: ReadonlyMap<
    OwnThread,
    { readonly items: readonly InlineItem[]; readonly ids: readonly string[] }
  >;
  /** What nobody said yet. */
  readonly fresh: readonly InlineItem[];
  /** Names that a thread took over from another: what the other one said is gone. */
  readonly takenOver: ReadonlyMap<string, OwnThread>;
}

/** True for a thread that the newest diff shows; GitLab leaves the others on the diff where it last found their line. */
export function isShown({ thread }: OwnThread, headSha: string): boolean {
  return thread.place?.headSha === headSha;
}

/** Threads that the newest diff shows come first, then the oldest. */
function inOrder(threads: readonly OwnThread[], headSha: string): readonly OwnThread[] {
  const rank = (own: OwnThread): number => (isShown(own, headSha) ? 0 : 1);
  return [...threads].sort((a, b) => rank(a) - rank(b) || a.thread.noteId - b.thread.noteId);
}

/** Which thread says what, by the names in the markers: the first that does. */
export function threadsById(threads: readonly OwnThread[], headSha: string): ReadonlyMap<string, OwnThread> {
  const byId = new Map<string, OwnThread>();
  for (const own of inOrder(threads, headSha))
    for (const id of own.comment.ids) if (!byId.has(id)) byId.set(id, own);
  return byId;
}

/** GitLab shows the thread exactly where the comment would be written, and it says the same of the same report. */
function saysExactly(own: OwnThread, { place, text, items }: WholeComment, headSha: string): boolean {
  const { thread, comment } = own;
  return (
    isShown(own, headSha) &&
    thread.place?.path === place.path &&
    thread.place.line === place.end &&
    comment.source === items[0]?.source &&
    isSameText(comment.text, text)
  );
}

/**
 * Matches what this run says with the threads that stand. The same words on the same line are the same thing, even under another name: names hold
 * the path of the file, which a renamed file changes, and count equal ones, so that the second becomes the first when that is mended. For
 * the rest the name counts, wherever the lines went.
 */
export function matchThreads(
  items: readonly InlineItem[],
  { threads, headSha }: { readonly threads: readonly OwnThread[]; readonly headSha: string },
  words: DiscussionWords,
): Matched {
  const told = new Map<OwnThread, { items: InlineItem[]; ids: readonly string[] }>();
  const takenOver = new Map<string, OwnThread>();
  const left = new Map(items.map((item) => [item.id, item]));
  const ordered = inOrder(threads, headSha);
  for (const comment of commentsOn(items, words)) {
    const same = ordered.filter((own) => !told.has(own) && saysExactly(own, comment, headSha));
    const ids = comment.items.map(({ id }) => id);
    const own = same.find((one) => one.comment.ids.some((id) => ids.includes(id))) ?? same[0];
    if (own === undefined) continue;
    told.set(own, { items: [...comment.items], ids });
    for (const id of ids) {
      left.delete(id);
      if (!own.comment.ids.includes(id)) takenOver.set(id, own);
    }
  }
  const byId = threadsById(
    threads.filter((own) => !told.has(own)),
    headSha,
  );
  const fresh: InlineItem[] = [];
  for (const item of left.values()) {
    const own = byId.get(item.id);
    const said = own === undefined ? undefined : told.get(own);
    if (own === undefined) fresh.push(item);
    else if (said !== undefined) said.items.push(item);
    else told.set(own, { items: [item], ids: own.comment.ids });
  }
  return { told, fresh, takenOver };
}
