/** Samples of several projects, added up, and the figure that they make. */
import type { MeasureUnit } from '../model/digest.ts';
import type { Instant } from '../model/project-history.ts';
import type { Evidence } from './noise.ts';
import { medianOf, percentileOf } from './percentile.ts';
import type { NoSample, Sample } from './sample.ts';

type Counted = Exclude<Sample, NoSample>;

/** Grows with each sample. What it holds does not depend on the order of the samples. */
export interface Tally {
  kind: Counted['kind'] | null;
  readonly values: Float64Array[];
  without: number;
  negative: number;
  part: number;
  whole: number;
  /** Sums of projects: added up in one order at the end, because sums of fractions depend on it. */
  readonly amounts: number[];
  n: number;
  /** Things of a known kind, of all; 0 of 0 where kinds do not matter. */
  known: number;
  all: number;
  readonly squares: number[];
  readonly days: Set<Instant>;
}

/** What was measured, without reasons. */
export interface Measured {
  readonly value: number | null;
  readonly p75: number | null;
  readonly p95: number | null;
  readonly n: number;
  readonly of: number;
}

/** Nothing was added yet. */
export function emptyTally(): Tally {
  return {
    kind: null,
    values: [],
    without: 0,
    negative: 0,
    part: 0,
    whole: 0,
    amounts: [],
    n: 0,
    known: 0,
    all: 0,
    squares: [],
    days: new Set(),
  };
}

/** Adds the sample of one project. A measure has samples of one kind. */
export function addSample(tally: Tally, sample: Counted): void {
  const sum = tally;
  sum.kind = sample.kind;
  switch (sample.kind) {
    case 'values':
      if (sample.values.length > 0) sum.values.push(sample.values);
      sum.without += sample.without;
      sum.negative += sample.negative;
      return;
    case 'share':
      sum.part += sample.part;
      sum.whole += sample.whole;
      sum.without += sample.without;
      return;
    case 'count':
      addCount(sum, sample);
      return;
    case 'days':
      for (const day of sample.days) sum.days.add(day);
      sum.n += sample.n;
      return;
    case 'ratio':
      sum.part += sample.part;
      sum.whole += sample.whole;
      sum.n += sample.n;
  }
}

function addCount(tally: Tally, { amount, squares, n, sorted }: Extract<Counted, { kind: 'count' }>): void {
  const sum = tally;
  if (amount !== 0) sum.amounts.push(amount);
  if (squares !== 0) sum.squares.push(squares);
  sum.n += n;
  if (sorted === null) return;
  sum.known += sorted.known;
  sum.all += sorted.all;
}

/** The figure of all samples; `days` is how long was counted, for figures a day and a week. */
export function measuredOf(
  tally: Tally,
  { unit, days }: { readonly unit: MeasureUnit; readonly days: number },
): Measured {
  const { n, part, whole, without } = tally;
  switch (tally.kind) {
    case null:
      return { value: null, p75: null, p95: null, n: 0, of: 0 };
    case 'values': {
      const sorted = sortedValues(tally);
      const [p75, p95] = [percentileOf(sorted, 75), percentileOf(sorted, 95)];
      return { value: medianOf(sorted), p75, p95, n: sorted.length, of: sorted.length + without };
    }
    case 'share':
      return alone(whole > 0 ? part / whole : null, whole, whole + without);
    case 'ratio':
      return alone(whole > 0 ? part / whole : null, n, n);
    case 'count':
      return tally.all > 0
        ? alone(inUnit(sumOf(tally.amounts), unit, days), tally.known, tally.all)
        : alone(inUnit(sumOf(tally.amounts), unit, days), n, n);
    case 'days':
      return alone(inUnit(tally.days.size, unit, days), n, n);
  }
}

function alone(value: number | null, n: number, of: number): Measured {
  return { value, p75: null, p95: null, n, of };
}

function inUnit(amount: number, unit: MeasureUnit, days: number): number | null {
  if (unit === 'per-day') return days > 0 ? amount / days : null;
  if (unit === 'per-week') return days > 0 ? (amount / days) * 7 : null;
  return amount;
}

/** What a test for chance needs; null where the kind of figure has no test. */
export function evidenceOf(tally: Tally, days: number): Evidence | null {
  switch (tally.kind) {
    case 'values':
      return { kind: 'values', sorted: sortedValues(tally) };
    case 'share':
      return { kind: 'share', part: tally.part, whole: tally.whole };
    case 'count':
      return {
        kind: 'count',
        amount: sumOf(tally.amounts),
        n: tally.n,
        squares: sumOf(tally.squares),
        days,
      };
    case 'days':
      return { kind: 'share', part: tally.days.size, whole: Math.max(Math.round(days), tally.days.size) };
    case 'ratio':
    case null:
      return null;
  }
}

function sortedValues({ values }: Tally): Float64Array {
  const all = new Float64Array(values.reduce((length, some) => length + some.length, 0));
  let place = 0;
  for (const some of values) {
    all.set(some, place);
    place += some.length;
  }
  return all.sort();
}

function sumOf(numbers: readonly number[]): number {
  return Float64Array.from(numbers)
    .sort()
    .reduce((sum, number) => sum + number, 0);
}
