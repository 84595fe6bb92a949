import type { InlineItem, InlinePlace } from '../model/inline-comment.ts';
import { commentsOn, type DiscussionWords, type WholeComment } from './group-items.ts';
import type { OwnThread } from './inline-author.ts';
import { isSameText } from './inline-marker.ts';

/** The items that a thread now shows, and its names from now on. */
export interface Told {
  readonly items: readonly InlineItem[];
  readonly ids: readonly string[];
}

/** Which thread shows which items. */
export interface Matched {
  /** Without threads that show nothing valid any more. */
  readonly told: ReadonlyMap<OwnThread, Told>;
  /** Items without a thread. */
  readonly fresh: readonly InlineItem[];
  /** The thread of each item, by the item's name. */
  readonly speakers: ReadonlyMap<string, OwnThread>;
  /** Threads of items that had another name before. */
  readonly renamed: ReadonlySet<OwnThread>;
}

/**
 * True for a thread that the newest diff shows; GitLab leaves the others on the diff where it last found their line.
 */
export function isShown({ thread }: OwnThread, headSha: string): boolean {
  return thread.place?.headSha === headSha;
}

function isAt(own: OwnThread, { path, end }: InlinePlace, headSha: string): boolean {
  return isShown(own, headSha) && own.thread.place?.path === path && own.thread.place.line === end;
}

/**
 * Which threads have a name in their marker: first those that the newest diff shows, then those not resolved as gone,
 * then the oldest.
 */
export function threadsByName(
  threads: readonly OwnThread[],
  headSha: string,
): ReadonlyMap<string, readonly OwnThread[]> {
  const rank = (own: OwnThread): number => (isShown(own, headSha) ? 0 : 2) + (own.comment.gone ? 1 : 0);
  const ordered = [...threads].sort((a, b) => rank(a) - rank(b) || a.thread.noteId - b.thread.noteId);
  const byName = new Map<string, OwnThread[]>();
  for (const own of ordered)
    for (const id of own.comment.ids) byName.set(id, [...(byName.get(id) ?? []), own]);
  return byName;
}

interface Named {
  readonly item: InlineItem;
  /** The thread with its name; a thread at its place comes first. */
  readonly own: OwnThread | null;
  readonly isInPlace: boolean;
}

function namedOf(
  items: readonly InlineItem[],
  threads: readonly OwnThread[],
  headSha: string,
): readonly Named[] {
  const byName = threadsByName(threads, headSha);
  return items.map((item) => {
    const named = byName.get(item.id) ?? [];
    const inPlace = named.find((own) => isAt(own, item.place, headSha));
    return { item, own: inPlace ?? named[0] ?? null, isInPlace: inPlace !== undefined };
  });
}

/** GitLab shows the thread exactly where the comment would be written, and it says the same of the same report. */
function saysExactly(
  own: OwnThread,
  { place, items }: WholeComment,
  { headSha, render }: Pick<DiscussionWords, 'render'> & { readonly headSha: string },
): boolean {
  const { source, text } = own.comment;
  return isAt(own, place, headSha) && source === items[0]?.source && isSameText(text, render(items));
}

/** Threads for items that are not at the place of the thread with their name, each at most once. */
function renamedOf(
  named: readonly Named[],
  { threads, headSha }: { readonly threads: readonly OwnThread[]; readonly headSha: string },
  words: DiscussionWords,
): ReadonlyMap<OwnThread, WholeComment> {
  const settled = new Set(named.flatMap(({ own, isInPlace }) => (isInPlace ? [own] : [])));
  const renamed = new Map<OwnThread, WholeComment>();
  const lost = named.filter(({ isInPlace }) => !isInPlace).map(({ item }) => item);
  for (const comment of commentsOn(lost, words)) {
    const own = threads.find(
      (one) =>
        !settled.has(one) &&
        !renamed.has(one) &&
        saysExactly(one, comment, { headSha, render: words.render }),
    );
    if (own !== undefined) renamed.set(own, comment);
  }
  return renamed;
}

/**
 * Matches the items of this run with the existing threads: by the names in their markers, wherever the lines have
 * moved. But the same words on the same line are the same item, even under another name: names contain the file's path,
 * which changes with a rename, and number equal items, so the second one gets the name of the first when that is fixed.
 */
export function matchThreads(
  items: readonly InlineItem[],
  standing: { readonly threads: readonly OwnThread[]; readonly headSha: string },
  words: DiscussionWords,
): Matched {
  const named = namedOf(items, standing.threads, standing.headSha);
  const renamed = renamedOf(named, standing, words);
  const said = new Map<OwnThread, readonly InlineItem[]>();
  for (const [own, comment] of renamed) said.set(own, comment.items);
  const found = new Set([...renamed.values()].flatMap((comment) => comment.items));
  const fresh: InlineItem[] = [];
  for (const { item, own } of named.filter((one) => !found.has(one.item)))
    if (own === null || renamed.has(own)) fresh.push(item);
    else said.set(own, [...(said.get(own) ?? []), item]);
  const speakers = new Map([...said].flatMap(([own, about]) => about.map(({ id }) => [id, own] as const)));
  /** Names of gone items stay, because they may return; names of items in another thread are removed. */
  const namesOf = (own: OwnThread): readonly string[] =>
    own.comment.ids.filter((id) => (speakers.get(id) ?? own) === own);
  const told = new Map(
    [...said].map(([own, about]): [OwnThread, Told] => {
      const ids = renamed.has(own) ? about.map(({ id }) => id) : namesOf(own);
      return [own, { items: about, ids }];
    }),
  );
  return { told, fresh, speakers, renamed: new Set(renamed.keys()) };
}
