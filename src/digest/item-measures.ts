/** Measures that look at each thing by itself: its value, whether it has a quality, how much it weighs. */
import type { Offender, Span } from '../model/digest.ts';
import type { Instant, ProjectHistory } from '../model/project-history.ts';
import { spanIndex } from './facts/spans.ts';
import { firstOf, offendersKept } from './facts/worst.ts';
import type { Measure, MeasureSettings } from './measure.ts';
import type { CountSample, Sample, ShareSample, ValuesSample } from './sample.ts';

/** What a measure says of itself, without how it counts. */
export type MeasureHead = Omit<Measure, 'sample' | 'samples' | 'offenders'>;

/** The things that a measure looks at. */
interface Things<T> {
  readonly things: (history: ProjectHistory, settings: MeasureSettings) => readonly T[];
  /** The moment that says to which span a thing belongs; null = to none. */
  readonly at: (thing: T) => Instant | null;
}

/** How a thing is called where it is one of the worst; its value is added. */
type Named<T> = (thing: T, history: ProjectHistory) => Omit<Offender, 'value'>;

/** The things of each span, in one pass. */
function sorted<T>(
  { things, at }: Things<T>,
  { history, spans, settings }: Asked,
): readonly (readonly T[])[] {
  const found: T[][] = spans.map(() => []);
  for (const thing of things(history, settings)) {
    const moment = at(thing);
    if (moment !== null) found[spanIndex(spans, moment)]?.push(thing);
  }
  return found;
}

interface Asked {
  readonly history: ProjectHistory;
  readonly spans: readonly Span[];
  readonly settings: MeasureSettings;
}

function measureOf<T>(
  head: MeasureHead,
  things: Things<T>,
  { count, worst }: { readonly count: (found: readonly T[]) => Sample; readonly worst: Worst<T> | null },
): Measure {
  const samples: Measure['samples'] = (history, spans, settings) =>
    sorted(things, { history, spans, settings }).map(count);
  const within = (history: ProjectHistory, span: Span, settings: MeasureSettings): readonly T[] =>
    sorted(things, { history, spans: [span], settings })[0] ?? [];
  return {
    ...head,
    sample: (history, span, settings) => count(within(history, span, settings)),
    samples,
    ...(worst === null
      ? {}
      : { offenders: (history, span, settings) => worst(within(history, span, settings), history) }),
  };
}

type Worst<T> = (found: readonly T[], history: ProjectHistory) => readonly Offender[];

/** A median: each thing has a value, or null; a negative one is counted as such and is not a value. */
export function valuesMeasure<T>(
  head: MeasureHead,
  of: Things<T> & {
    readonly value: (thing: T) => number | null;
    /** Null = the things are not worth a name. */
    readonly name: Named<T> | null;
  },
): Measure {
  const { value, name } = of;
  const worst: Worst<T> = (found, history) => {
    if (name === null) return [];
    const sign = head.better === 'higher' ? 1 : -1;
    return firstWeighed(found, (thing) => sign * (positive(value(thing)) ?? NaN)).map((thing) => ({
      ...name(thing, history),
      value: value(thing),
    }));
  };
  return measureOf(head, of, {
    count: (found) => valuesSample(found.map(value)),
    worst: name === null ? null : worst,
  });
}

/** Those with the smallest weights; a weight that is not a number means that the thing has none. */
function firstWeighed<T>(found: readonly T[], weightOf: (thing: T) => number): readonly T[] {
  const weights = Float64Array.from(found, weightOf);
  const indexes = [...weights.keys()].filter((index) => !Number.isNaN(weights[index] ?? NaN));
  const order = (one: number, other: number): number => (weights[one] ?? 0) - (weights[other] ?? 0);
  return firstOf(indexes, order, offendersKept).flatMap((index) => {
    const thing = found[index];
    return thing === undefined ? [] : [thing];
  });
}

