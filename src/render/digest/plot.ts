import type { MeasuredFigure, MeasureUnit, SeriesPoint } from '../../model/digest.ts';
import { type Axis, axisOf } from '../html/axes.ts';
import { el, foldedTable, type Html } from '../html/element.ts';
import type { DigestWords } from '../words/english-digest.ts';
import { valueText } from './figure-text.ts';

const width = 480;
const height = 180;
/** Room around the plot for the marks of the axes. */
const edge = { left: 64, right: 12, top: 12, bottom: 26 };
const enoughPoints = 2;
const shareOfGap = 0.25;

/** Amounts begin at zero, so that a bar twice as long is twice as much. */
const barUnits: ReadonlySet<MeasureUnit> = new Set(['count', 'per-day', 'per-week', 'minutes', 'lines']);

interface Plot {
  readonly axis: Axis;
  readonly step: number;
  x(index: number): number;
  y(value: number): number;
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}

function axisFor(values: readonly number[], unit: MeasureUnit): Axis {
  const shown = barUnits.has(unit) ? [0, ...values] : values;
  if (unit === 'seconds') return axisOf(shown, 'seconds');
  if (unit === 'minutes') return axisOf(shown, 'count');
  if (unit !== 'share')
    return axisOf(shown, unit === 'percent' || unit === 'per-day' || unit === 'per-week' ? 'share' : 'count');
  // Steps are of whole percents: a share is 0 to 1.
  const { low, high, marks } = axisOf(
    shown.map((value) => value * 100),
    'share',
  );
  return { low: low / 100, high: high / 100, marks: marks.map((mark) => mark / 100) };
}

function plotOf(series: readonly SeriesPoint[], unit: MeasureUnit): Plot {
  const values = series.flatMap(({ value }) => (value === null ? [] : [value]));
  const axis = axisFor(values, unit);
  const step = (width - edge.left - edge.right) / series.length;
  const room = height - edge.top - edge.bottom;
  return {
    axis,
    step,
    x: (index) => rounded(edge.left + step * (index + 0.5)),
    y: (value) => rounded(height - edge.bottom - (room * (value - axis.low)) / (axis.high - axis.low)),
  };
}

/** `11-30`, in the time zone of the digest. */
function dayLabel(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, month: '2-digit', day: '2-digit' }).format(at);
}

/** `2026-11-30`. */
function dateLabel(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(at);
}

interface Drawn {
  readonly figure: MeasuredFigure;
  readonly timeZone: string;
  readonly words: DigestWords;
}

function valueMarks({ axis, y }: Plot, { figure, words }: Drawn): readonly Html[] {
  return axis.marks.flatMap((mark) => [
    el('line', { x1: edge.left, y1: y(mark), x2: width - edge.right, y2: y(mark) }),
    el(
      'text',
      { x: edge.left - 6, y: y(mark) + 4, 'text-anchor': 'end' },
      valueText(mark, figure.unit, words),
    ),
  ]);
}

function dayMarks({ x }: Plot, { figure: { series }, timeZone }: Drawn): readonly Html[] {
  const last = series.length - 1;
  const shown = series.length < 5 ? [0, last] : [0, Math.floor(last / 2), last];
  return shown.map((index) =>
    el(
      'text',
      {
        x: x(index),
        y: height - 8,
        'text-anchor': index === 0 ? 'start' : index === last ? 'end' : 'middle',
      },
      dayLabel(series[index]?.from ?? 0, timeZone),
    ),
  );
}

function barsOf({ x, y, step, axis }: Plot, { series }: MeasuredFigure): readonly Html[] {
  const wide = rounded(Math.max(1, step * (1 - shareOfGap)));
  return series.flatMap(({ value }, index) => {
    if (value === null || value === 0) return [];
    const top = y(value);
    const box = { x: rounded(x(index) - wide / 2), y: top, width: wide, height: rounded(y(axis.low) - top) };
    return [el('rect', { class: 'bar', ...box })];
  });
}

/** A line that is broken where there is no value; a dot where a value has no neighbour. */
function lineOf({ x, y }: Plot, { series }: MeasuredFigure): readonly Html[] {
  const pieces: string[][] = [[]];
  for (const [index, { value }] of series.entries()) {
    if (value === null) pieces.push([]);
    else pieces.at(-1)?.push(`${x(index)},${y(value)}`);
  }
  return pieces.flatMap((points) => {
    if (points.length > 1) return [el('polyline', { points: points.join(' ') })];
    const [cx = '', cy = ''] = points[0]?.split(',') ?? [];
    return cx === '' ? [] : [el('circle', { class: 'point', cx, cy, r: 2.5 })];
  });
}

function tableBehind({ figure, timeZone, words }: Drawn, name: string): Html {
  const { columns } = words;
  const rows = figure.series.map(({ from, until, value, n }) =>
    el(
      'tr',
      {},
      el('td', {}, dateLabel(from, timeZone)),
      el('td', {}, dateLabel(until - 1, timeZone)),
      el('td', { class: 'right' }, valueText(value, figure.unit, words)),
      el('td', { class: 'right' }, words.format.count(n)),
    ),
  );
  return foldedTable(
    words.page.asTable,
    { titles: [columns.from, columns.until, name, columns.n], numbersFrom: 2 },
    rows,
  );
}

/**
 * The course of a figure as bars where it is an amount, else as a line, its values in a table behind it; null with
 * fewer than two values.
 */
export function plotFigure(
  figure: MeasuredFigure,
  name: string,
  { timeZone, words }: Omit<Drawn, 'figure'>,
): Html | null {
  const values = figure.series.flatMap(({ value }) => (value === null ? [] : [value]));
  if (values.length < enoughPoints) return null;
  const plot = plotOf(figure.series, figure.unit);
  const drawn: Drawn = { figure, timeZone, words };
  const range = [Math.min(...values), Math.max(...values)].map((value) =>
    valueText(value, figure.unit, words),
  );
  const said = words.inWords(values.length, range[0] ?? '', range[1] ?? '');
  const ids = { title: `plot-${figure.id}-title`, text: `plot-${figure.id}-text` };
  return el(
    'figure',
    { class: 'trend' },
    el('figcaption', {}, el('strong', {}, name)),
    el(
      'svg',
      { role: 'img', viewBox: `0 0 ${width} ${height}`, 'aria-labelledby': `${ids.title} ${ids.text}` },
      el('title', { id: ids.title }, name),
      el('desc', { id: ids.text }, said),
      el('g', { class: 'axis' }, ...valueMarks(plot, drawn), ...dayMarks(plot, drawn)),
      ...(barUnits.has(figure.unit) ? barsOf(plot, figure) : lineOf(plot, figure)),
    ),
    el('p', { class: 'dim' }, said),
    tableBehind(drawn, name),
  );
}
