/** Whether a figure changed by more than chance makes. A digest has many figures, so each test is at one per cent. */

/** What a figure of one period rests on. */
export type Evidence =
  | { readonly kind: 'values'; readonly sorted: Float64Array }
  | { readonly kind: 'share'; readonly part: number; readonly whole: number }
  | {
      readonly kind: 'count';
      readonly amount: number;
      readonly n: number;
      /** Sum of the squares of the weights. */
      readonly squares: number;
      /** How long it was counted, in days. */
      readonly days: number;
    };

/** Below that many things on a side, nothing is called a change. */
const fewest = 10;
/** Of the normal distribution, both sides, at one per cent. */
const critical = 2.5758;
const level = 0.01;
/** Up to so many events their chance is added up; above, the normal distribution is as good. */
const exactUpTo = 1_000;

/** False in doubt: with few things, without spread, or where one period is measured in another way than the other. */
export function isBeyondNoise(current: Evidence, previous: Evidence): boolean {
  if (current.kind === 'values' && previous.kind === 'values')
    return differInRank(current.sorted, previous.sorted);
  if (current.kind === 'share' && previous.kind === 'share') return differInShare(current, previous);
  if (current.kind === 'count' && previous.kind === 'count') return differInCount(current, previous);
  return false;
}

/**
 * Rank test of Mann and Whitney (1947) with the correction for ties and for continuity, as in
 * https://www.itl.nist.gov/div898/handbook/prc/section3/prc35.htm and SciPy's `mannwhitneyu`.
 */
function differInRank(one: Float64Array, other: Float64Array): boolean {
  if (one.length < fewest || other.length < fewest) return false;
  const [n, m] = [one.length, other.length];
  const { ranks, ties } = rankSum(one, other);
  const u = ranks - (n * (n + 1)) / 2;
  const all = n + m;
  const variance = ((n * m) / 12) * (all + 1 - ties / (all * (all - 1)));
  if (!(variance > 0)) return false;
  return (Math.abs(u - (n * m) / 2) - 0.5) / Math.sqrt(variance) > critical;
}

/** Sum of the ranks of the first list among all values, equal ones sharing their mean rank; and Σ(t³ − t) of ties. */
function rankSum(one: Float64Array, other: Float64Array): { readonly ranks: number; readonly ties: number } {
  let [i, j, ranks, ties] = [0, 0, 0, 0];
  while (i < one.length || j < other.length) {
    const value = Math.min(one[i] ?? Infinity, other[j] ?? Infinity);
    const before = i + j;
    const beforeOfOne = i;
    while (one[i] === value) i += 1;
    while (other[j] === value) j += 1;
    const equal = i + j - before;
    if (equal === 0) break;
    ranks += (i - beforeOfOne) * (before + (equal + 1) / 2);
    ties += equal ** 3 - equal;
  }
  return { ranks, ties };
}

/**
 * Test of two proportions with the pooled share, where at least five of each kind are expected on each side.
 * https://www.itl.nist.gov/div898/handbook/prc/section3/prc33.htm
 */
function differInShare(
  one: { readonly part: number; readonly whole: number },
  other: { readonly part: number; readonly whole: number },
): boolean {
  if (one.whole < fewest || other.whole < fewest) return false;
  const pooled = (one.part + other.part) / (one.whole + other.whole);
  const rarest = Math.min(one.whole, other.whole) * Math.min(pooled, 1 - pooled);
  if (rarest < 5) return false;
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / one.whole + 1 / other.whole));
  return Math.abs(one.part / one.whole - other.part / other.whole) / error > critical;
}

type Counted = Extract<Evidence, { readonly kind: 'count' }>;

/**
 * Counts are compared as those of two Poisson processes: given their sum, the first is binomial (Przyborowski and
 * Wilenski 1940, https://doi.org/10.1093/biomet/31.3-4.313). Sums of weights are compound Poisson, whose variance is
 * the sum of the squares of the weights.
 */
function differInCount(one: Counted, other: Counted): boolean {
  const all = one.n + other.n;
  if (all < fewest || !(one.days > 0) || !(other.days > 0)) return false;
  const isWeighted = one.squares !== one.n || other.squares !== other.n;
  if (isWeighted && Math.min(one.n, other.n) < fewest) return false;
  if (!isWeighted && all <= exactUpTo)
    return tailsOf(one.n, { all, chance: one.days / (one.days + other.days) }) < level;
  const error = Math.sqrt(one.squares / one.days ** 2 + other.squares / other.days ** 2);
  return error > 0 && Math.abs(one.amount / one.days - other.amount / other.days) / error > critical;
}

/** Twice the chance of so many or a more extreme number of all. */
function tailsOf(count: number, { all, chance }: { readonly all: number; readonly chance: number }): number {
  let logOfWays = 0;
  let [below, above] = [0, 0];
  for (let k = 0; k <= all; k += 1) {
    if (k > 0) logOfWays += Math.log((all - k + 1) / k);
    const probability = Math.exp(logOfWays + k * Math.log(chance) + (all - k) * Math.log(1 - chance));
    if (k <= count) below += probability;
    if (k >= count) above += probability;
  }
  return 2 * Math.min(below, above);
}
