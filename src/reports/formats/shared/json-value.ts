import { StreamedList } from '../../json/streamed-list.ts';
import { StreamedMembers } from '../../json/streamed-members.ts';

/**
 * Reading parsed JSON of unknown shape: every function gives null or an empty list where the value is something else.
 */

export type JsonObject = Readonly<Record<string, unknown>>;

/** True for lists, long ones of large files included. */
export function isList(value: unknown): value is readonly unknown[] | StreamedList {
  return Array.isArray(value) || value instanceof StreamedList;
}

/** True for objects: neither null nor a list. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !isList(value) && !(value instanceof StreamedMembers);
}

/** The value under a path of keys; own properties only, so that `constructor` and the like find nothing. */
export function valueAt(value: unknown, ...keys: readonly string[]): unknown {
  let current = value;
  for (const key of keys) {
    if (!isJsonObject(current) || !Object.hasOwn(current, key)) return undefined;
    current = current[key];
  }
  return current;
}

/** The list itself, empty for everything else. A long list of a large file becomes one in memory: see `itemsOf`. */
export function listOf(value: unknown): readonly unknown[] {
  if (value instanceof StreamedList) return [...value];
  return Array.isArray(value) ? value : [];
}

/**
 * The items of a list that the format declares in its `lists`, one after the other; none for everything else. Those of
 * a large file are parsed as they are asked for.
 */
export function itemsOf(value: unknown): Iterable<unknown> {
  return isList(value) ? value : [];
}

/** The object itself, an empty one for everything else. */
export function objectOf(value: unknown): JsonObject {
  if (value instanceof StreamedMembers) return Object.fromEntries(value);
  return isJsonObject(value) ? value : {};
}

/** The text under a path of keys, null when it is absent, no text, or blank. */
export function textAt(value: unknown, ...keys: readonly string[]): string | null {
  const found = valueAt(value, ...keys);
  return typeof found === 'string' && found.trim() !== '' ? found : null;
}

/** The first text under one of several keys, empty when there is none. */
export function anyTextAt(value: unknown, ...keys: readonly string[]): string {
  for (const key of keys) {
    const text = textAt(value, key);
    if (text !== null) return text;
  }
  return '';
}

/** The finite number under a path of keys; a text of digits counts, as some tools quote their numbers. */
export function numberAt(value: unknown, ...keys: readonly string[]): number | null {
  const found = valueAt(value, ...keys);
  if (typeof found === 'number') return Number.isFinite(found) ? found : null;
  if (typeof found !== 'string' || !/^\s*-?\d{1,15}(?:\.\d{1,15})?\s*$/.test(found)) return null;
  return Number(found);
}

/** The list under a path of keys, empty when there is none. */
export function listAt(value: unknown, ...keys: readonly string[]): readonly unknown[] {
  return listOf(valueAt(value, ...keys));
}

/**
 * The members of an object that the format declares in its `lists`, one after the other; none for everything else.
 * Those of a large file are parsed as they are asked for.
 */
export function membersOf(value: unknown): Iterable<readonly [string, unknown]> {
  return value instanceof StreamedMembers ? value : Object.entries(objectOf(value));
}

function* valuesIn(members: StreamedMembers): IterableIterator<unknown> {
  for (const [, value] of members) yield value;
}

/** The values of such members, as a list. */
export function valuesOf(value: unknown): readonly unknown[] | StreamedList {
  if (!(value instanceof StreamedMembers)) return Object.values(objectOf(value));
  return new StreamedList(value.size, () => valuesIn(value));
}

/** How many items a list has, 0 for everything else. */
export function lengthOf(value: unknown): number {
  return isList(value) ? value.length : 0;
}

/** The items of the list under a path of keys, as `itemsOf` gives them. */
export function itemsAt(value: unknown, ...keys: readonly string[]): Iterable<unknown> {
  return itemsOf(valueAt(value, ...keys));
}

/** The texts of the list under a path of keys, without blanks and everything else. */
export function textsAt(value: unknown, ...keys: readonly string[]): readonly string[] {
  return listAt(value, ...keys).filter(
    (item): item is string => typeof item === 'string' && item.trim() !== '',
  );
}

/** True when the value under the key has the given type; for `detect`. */
export function has(
  value: unknown,
  key: string,
  type: 'string' | 'number' | 'boolean' | 'list' | 'object',
): boolean {
  const found = valueAt(value, key);
  if (type === 'list') return isList(found);
  return type === 'object' ? isJsonObject(found) || found instanceof StreamedMembers : typeof found === type;
}
