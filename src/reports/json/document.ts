import type { Batch, FoundList, Unit } from './found-list.ts';
import type { KeptBytes } from './kept-bytes.ts';
import type { Place } from './list-paths.ts';
import { StreamedList } from './streamed-list.ts';
import { StreamedMembers } from './streamed-members.ts';

/** As many entries as `detect` looks at. */
const sampledEntries = 1_000;

/** A whole JSON document, of which long lists are parsed piece by piece. */
export interface JsonDocument {
  /** The value with at most the first entries of long lists, and some more. */
  sample(): unknown;
  /** The value, with a `StreamedList` or `StreamedMembers` for each long list that the format declares. */
  valueFor(format: string): unknown;
  /** The same for each that any format declares. */
  outline(): unknown;
}

/** What stands for a long list in the value. */
type ValueOf = (list: FoundList) => unknown;

function isUnit(segment: Batch | Unit): segment is Unit {
  return 'lists' in segment;
}

/** Puts a value where the text had an empty list. */
function put(root: unknown, path: readonly string[], value: unknown): void {
  let target = root;
  for (const [index, key] of path.entries()) {
    if (typeof target !== 'object' || target === null) return;
    if (index === path.length - 1) Reflect.set(target, key, value);
    else target = Reflect.get(target, key);
  }
}

function entriesIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function membersIn(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

function* firstOf<Item>(items: Iterable<Item>): IterableIterator<Item> {
  let count = 0;
  for (const item of items) {
    yield item;
    count += 1;
    if (count >= sampledEntries) return;
  }
}

/** The text of a unit with an empty list in the place of each long one. */
function textWithoutLists({ from, to, isMember, lists }: Unit, kept: KeptBytes): string {
  let text = isMember ? '{' : '';
  let at = from;
  for (const list of lists) {
    text += `${kept.text(at, list.from)}[]`;
    at = list.to;
  }
  return text + kept.text(at, to) + (isMember ? '}' : '');
}

/** Parses a document, whose bytes are kept, as somebody asks for its parts. */
export function createDocument(kept: KeptBytes, document: Unit): JsonDocument {
  function parsed(unit: Unit, valueOf: ValueOf): unknown {
    const { lists } = unit;
    const [first] = lists;
    if (first?.path.length === 0) return valueOf(first);
    const value: unknown = JSON.parse(textWithoutLists(unit, kept));
    for (const list of lists) put(value, list.path, valueOf(list));
    return value;
  }

  function* entriesOf({ segments }: FoundList, valueOf: ValueOf): IterableIterator<unknown> {
    for (const segment of segments) {
      if (isUnit(segment)) yield parsed(segment, valueOf);
      else yield* entriesIn(JSON.parse(kept.textBetween('[]', segment.from, segment.to)));
    }
  }

  function* membersOf(
    { segments }: FoundList,
    valueOf: ValueOf,
  ): IterableIterator<readonly [string, unknown]> {
    for (const segment of segments) {
      if (isUnit(segment)) yield* membersIn(parsed(segment, valueOf));
      else yield* membersIn(JSON.parse(kept.textBetween('{}', segment.from, segment.to)));
    }
  }

  function sampled(list: FoundList): unknown {
    return list.isObject
      ? Object.fromEntries(firstOf(membersOf(list, sampled)))
      : [...firstOf(entriesOf(list, sampled))];
  }

  function streaming(isStreamed: (place: Place) => boolean): unknown {
    const valueOf = (list: FoundList): unknown => {
      if (list.isObject) {
        const members = (): ReturnType<typeof membersOf> => membersOf(list, valueOf);
        return isStreamed(list.place)
          ? new StreamedMembers(list.length, members)
          : Object.fromEntries(members());
      }
      const entries = (): IterableIterator<unknown> => entriesOf(list, valueOf);
      return isStreamed(list.place) ? new StreamedList(list.length, entries) : [...entries()];
    };
    return parsed(document, valueOf);
  }

  return {
    sample: () => parsed(document, sampled),
    valueFor: (format) => streaming(({ formats }) => formats.has(format)),
    outline: () => streaming(({ entry }) => entry !== null),
  };
}
