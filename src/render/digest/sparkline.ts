/** Eighths of a block, from the lowest to the highest: https://www.unicode.org/charts/PDF/U2580.pdf */
const bars = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;
const gap = '·';

function barOf(share: number): string {
  return bars[Math.min(bars.length - 1, Math.floor(share * bars.length))] ?? gap;
}

/**
 * The course of a figure as a word of block characters; a point in the middle where there was no value. Empty with
 * fewer than two values, where nothing changes, or with more points than fit.
 */
export function sparkline(values: readonly (number | null)[], max = 60): string {
  const known = values.filter((value) => value !== null);
  if (known.length < 2 || values.length > max) return '';
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const range = high - low;
  if (range === 0) return '';
  return values.map((value) => (value === null ? gap : barOf((value - low) / range))).join('');
}
