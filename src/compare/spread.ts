/** The middle value; null without values. */
export function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/** Median absolute deviation: the usual distance from the middle, which one outlier does not move. */
export function medianDeviation(values: readonly number[]): number {
  const middle = median(values);
  return middle === null ? 0 : (median(values.map((value) => Math.abs(value - middle))) ?? 0);
}
