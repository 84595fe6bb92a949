import type { Offender } from '../../model/digest.ts';

/** How many offenders a figure has at most. */
export const offendersKept = 10;

/** The first `count` in an order, without sorting all; of equal ones the earlier. */
export function firstOf<T>(
  things: Iterable<T>,
  order: (one: T, other: T) => number,
  count: number,
): readonly T[] {
  let kept: T[] = [];
  let last: T | null = null;
  for (const thing of things) {
    if (last !== null && order(thing, last) >= 0) continue;
    kept.push(thing);
    if (kept.length < 4 * count) continue;
    kept = kept.sort(order).slice(0, count);
    last = kept.at(-1) ?? null;
  }
  return kept.sort(order).slice(0, count);
}

/** By code unit, so that an order is the same everywhere. */
export function byText(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

/** The largest values first; those without a value last. */
export function byValue(one: Offender, other: Offender): number {
  return (
    compareNumbers(other.value ?? -Infinity, one.value ?? -Infinity) ||
    byText(one.name, other.name) ||
    byText(one.url ?? '', other.url ?? '') ||
    byText(one.title, other.title)
  );
}

/** The smallest values first; those without a value last. */
export function byValueUp(one: Offender, other: Offender): number {
  const difference = compareNumbers(one.value ?? Infinity, other.value ?? Infinity);
  return difference === 0 ? byValue(one, other) : difference;
}

/** Two infinities are equal; their difference is not a number. */
function compareNumbers(one: number, other: number): number {
  return one < other ? -1 : Number(one > other);
}
