import type { Span } from '../../model/digest.ts';
import type { Instant } from '../../model/project-history.ts';

/** Whether a moment belongs to a span: its start does, its end does not. */
export function isWithin(at: Instant, { from, until }: Span): boolean {
  return at >= from && at < until;
}

/** Index of the span that holds a moment, of spans in order that do not overlap; -1 = none. */
export function spanIndex(spans: readonly Span[], at: Instant): number {
  let [low, high] = [0, spans.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const span = spans[middle];
    if (span === undefined) return -1;
    if (isWithin(at, span)) return middle;
    if (at < span.from) high = middle - 1;
    else low = middle + 1;
  }
  return -1;
}

/** How many milliseconds two spans share. */
export function sharedTime(one: Span, other: Span): number {
  return Math.max(0, Math.min(one.until, other.until) - Math.max(one.from, other.from));
}

/** From one moment to another in seconds, negative when the other is earlier; null where one is not known. */
export function secondsBetween(from: Instant | null, until: Instant | null): number | null {
  return from === null || until === null ? null : (until - from) / 1000;
}
