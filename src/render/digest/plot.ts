import type { MeasuredFigure, MeasureUnit, SeriesPoint } from '../../model/digest.ts';
import { type Axis, axisOf } from '../html/axes.ts';
import { el, type Html } from '../html/element.ts';
import { valueText } from './figure-text.ts';
import { courseTable, dayMarks, edge, type Frame, height, pictureOf, rounded, width } from './plot-frame.ts';

const enoughPoints = 2;
const shareOfGap = 0.25;

/** Amounts begin at zero, so that a bar twice as long is twice as much. */
const barUnits: ReadonlySet<MeasureUnit> = new Set(['count', 'per-day', 'per-week', 'minutes', 'lines']);

/** Where values and days lie. */
export interface Plot {
  readonly axis: Axis;
  readonly step: number;
  x(index: number): number;
  y(value: number): number;
}

function axisFor(values: readonly number[], unit: MeasureUnit, fromZero: boolean): Axis {
  const shown = fromZero ? [0, ...values] : values;
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

/** For a course in a unit; what is drawn as bars begins at zero. */
export function plotOf(
  series: readonly Pick<SeriesPoint, 'value'>[],
  unit: MeasureUnit,
  fromZero: boolean,
): Plot {
  const values = series.flatMap(({ value }) => (value === null ? [] : [value]));
  const axis = axisFor(values, unit, fromZero);
  const step = (width - edge.left - edge.right) / series.length;
  const room = height - edge.top - edge.bottom;
  return {
    axis,
    step,
    x: (index) => rounded(edge.left + step * (index + 0.5)),
    y: (value) => rounded(height - edge.bottom - (room * (value - axis.low)) / (axis.high - axis.low)),
  };
}

/** Lines across with their values. */
export function valueMarks(
  { axis, y }: Plot,
  { unit, words }: { readonly unit: MeasureUnit } & Pick<Frame, 'words'>,
): readonly Html[] {
  return axis.marks.flatMap((mark) => [
    el('line', { x1: edge.left, y1: y(mark), x2: width - edge.right, y2: y(mark) }),
    el('text', { x: edge.left - 6, y: y(mark) + 4, 'text-anchor': 'end' }, valueText(mark, unit, words)),
  ]);
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

/**
 * The course of a figure as bars where it is an amount, else as a line, its values in a table behind it; null with
 * fewer than two values.
 */
export function plotFigure(figure: MeasuredFigure, name: string, frame: Frame): Html | null {
  const { series, unit } = figure;
  const { timeZone, words } = frame;
  const values = series.flatMap(({ value }) => (value === null ? [] : [value]));
  if (values.length < enoughPoints) return null;
  const isOfBars = barUnits.has(unit);
  const plot = plotOf(series, unit, isOfBars);
  const range = [Math.min(...values), Math.max(...values)].map((value) => valueText(value, unit, words));
  const days = dayMarks(series, { x: plot.x, bottom: height - 8 }, timeZone);
  const cells = (index: number): readonly string[] => [
    valueText(series[index]?.value ?? null, unit, words),
    words.format.count(series[index]?.n ?? 0),
  ];
  return pictureOf({
    id: figure.id,
    name,
    said: words.inWords(values.length, range[0] ?? '', range[1] ?? ''),
    height,
    drawn: [
      el('g', { class: 'axis' }, ...valueMarks(plot, { unit, words }), ...days),
      ...(isOfBars ? barsOf(plot, figure) : lineOf(plot, figure)),
    ],
    legend: null,
    table: courseTable(series, { titles: [name, words.columns.n], cells }, frame),
  });
}
