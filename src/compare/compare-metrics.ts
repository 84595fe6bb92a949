import type { MetricChange, MetricsComparison } from '../model/comparison.ts';
import type { EarlierMetric } from '../model/earlier-run.ts';
import type { Metric, MetricsReport } from '../model/metrics.ts';
import { median, medianDeviation } from './spread.ts';

const maxListed = 1_000;
const enoughValues = 4;
/** No measured value is steadier; with few values the limit is twice that. */
const leastShare = 0.01;
const leastShareOfFew = 0.02;
/** Three standard deviations of normal noise, which are 1.4826 median deviations each. */
const deviations = 3 * 1.4826;

/** Identity of a metric across runs: group, name and labels. */
export function metricKey({ group, name, labels }: Metric): string {
  const pairs = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([group, name, ...pairs.flat()]);
}

/**
 * A plan describes what applying it would do: the plan of an earlier run is a different plan, not an earlier value of
 * this one.
 */
function isOfPlan({ group }: Metric): boolean {
  return group === 'terraform';
}

/**
 * Beyond the noise: further than three standard deviations from the middle of the recorded values, and at least 1 %
 * from both the middle and the earlier value; with fewer than four values 2 % from the earlier one.
 */
function isSignificant(now: number, { value, recent }: EarlierMetric): boolean {
  if (now === value) return false;
  const middle = median(recent);
  if (middle === null || recent.length < enoughValues)
    return Math.abs(now - value) > leastShareOfFew * Math.abs(value);
  const noise = Math.max(leastShare * Math.abs(middle), deviations * medianDeviation(recent));
  return Math.abs(now - middle) > noise && Math.abs(now - value) > leastShare * Math.abs(value);
}

function changeOf(metric: Metric, earlier: EarlierMetric): MetricChange {
  const difference = metric.value - earlier.value;
  const significant = isSignificant(metric.value, earlier);
  const isBetter = metric.better === 'lower' ? difference < 0 : difference > 0;
  return {
    metric,
    before: earlier.value,
    difference,
    ratio: earlier.value === 0 ? null : difference / Math.abs(earlier.value),
    significant,
    verdict: !significant || metric.better === null ? 'neutral' : isBetter ? 'better' : 'worse',
  };
}

function byWeight(a: MetricChange, b: MetricChange): number {
  const size = ({ ratio }: MetricChange): number => (ratio === null ? Number.MAX_VALUE : Math.abs(ratio));
  return Number(b.significant) - Number(a.significant) || size(b) - size(a);
}

/**
 * Absolute and relative change of each metric, and whether it is more than noise. Metrics of plans are not compared.
 */
export function compareMetrics(now: MetricsReport, before: readonly EarlierMetric[]): MetricsComparison {
  const earlier = new Map(before.map((metric) => [metric.key, metric]));
  const current = now.metrics.filter((metric) => !isOfPlan(metric));
  const seen = new Set<string>();
  const added: Metric[] = [];
  const compared: MetricChange[] = [];
  for (const metric of current) {
    const key = metricKey(metric);
    const known = earlier.get(key);
    seen.add(key);
    if (known === undefined) added.push(metric);
    else compared.push(changeOf(metric, known));
  }
  const changes = compared.filter(({ difference }) => difference !== 0).sort(byWeight);
  return {
    changes: changes.slice(0, maxListed),
    unchanged: compared.length - changes.length,
    added: added.slice(0, maxListed),
    removed: before
      .filter(({ key }) => !seen.has(key))
      .map(({ name }) => name)
      .slice(0, maxListed),
  };
}
