import type { MetricChange } from '../../../model/comparison.ts';
import {
  type Block,
  code,
  heading,
  type Inline,
  icon,
  list,
  paragraph,
  restOf,
  text,
} from '../../../model/document.ts';
import type { Metric } from '../../../model/metrics.ts';
import type { Summary } from '../../../model/summary.ts';
import type { Language } from '../../words/english.ts';
import { shortenText } from '../../words/shorten-text.ts';
import { itemLimit, type Section, type SectionOptions } from '../section.ts';
import { destroysOf, isOfPlan, planOf } from '../terraform-plan.ts';

const usualMetrics = 10;
const fewMetrics = 3;
const maxName = 150;

function nameOf({ group, name, labels }: Metric): Inline {
  const given = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  const full = [group === '' ? name : `${group}: ${name}`, ...given].join(' ');
  return code(shortenText(full, maxName));
}

function changeOf(
  { difference, ratio, metric, verdict, significant }: MetricChange,
  words: Language,
): readonly Inline[] {
  const sign = difference > 0 ? '+' : '−';
  const amount =
    ratio === null
      ? `${sign}${words.format.metric(Math.abs(difference), metric.unit)}`
      : words.format.ratio(ratio);
  if (!significant || verdict === 'neutral') return [text(amount)];
  const state = verdict === 'worse' ? 'warning' : 'passed';
  return [icon(state), text(` ${amount} ${words.metrics.verdict[verdict]}`)];
}

function table(changes: readonly MetricChange[], words: Language): Block {
  const { metric, before, now, change } = words.metrics.columns;
  return {
    kind: 'table',
    columns: [
      { title: [text(metric)], align: 'left' },
      { title: [text(before)], align: 'right' },
      { title: [text(now)], align: 'right' },
      { title: [text(change)], align: 'left' },
    ],
    rows: changes.map((entry) => [
      [nameOf(entry.metric)],
      [text(words.format.metric(entry.before, entry.metric.unit))],
      [text(words.format.metric(entry.metric.value, entry.metric.unit))],
      changeOf(entry, words),
    ]),
  };
}

/** Resources that a plan would destroy: the one thing in it that cannot be taken back. */
function planBlocks({ metrics }: Summary, max: number, words: Language): readonly Block[] {
  const plan = planOf(metrics);
  if (plan === null || destroysOf(plan) === 0) return [];
  const shown = plan.destroyed.slice(0, max);
  const more = plan.destroyed.length - shown.length;
  return [
    heading(4, icon('warning'), text(` ${words.plan.heading}`)),
    ...(shown.length === 0
      ? []
      : [list(...shown.map((address) => [paragraph(code(shortenText(address, maxName)))]))]),
    ...(more > 0 ? [restOf(more, words.plan.more(more))] : []),
  ];
}

/**
 * What to show: worse ones first, then better ones, then those without a direction; the size of the change within each.
 */
function toldChanges({ comparison }: Summary, { layout }: SectionOptions): readonly MetricChange[] {
  const weight = { worse: 0, better: 1, neutral: 2 } as const;
  return (comparison.metrics?.changes ?? [])
    .filter(({ significant, metric }) => !isOfPlan(metric) && (significant || layout.detail === 'full'))
    .sort((a, b) => weight[a.verdict] - weight[b.verdict]);
}

function changeBlocks(changes: readonly MetricChange[], max: number, words: Language): readonly Block[] {
  if (changes.length === 0) return [];
  const more = changes.length - max;
  return [
    heading(4, text(words.metrics.heading)),
    ...(max > 0 ? [table(changes.slice(0, max), words)] : []),
    ...(more > 0 ? [restOf(more, words.metrics.more(more))] : []),
  ];
}

/** Sizes, benchmarks and other numbers that changed beyond the noise, and what a plan would destroy. */
export const metrics: Section = (summary, words, options) => {
  const changes = toldChanges(summary, options);
  const limit = itemLimit(options, usualMetrics);
  const blocks = (max: number): readonly Block[] => [
    ...planBlocks(summary, max, words),
    ...changeBlocks(changes, max, words),
  ];
  const full = blocks(limit);
  if (full.length === 0) return null;
  return {
    id: 'metrics',
    importance: 3.6,
    full,
    short: blocks(Math.min(limit, fewMetrics)),
    counted: words.metrics.noun(changes.length),
  };
};
