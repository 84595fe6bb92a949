import type { HistoryRun } from '../../model/history.ts';
import type { Language } from '../words/english.ts';
import { el, foldedTable, type Html } from './element.ts';

const width = 480;
const height = 120;
const padding = 6;
const enoughRuns = 2;

interface Series {
  readonly id: string;
  readonly title: string;
  value(run: HistoryRun): number | null;
  format(value: number): string;
}

interface Point {
  readonly run: HistoryRun;
  readonly value: number;
}

function seriesOf(words: Language): readonly Series[] {
  return [
    {
      id: 'coverage',
      title: words.coverage.label,
      value: ({ coveragePercent }) => coveragePercent,
      format: words.format.percent,
    },
    {
      id: 'failures',
      title: words.page.failingTests,
      value: ({ tests }) => tests?.failed ?? null,
      format: words.format.count,
    },
    {
      id: 'tests',
      title: words.tests.label,
      value: ({ tests }) => tests?.total ?? null,
      format: words.format.count,
    },
    {
      id: 'duration',
      title: words.page.pipelineDuration,
      value: ({ pipelineSeconds }) => pipelineSeconds,
      format: words.format.duration,
    },
    {
      id: 'findings',
      title: words.findings.label,
      value: ({ findings }) => findings,
      format: words.format.count,
    },
  ];
}

function linePoints(points: readonly Point[]): string {
  const values = points.map(({ value }) => value);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const y = (value: number): number =>
    high === low ? height / 2 : height - padding - ((height - 2 * padding) * (value - low)) / (high - low);
  const x = (index: number): number =>
    padding + ((width - 2 * padding) * index) / Math.max(1, points.length - 1);
  return points.map(({ value }, index) => `${x(index).toFixed(1)},${y(value).toFixed(1)}`).join(' ');
}

function tableBehind({ title, format }: Series, points: readonly Point[], words: Language): Html {
  const rows = points
    .toReversed()
    .map(({ run, value }) =>
      el(
        'tr',
        {},
        el('td', {}, run.createdAt.slice(0, 16).replace('T', ' ')),
        el('td', {}, el('code', {}, run.sha.slice(0, 8))),
        el('td', { class: 'right' }, format(value)),
      ),
    );
  return foldedTable(words.page.asTable, [words.page.when, words.footer.commit, title], rows);
}

function chart(series: Series, points: readonly Point[], words: Language): Html {
  const values = points.map(({ value }) => value);
  const [first, last] = [values[0] ?? 0, values.at(-1) ?? 0];
  const { format } = series;
  const low = format(Math.min(...values));
  const high = format(Math.max(...values));
  const text = words.page.trendInWords(points.length, [format(first), format(last)], [low, high]);
  const ids = `trend-${series.id}-title trend-${series.id}-text`;
  return el(
    'figure',
    { class: 'trend' },
    el('figcaption', {}, el('strong', {}, series.title), ` ${format(last)}`),
    el(
      'svg',
      { role: 'img', viewBox: `0 0 ${width} ${height}`, 'aria-labelledby': ids, preserveAspectRatio: 'none' },
      el('title', { id: `trend-${series.id}-title` }, series.title),
      el('desc', { id: `trend-${series.id}-text` }, text),
      el('polyline', { points: linePoints(points) }),
    ),
    el('p', { class: 'dim' }, text),
    tableBehind(series, points, words),
  );
}

/** Trends of the branch that is compared with, oldest run first, each with its table; null with fewer than two runs. */
export function trends(runs: readonly HistoryRun[], words: Language): Html | null {
  const oldestFirst = runs.toReversed();
  const charts = seriesOf(words).flatMap((series) => {
    const points = oldestFirst.flatMap((run) => {
      const value = series.value(run);
      return value === null ? [] : [{ run, value }];
    });
    return points.length < enoughRuns ? [] : [chart(series, points, words)];
  });
  return charts.length === 0 ? null : el('div', { class: 'trends' }, ...charts);
}
