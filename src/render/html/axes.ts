const countSteps = [1, 2, 5];
/** Steps of clocks, in seconds. */
const timeSteps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 43_200, 86_400];
const usualTicks = 3;

/** A round step of counts and shares, so that about `usualTicks` of them span the range. */
function roundStep(range: number, least: number): number {
  const wanted = Math.max(range / usualTicks, least);
  const power = 10 ** Math.floor(Math.log10(wanted));
  return (countSteps.find((step) => step * power >= wanted * 0.999_999) ?? 10) * power;
}

/** Seconds of a round step for about so many marks on an axis. */
export function roundSeconds(range: number, marks: number): number {
  return timeSteps.find((step) => range / step <= marks) ?? range / marks;
}

/** Where an axis begins, ends and has its marks. */
export interface Axis {
  readonly low: number;
  readonly high: number;
  readonly marks: readonly number[];
}

/** The axis of these values; one value, or the same again and again, has a mark above and below. */
export function axisOf(values: readonly number[], kind: 'count' | 'share' | 'seconds'): Axis {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const step =
    kind === 'seconds'
      ? roundSeconds(Math.max(high - low, 1), usualTicks)
      : roundStep(high - low, kind === 'count' ? 1 : 0.1);
  const first = Math.floor(low / step);
  const last = Math.max(Math.ceil(high / step), first + 1);
  const marks = Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step);
  return { low: first * step, high: last * step, marks };
}
