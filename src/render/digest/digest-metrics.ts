import { Gauge, type OpenMetricsContentType, Registry } from 'prom-client';
import type { Digest, MeasuredFigure, MeasureUnit } from '../../model/digest.ts';
import type { DigestWords } from '../words/english-digest.ts';
import { visibleLine } from '../words/visible-text.ts';

/** Base units: https://prometheus.io/docs/practices/naming/#base-units */
const units: Readonly<Record<MeasureUnit, { readonly suffix: string; readonly factor: number }>> = {
  count: { suffix: '', factor: 1 },
  lines: { suffix: '_lines', factor: 1 },
  'per-day': { suffix: '_per_day', factor: 1 },
  'per-week': { suffix: '_per_week', factor: 1 },
  share: { suffix: '_ratio', factor: 1 },
  percent: { suffix: '_ratio', factor: 0.01 },
  seconds: { suffix: '_seconds', factor: 1 },
  minutes: { suffix: '_seconds', factor: 60 },
};

const quantiles = [
  ['0.5', 'value'],
  ['0.75', 'p75'],
  ['0.95', 'p95'],
] as const;

function metricName({ id, unit }: MeasuredFigure): string {
  return `herald_digest_${id.replaceAll(/[^a-z0-9]+/gi, '_').toLowerCase()}${units[unit].suffix}`;
}

/**
 * The figures of the period as gauges in the OpenMetrics format, a median with its percentiles by `quantile`; a figure
 * without a value is omitted, so that nobody takes it for zero.
 */
export async function digestMetrics(digest: Digest, words: DigestWords): Promise<string> {
  const registry = new Registry<OpenMetricsContentType>();
  registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
  const scope = visibleLine(digest.scope.name);
  const period = visibleLine(digest.period.label);
  for (const figure of digest.figures) {
    const { current, id, unit } = figure;
    if (current.value === null) continue;
    const gauge = new Gauge({
      name: metricName(figure),
      help: words.measures[id]?.name ?? id,
      labelNames: ['scope', 'period', 'quantile'],
      registers: [registry],
    });
    const labels = { scope, period };
    const isMedian = current.p95 !== null;
    for (const [quantile, key] of isMedian ? quantiles : quantiles.slice(0, 1)) {
      const value = current[key];
      if (value !== null) gauge.set(isMedian ? { ...labels, quantile } : labels, value * units[unit].factor);
    }
  }
  return registry.metrics();
}
