/**
 * Seconds of the processor for a piece of work, the least of three tries. How busy the machine is adds nothing to them,
 * unlike to the time on a clock.
 */
export function costOf(work: () => void): number {
  const tries = [1, 2, 3].map(() => {
    const begun = process.cpuUsage();
    work();
    return process.cpuUsage(begun).user / 1e6;
  });
  return Math.min(...tries);
}

/** Below this many seconds chance decides. */
const measurable = 0.005;

/**
 * More than four times the cost for four times the size, in proportion, and far less than sixteen times, as for the
 * square of it.
 */
export const inProportion = 9;

/** How many times as much four times the size costs; 0 where the cost is too small to be measured. */
export function growthOf(work: (size: number) => void, size: number): number {
  work(size);
  const large = costOf(() => {
    work(size * 4);
  });
  if (large < measurable) return 0;
  const small = costOf(() => {
    work(size);
  });
  return large / Math.max(small, measurable / 16);
}
