import type { MetricChange } from '../../model/comparison.ts';
import type { Metric } from '../../model/metrics.ts';
import type { Summary } from '../../model/summary.ts';
import type { Language } from '../words/english.ts';
import { all, breakable, codeText, el, type Html, rowsWithin, tableOf } from './element.ts';

const maxMetrics = 2_000;
const maxName = 300;
/** The heading of the table and the sentence below it. */
const frameBytes = 600;

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
    el('td', {}, breakable(metric.group.slice(0, maxName))),
    el('td', {}, codeText(nameOf(metric))),
    el('td', { class: 'right' }, words.format.metric(metric.value, metric.unit)),
    el('td', { class: 'right' }, change === undefined ? '' : changeText(change, words)),
  );
}

/**
 * Metrics in so many bytes with their changes, the significant ones first; the others are counted. Null without any.
 */
export function metricsTable(
  { metrics, comparison }: Summary,
  words: Language,
  maxBytes: number,
): Html | null {
  if (metrics === null || metrics.metrics.length === 0) return null;
  const changes = new Map(comparison.metrics?.changes.map((change) => [change.metric, change]));
  const weight = (metric: Metric): number => (changes.get(metric)?.significant === true ? 0 : 1);
  const sorted = metrics.metrics.toSorted((a, b) => weight(a) - weight(b));
  const head = [words.page.group, words.metrics.label, words.page.value, words.checks.change];
  const rows = rowsWithin(sorted.slice(0, maxMetrics), maxBytes - frameBytes, (metric) =>
    rowOf(metric, changes.get(metric), words),
  );
  const more = metrics.metrics.length - rows.length + metrics.omittedMetrics;
  return all([
    tableOf({ titles: head, numbersFrom: 2 }, rows),
    more > 0 ? el('p', { class: 'dim' }, words.page.notShown(more)) : null,
  ]);
}
