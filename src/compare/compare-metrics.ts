import type { MetricsComparison } from '../model/comparison.ts';
import type { EarlierMetric } from '../model/earlier-run.ts';
import type { Metric, MetricsReport } from '../model/metrics.ts';

/** What tells one metric from another over runs: group, name and labels. */
export function metricKey({ group, name, labels }: Metric): string {
  const pairs = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([group, name, ...pairs.flat()]);
}

/** Absolute and relative change of each metric, and whether it is more than noise. */
export function compareMetrics(_now: MetricsReport, _before: readonly EarlierMetric[]): MetricsComparison {
  return { changes: [], unchanged: 0, added: [], removed: [] };
}
