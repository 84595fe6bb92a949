/** One measure in one span, over several projects: what was counted, and why something was not. */
import type { Figure, MeasureUnit, Span } from '../model/digest.ts';
import { byText } from './facts/worst.ts';
import { type Evidence } from './noise.ts';
import type { Readable } from './readable.ts';
import type { Sample } from './sample.ts';
import { addSample, emptyTally, evidenceOf, measuredOf, type Tally } from './tally.ts';

export interface Side {
  readonly tally: Tally;
  /** Of the longest part of the span that was read of any project. */
  days: number;
  /** Projects that were counted. */
  counted: number;
  projects: number;
  isWhole: boolean;
  /** Reasons, each with the number of projects that have it. */
  readonly reasons: Map<string, number>;
  readonly doubts: Map<string, number>;
}

/** Nothing was counted yet. */
export function emptySide(): Side {
  return {
    tally: emptyTally(),
    days: 0,
    counted: 0,
    projects: 0,
    isWhole: true,
    reasons: new Map(),
    doubts: new Map(),
  };
}

/** What one project adds. */
export interface Counted {
  readonly sample: Sample;
  readonly doubts: Readonly<Record<string, number>>;
  readonly daysOf: (span: Span) => number;
}

/** Adds a project; `count` is called only where something of it can be counted. */
export function addToSide(side: Side, readable: Readable, count: () => Counted): void {
  const sum = side;
  sum.projects += 1;
  if (readable.kind === 'unread') {
    raise(side.reasons, readable.reason, 1);
    return;
  }
  const { sample, doubts, daysOf } = count();
  if (sample.kind === 'none') {
    raise(side.reasons, sample.reason, 1);
    return;
  }
  for (const gap of readable.gaps) raise(side.reasons, gap, 1);
  addSample(side.tally, sample);
  sum.counted += 1;
  sum.days = Math.max(side.days, daysOf(readable.span));
  sum.isWhole = side.isWhole && readable.isWhole;
  for (const [doubt, times] of Object.entries(doubts)) raise(side.doubts, doubt, times);
}

function raise(counts: Map<string, number>, key: string, by: number): void {
  if (by > 0) counts.set(key, (counts.get(key) ?? 0) + by);
}

/** At most so many reasons are listed. */
const reasonsShown = 3;

/** The figure, with all reasons. */
export function figureOf(
  side: Side,
  { unit, nothing }: { readonly unit: MeasureUnit; readonly nothing: string },
): Figure {
  const measured = measuredOf(side.tally, { unit, days: side.days });
  const doubts: (readonly [string, number])[] = [...side.doubts];
  if (side.tally.negative > 0)
    doubts.push([
      'negative times, of clocks that disagree or history that was rewritten',
      side.tally.negative,
    ]);
  const reasons = [
    ...ordered(side.reasons).map(([reason, times]) =>
      side.projects > 1 ? `${reason} (${times} of ${side.projects} projects)` : reason,
    ),
    ...ordered(doubts).map(([doubt, times]) => `${doubt}: ${times}`),
  ];
  if (measured.value === null && reasons.length === 0) reasons.push(nothing);
  const more = reasons.length - reasonsShown;
  const shown = [...reasons.slice(0, reasonsShown), ...(more > 0 ? [`and ${more} more reasons`] : [])];
  return { ...measured, reason: shown.length === 0 ? null : shown.join('; ') };
}

function ordered(counts: Iterable<readonly [string, number]>): readonly (readonly [string, number])[] {
  return [...counts].sort(
    ([one, times], [other, timesOfOther]) => timesOfOther - times || byText(one, other),
  );
}

/**
 * What a test for chance may use: a count of which a part was not read has not become smaller; medians and shares of
 * what was read may be compared.
 */
export function comparableOf(side: Side): Evidence | null {
  const evidence = evidenceOf(side.tally, side.days);
  const isMissed = !side.isWhole || side.counted < side.projects;
  const isSum = side.tally.kind === 'count' || side.tally.kind === 'days';
  return isMissed && isSum ? null : evidence;
}
