import type { MetricChange } from '../../model/comparison.ts';
import type { Metric } from '../../model/metrics.ts';
import type { Summary } from '../../model/summary.ts';
import type { Language } from '../words/english.ts';
import { breakable, codeText, el, type Html, tableOf } from './element.ts';

const maxMetrics = 2_000;
const maxName = 300;

function nameOf({ name, labels }: Metric): string {
  return [name, ...Object.entries(labels).map(([key, value]) => `${key}=${value}`)]
    .join(' ')
    .slice(0, maxName);
}

function changeText({ ratio, difference, metric }: MetricChange, words: Language): string {
  const amount = `${difference > 0 ? '+' : '−'}${words.format.metric(Math.abs(difference), metric.unit)}`;
  return ratio === null ? amount : `${amount} (${words.format.ratio(ratio)})`;
}

function rowOf(metric: Metric, change: MetricChange | undefined, words: Language): Html {
  return el(
    'tr',
    { class: change?.verdict ?? null },
    el('td', {}, breakable(metric.group)),
    el('td', {}, codeText(nameOf(metric))),
    el('td', { class: 'right' }, words.format.metric(metric.value, metric.unit)),
    el('td', { class: 'right' }, change === undefined ? '' : changeText(change, words)),
  );
}

/** Every metric with its change, the significant ones first. Null without any. */
export function metricsTable({ metrics, comparison }: Summary, words: Language): Html | null {
  if (metrics === null || metrics.metrics.length === 0) return null;
  const changes = new Map(comparison.metrics?.changes.map((change) => [change.metric, change]));
  const weight = (metric: Metric): number => (changes.get(metric)?.significant === true ? 0 : 1);
  const sorted = metrics.metrics.toSorted((a, b) => weight(a) - weight(b)).slice(0, maxMetrics);
  const head = [words.page.group, words.metrics.label, words.page.value, words.checks.change];
  return tableOf(
    { titles: head, numbersFrom: 2 },
    sorted.map((metric) => rowOf(metric, changes.get(metric), words)),
  );
}
