function costOnce(work: () => void): number {
  const begun = process.cpuUsage();
  work();
  return process.cpuUsage(begun).user / 1e6;
}

/**
 * Seconds of the processor for a piece of work, the least of three tries. How busy the machine is adds nothing to them,
 * unlike to the time on a clock.
 */
export function costOf(work: () => void): number {
  return Math.min(...[1, 2, 3].map(() => costOnce(work)));
}

/** Below this many seconds chance decides; what grows with the square is far above them. */
const measurable = 0.03;

/**
 * More than four times the cost for four times the size, in proportion, and far less than sixteen times, as for the
 * square of it.
 */
export const inProportion = 9;

/** The large one, which costs most, is tried again only while it is out of proportion. */
function growthOnce(work: (size: number) => void, size: number): number {
  const large = (): number =>
    costOnce(() => {
      work(size * 4);
    });
  let least = large();
  if (least < measurable) return 0;
  const small = costOf(() => {
    work(size);
  });
  const growth = (): number => least / Math.max(small, measurable / 30);
  for (let tries = 1; tries < 3 && growth() >= inProportion; tries += 1) least = Math.min(least, large());
  return least < measurable ? 0 : growth();
}

/**
 * How many times as much four times the size costs; 0 where the cost is too small to be measured. What is out of
 * proportion is measured again, up to three times: chance goes, the square of a size stays.
 */
export function growthOf(work: (size: number) => void, size: number): number {
  work(size);
  let least = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < 3 && least >= inProportion; tries += 1)
    least = Math.min(least, growthOnce(work, size));
  return least;
}
