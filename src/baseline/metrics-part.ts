import * as z from 'zod';
import { metricKey } from '../compare/compare-metrics.ts';
import type { EarlierMetric } from '../model/earlier-run.ts';
import type { MetricsReport } from '../model/metrics.ts';
import { createByteSpace, fitting } from './byte-space.ts';

const maxMetrics = 2_000;
const maxBytes = 2_000_000;
const maxRecent = 20;
const maxKeyLength = 1_000;

export const metricsPartSchema = z.array(
  z.object({
    key: z.string().meta({ description: 'Group, name and labels as a JSON list.' }),
    name: z.string(),
    value: z.number(),
    recent: z
      .array(z.number())
      .max(maxRecent)
      .meta({ description: 'Values of the recorded runs, newest first, this one included.' }),
  }),
);

export type MetricsPart = z.infer<typeof metricsPartSchema>;

/**
 * Metrics as they are kept, and how many are not; the recent values of `previous` go on in them. Metrics that are gone
 * are forgotten.
 */
export function metricsPartOf(
  { metrics, omittedMetrics }: MetricsReport,
  previous: readonly EarlierMetric[] | null,
): { readonly part: MetricsPart; readonly omitted: number } {
  const before = new Map(previous?.map(({ key, recent }) => [key, recent]));
  const all = metrics.slice(0, maxMetrics).flatMap((metric) => {
    const key = metricKey(metric);
    if (key.length > maxKeyLength || !Number.isFinite(metric.value)) return [];
    const recent = [metric.value, ...(before.get(key) ?? [])].slice(0, maxRecent);
    return [{ key, name: metric.name, value: metric.value, recent }];
  });
  const part = fitting(all, createByteSpace(maxBytes), maxMetrics);
  return { part, omitted: omittedMetrics + metrics.length - part.length };
}
