import type { Metric, MetricsReport, ThresholdResult } from '../../model/metrics.ts';
import { cleanText } from './clean-text.ts';

/** More named numbers than this in one report are counted, not kept. */
const maxMetrics = 20_000;
const maxNameCharacters = 500;
const maxLabels = 32;
const maxThresholds = 5_000;
const maxDetailCharacters = 1_000;

export interface MetricsCollector {
  add(metric: Omit<Metric, 'report'>): void;
  threshold(result: Omit<ThresholdResult, 'report'>): void;
  finish(): MetricsReport;
}

function boundedLabels(labels: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(labels)
      .slice(0, maxLabels)
      .map(([name, value]) => [name.slice(0, maxNameCharacters), value.slice(0, maxNameCharacters)]),
  );
}

/** Collects the metrics of one report file; numbers that are not finite are ignored with a warning. */
export function createMetricsCollector(report: string, warn: (message: string) => void): MetricsCollector {
  const metrics: Metric[] = [];
  const crossed: ThresholdResult[] = [];
  const kept: ThresholdResult[] = [];
  let omitted = 0;
  return {
    add(metric) {
      if (!Number.isFinite(metric.value)) {
        warn(`metric ${metric.name.slice(0, 100)} is not a finite number and is ignored`);
        return;
      }
      if (metrics.length >= maxMetrics) {
        omitted += 1;
        return;
      }
      metrics.push({
        ...metric,
        name: metric.name.slice(0, maxNameCharacters),
        group: metric.group.slice(0, maxNameCharacters),
        labels: boundedLabels(metric.labels),
        report,
      });
    },
    threshold(result) {
      const list = result.passed ? kept : crossed;
      if (list.length >= maxThresholds) return;
      list.push({
        group: cleanText(result.group, maxNameCharacters),
        name: cleanText(result.name, maxNameCharacters),
        passed: result.passed,
        detail: cleanText(result.detail, maxDetailCharacters),
        report,
      });
    },
    finish: () => ({
      kind: 'metrics',
      metrics,
      omittedMetrics: omitted,
      thresholds: [...crossed, ...kept],
    }),
  };
}

/** What distinguishes two metrics: group, name and labels in any order. */
export function metricKey({ group, name, labels }: Metric): string {
  const sorted = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([group, name, sorted]);
}
