import type { DiffSpot, InlineItem, InlinePlace } from '../model/inline-comment.ts';

/** How comments are worded and placed. */
export interface DiscussionWords {
  /** The Markdown of one comment. */
  render(items: readonly InlineItem[]): string;
  /** The position of a comment on these lines; null when the diff does not show them. */
  spotOf(place: InlinePlace): DiffSpot | null;
  /** The text that is added to a thread whose cause is gone. */
  readonly goneLine: string;
}

/** A comment as it would be written now; its text is rendered only when needed, because few of thousands are. */
export interface WholeComment {
  readonly items: readonly InlineItem[];
  readonly place: InlinePlace;
  /** Null when it has no position. */
  readonly spot: DiffSpot | null;
}

const maxPerComment = 20;

function isNear(group: readonly InlineItem[], { place }: InlineItem): boolean {
  return group.some((one) => one.place.path === place.path && place.start <= one.place.end + 1);
}

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

/** The comment on these items, which are of one file, in the order of their lines. */
export function commentOn(
  about: readonly [InlineItem, ...InlineItem[]],
  { spotOf }: Pick<DiscussionWords, 'spotOf'>,
): WholeComment {
  const items = about.toSorted((a, b) => a.place.start - b.place.start);
  const place = {
    path: about[0].place.path,
    start: Math.min(...items.map((item) => item.place.start)),
    end: Math.max(...items.map((item) => item.place.end)),
  };
  return { items, place, spot: spotOf(place) };
}

/** Items of one group on the same or adjacent lines come together, in the order of their first. */
export function commentsOn(items: readonly InlineItem[], words: DiscussionWords): readonly WholeComment[] {
  return grouped(items).flatMap(([first, ...others]) =>
    first === undefined ? [] : [commentOn([first, ...others], words)],
  );
}
