import { percentOf } from '../../model/coverage.ts';
import type { HistoryRun } from '../../model/history.ts';
import type { Summary } from '../../model/summary.ts';
import type { Language } from '../words/english.ts';
import { type Axis, axisOf } from './axes.ts';
import { dayOf, inUtc, minuteOf } from './dates.ts';
import { el, foldedTable, type Html } from './element.ts';

const width = 360;
const height = 170;
/** Room around the plot for the marks of the axes. */
const edge = { left: 58, right: 14, top: 12, bottom: 26 };
const enoughRuns = 2;

interface Series {
  readonly id: string;
  readonly title: string;
  readonly kind: 'count' | 'share' | 'seconds';
  value(run: HistoryRun): number | null;
  /** The same of the pipeline that the page is about. */
  readonly own: number | null;
  format(value: number): string;
}

interface Point {
  readonly run: HistoryRun;
  readonly value: number;
}

function seriesOf({ coverage, tests, findings, comparison }: Summary, words: Language): readonly Series[] {
  const { count, duration, percent } = words.format;
  return [
    {
      id: 'coverage',
      title: words.coverage.label,
      kind: 'share',
      value: ({ coveragePercent }) => coveragePercent,
      own: coverage === null ? null : percentOf(coverage.totals.lines),
      format: percent,
    },
    {
      id: 'failures',
      title: words.page.failingTests,
      kind: 'count',
      value: (run) => run.tests?.failed ?? null,
      own: tests === null ? null : tests.totals.failed + tests.totals.errored,
      format: count,
    },
    {
      id: 'tests',
      title: words.tests.label,
      kind: 'count',
      value: (run) => run.tests?.total ?? null,
      own: tests?.totals.total ?? null,
      format: count,
    },
    {
      id: 'duration',
      title: words.page.pipelineDuration,
      kind: 'seconds',
      value: ({ pipelineSeconds }) => pipelineSeconds,
      own: comparison.durations?.pipeline?.seconds ?? null,
      format: duration,
    },
    {
      id: 'findings',
      title: words.findings.label,
      kind: 'count',
      value: (run) => run.findings,
      own: findings?.total ?? null,
      format: count,
    },
  ];
}

interface Plot {
  readonly series: Series;
  readonly points: readonly Point[];
  readonly axis: Axis;
  x(index: number): number;
  y(value: number): number;
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}

function plotOf(series: Series, points: readonly Point[]): Plot {
  const values = points.map(({ value }) => value);
  const axis = axisOf(series.own === null ? values : [...values, series.own], series.kind);
  const steps = Math.max(1, points.length - (series.own === null ? 1 : 0));
  return {
    series,
    points,
    axis,
    x: (index) => rounded(edge.left + ((width - edge.left - edge.right) * index) / steps),
    y: (value) =>
      rounded(
        height -
          edge.bottom -
          ((height - edge.top - edge.bottom) * (value - axis.low)) / (axis.high - axis.low),
      ),
  };
}

/** Lines at round values, with their numbers and units. */
function valueMarks({ axis, series, y }: Plot): readonly Html[] {
  return axis.marks.flatMap((mark) => [
    el('line', { x1: edge.left, y1: y(mark), x2: width - edge.right, y2: y(mark) }),
    el('text', { x: edge.left - 6, y: y(mark) + 4, 'text-anchor': 'end' }, series.format(mark)),
  ]);
}

/** The days of the first, the middle and the last run. */
function dayMarks({ points, x }: Plot): readonly Html[] {
  const last = points.length - 1;
  const shown = points.length < 5 ? [0, last] : [0, Math.floor(last / 2), last];
  return shown.map((index) =>
    el(
      'text',
      { x: x(index), y: height - 8, 'text-anchor': index === 0 ? 'start' : 'middle' },
      dayOf(points[index]?.run.createdAt ?? ''),
    ),
  );
}

/** A ring, which differs from the line without its colour. */
function ownMark({ series, points, x, y }: Plot): readonly Html[] {
  const last = points.at(-1);
  if (series.own === null || last === undefined) return [];
  const [fromX, fromY] = [x(points.length - 1), y(last.value)];
  const [toX, toY] = [x(points.length), y(series.own)];
  return [
    el('line', { class: 'to-own', x1: fromX, y1: fromY, x2: toX, y2: toY }),
    el('circle', { class: 'own', cx: toX, cy: toY, r: 5 }),
  ];
}

function tableBehind({ title, format }: Series, points: readonly Point[], words: Language): Html {
  const rows = points
    .toReversed()
    .map(({ run, value }) =>
      el(
        'tr',
        {},
        el('td', {}, minuteOf(run.createdAt)),
        el('td', {}, el('code', {}, run.sha.slice(0, 8))),
        el('td', { class: 'right' }, format(value)),
      ),
    );
  return foldedTable(
    words.page.asTable,
    { titles: [words.page.when, words.footer.commit, title], numbersFrom: 2 },
    rows,
  );
}

function chart(plot: Plot, words: Language): Html {
  const { series, points, x, y } = plot;
  const { format, own } = series;
  const values = points.map(({ value }) => value);
  const ends: readonly [string, string] = [format(values[0] ?? 0), format(values.at(-1) ?? 0)];
  const range: readonly [string, string] = [format(Math.min(...values)), format(Math.max(...values))];
  const text = words.page.trendInWords(points.length, ends, range);
  const ids = `trend-${series.id}-title trend-${series.id}-text`;
  return el(
    'figure',
    { class: 'trend' },
    el(
      'figcaption',
      {},
      el('strong', {}, series.title),
      own === null ? null : el('span', { class: 'dim' }, ` ○ ${words.page.thisPipeline}: ${format(own)}`),
    ),
    el(
      'svg',
      { role: 'img', viewBox: `0 0 ${width} ${height}`, 'aria-labelledby': ids },
      el('title', { id: `trend-${series.id}-title` }, series.title),
      el('desc', { id: `trend-${series.id}-text` }, text),
      el('g', { class: 'axis' }, ...valueMarks(plot), ...dayMarks(plot)),
      el('polyline', { points: points.map(({ value }, index) => `${x(index)},${y(value)}`).join(' ') }),
      ...ownMark(plot),
    ),
    el('p', { class: 'dim' }, text),
    tableBehind(series, points, words),
  );
}

/**
 * Trends of the branch that is compared with, oldest run first, this pipeline's own value beside them, each with its
 * table; null with fewer than two runs.
 */
export function trends(summary: Summary, words: Language): Html | null {
  const oldestFirst = summary.runs
    .filter(({ pipelineId }) => pipelineId !== summary.context.pipeline.id)
    .map((run) => ({ ...run, createdAt: inUtc(run.createdAt) ?? run.createdAt }))
    .toReversed();
  const charts = seriesOf(summary, words).flatMap((series) => {
    const points = oldestFirst.flatMap((run) => {
      const value = series.value(run);
      return value === null ? [] : [{ run, value }];
    });
    return points.length < enoughRuns ? [] : [chart(plotOf(series, points), words)];
  });
  return charts.length === 0 ? null : el('div', { class: 'trends' }, ...charts);
}
