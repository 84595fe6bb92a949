import * as z from 'zod';
import type { Metric, MetricsReport } from '../../model/metrics.ts';
import { type ByteSpace, cutText } from '../byte-space.ts';

const count = z.int().nonnegative();
const maxMetrics = 20_000;
const maxLabels = 32;
const maxText = 1_000;
const name = z.string().max(maxText);

export const detailsMetricsSchema = z.object({
  metrics: z
    .array(
      z.object({
        name,
        group: name,
        labels: z.array(z.tuple([name, name])).max(maxLabels),
        value: z.number(),
        unit: name.nullable(),
        better: z.enum(['lower', 'higher']).nullable(),
        report: name,
      }),
    )
    .max(maxMetrics),
  thresholds: z
    .array(z.object({ group: name, name, passed: z.boolean(), detail: name, report: name }))
    .max(maxMetrics)
    .default([])
    .meta({ description: 'Limits that the tools check themselves, crossed ones first.' }),
  omitted: count.meta({ description: 'Metrics that were cut from the report, or had no room here.' }),
});

type DetailsMetrics = z.infer<typeof detailsMetricsSchema>;

/** Labels as a list, since a name can be any word, `__proto__` too. */
function keptMetric(metric: Metric): DetailsMetrics['metrics'][number] {
  return { ...metric, labels: Object.entries(metric.labels) };
}

/** The metrics with a finite value, as many as there is room for. */
export function detailsMetricsOf(
  { metrics, thresholds, omittedMetrics }: MetricsReport,
  space: ByteSpace,
): DetailsMetrics {
  const schema = detailsMetricsSchema.shape.metrics.element;
  const kept: DetailsMetrics['metrics'] = [];
  for (const metric of metrics) {
    const one = schema.safeParse(keptMetric(metric)).data;
    if (one !== undefined && kept.length < maxMetrics && space.take(one)) kept.push(one);
  }
  return {
    metrics: kept,
    thresholds: thresholds
      .map((one) => ({ ...one, detail: cutText(one.detail, maxText), report: cutText(one.report, maxText) }))
      .filter((one) => space.take(one))
      .slice(0, maxMetrics),
    omitted: omittedMetrics + metrics.length - kept.length,
  };
}

export function readDetailsMetrics({ metrics, thresholds, omitted }: DetailsMetrics): MetricsReport {
  return {
    kind: 'metrics',
    metrics: metrics.map((metric) => ({ ...metric, labels: Object.fromEntries(metric.labels) })),
    omittedMetrics: omitted,
    thresholds,
  };
}
