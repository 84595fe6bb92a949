import type { Metric, MetricsReport } from '../../model/metrics.ts';
import { metricKey } from './metrics.ts';

/**
 * Merges the metrics of several files: the same metric measured again counts with its last value. One report in, the
 * same out.
 */
export function mergeMetrics(reports: readonly MetricsReport[]): MetricsReport {
  const [first] = reports;
  if (first !== undefined && reports.length === 1) return first;
  const byKey = new Map<string, Metric>();
  for (const { metrics } of reports) for (const metric of metrics) byKey.set(metricKey(metric), metric);
  const omittedMetrics = reports.reduce((sum, report) => sum + report.omittedMetrics, 0);
  const thresholds = reports.flatMap((report) => report.thresholds);
  return { kind: 'metrics', metrics: [...byKey.values()], omittedMetrics, thresholds };
}
