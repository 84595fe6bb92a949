/** The value in the middle, or the mean of the two in the middle; null of nothing. The values are in order. */
export function medianOf(sorted: Float64Array): number | null {
  const [lower, upper] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return lower === undefined || upper === undefined ? null : (lower + upper) / 2;
}

/**
 * The smallest value that so many per cent of all values do not exceed (nearest rank); null of nothing. The values are
 * in order.
 */
export function percentileOf(sorted: Float64Array, percent: number): number | null {
  const rank = Math.ceil((percent / 100) * sorted.length);
  return sorted[Math.max(rank, 1) - 1] ?? null;
}