function positive(value: number | null): number | null {
  return value !== null && value >= 0 ? value : null;
}

/** Sample of values of which some are missing or negative. */
export function valuesSample(all: readonly (number | null)[]): ValuesSample {
  const negative = all.filter((value) => value !== null && value < 0).length;
  const values = Float64Array.from(all.filter((value) => value !== null && value >= 0));
  return { kind: 'values', values, without: all.length - values.length, negative };
}

/** A share: each thing has a quality, has it not, or (null) nobody knows. */
export function shareMeasure<T>(
  head: MeasureHead,
  of: Things<T> & {
    readonly has: (thing: T, history: ProjectHistory) => boolean | null;
    /** Of those that have it; null = they are not worth a name. */
    readonly name: Named<T> | null;
  },
): Measure {
  const { name } = of;
  const withHistory: Things<readonly [T, boolean | null]> = {
    things: (history, settings) =>
      of.things(history, settings).map((thing) => [thing, of.has(thing, history)] as const),
    at: ([thing]) => of.at(thing),
  };
  const worst: Worst<readonly [T, boolean | null]> = (found, history) =>
    latest(found.flatMap(([thing, has]) => (has === true && name !== null ? [name(thing, history)] : [])));
  return measureOf(head, withHistory, {
    count: (found) => shareSample(found.map(([, has]) => has)),
    worst: name === null ? null : worst,
  });
}

function shareSample(all: readonly (boolean | null)[]): ShareSample {
  const known = all.filter((has) => has !== null);
  return {
    kind: 'share',
    part: known.filter(Boolean).length,
    whole: known.length,
    without: all.length - known.length,
  };
}

/** Where none is worse than another, the latest ones first. */
function latest(named: readonly Omit<Offender, 'value'>[]): readonly Offender[] {
  return named
    .slice(-offendersKept)
    .toReversed()
    .map((one) => ({ ...one, value: null }));
}

/** How many things are of a kind, where nobody knows the kind of some. */
export function kindMeasure<T>(
  head: MeasureHead,
  of: Things<T> & {
    readonly isOfKind: (thing: T) => boolean;
    readonly isKnown: (thing: T) => boolean;
    readonly name: Named<T>;
  },
): Measure {
  const { isOfKind, isKnown, name } = of;
  return measureOf(head, of, {
    count: (found) => ({
      ...countSample(found.filter(isOfKind).length),
      sorted: { known: found.filter(isKnown).length, all: found.length },
    }),
    worst: (found, history) => latest(found.filter(isOfKind).map((thing) => name(thing, history))),
  });
}

/** A number of things, or the sum of their weights in the unit of the measure. */
export function countMeasure<T>(
  head: MeasureHead,
  of: Things<T> & {
    /** Null = each thing counts as one. */
    readonly weight: ((thing: T) => number) | null;
    /** Null = they are not worth a name. */
    readonly name: Named<T> | null;
  },
): Measure {
  const { weight, name } = of;
  const worst: Worst<T> = (found, history) => {
    if (name === null) return [];
    if (weight === null) return latest(found.map((thing) => name(thing, history)));
    return firstWeighed(found, (thing) => -weight(thing)).map((thing) => ({
      ...name(thing, history),
      value: weight(thing),
    }));
  };
  return measureOf(head, of, {
    count: (found) => (weight === null ? countSample(found.length) : weightSample(found.map(weight))),
    worst: name === null ? null : worst,
  });
}

/** Sample of so many things. */
export function countSample(n: number): CountSample {
  return { kind: 'count', amount: n, n, squares: n, sorted: null };
}

function weightSample(weights: readonly number[]): CountSample {
  const ordered = Float64Array.from(weights).sort();
  return {
    kind: 'count',
    amount: ordered.reduce((sum, weight) => sum + weight, 0),
    n: ordered.length,
    squares: ordered.reduce((sum, weight) => sum + weight * weight, 0),
    sorted: null,
  };
}
