import type { MeasuredFigure } from '../../model/digest.ts';
import { el, type Html } from '../html/element.ts';
import { valueText } from './figure-text.ts';
import {
  courseTable,
  dayMarks,
  edge,
  type Frame,
  legendOf,
  pictureOf,
  rounded,
  width,
} from './plot-frame.ts';

/** The figure that is shown so. */
export const ribbonFigure = 'default-branch-red';

const ribbon = { top: 8, height: 40, bottom: 66, total: 74 };
const enoughPoints = 2;

/**
 * The default branch over time: a column for each day, or longer, red from below as far as it was red, green as far as
 * it was green, and empty where nobody knows. Null with fewer than two values.
 */
export function ribbonPlot(figure: MeasuredFigure, name: string, frame: Frame): Html | null {
  const { series, unit } = figure;
  const { words, timeZone } = frame;
  const known = series.flatMap(({ value }) => (value === null ? [] : [value]));
  if (known.length < enoughPoints) return null;
  const left = 12;
  const step = (width - left - edge.right) / series.length;
  const at = (index: number): number => rounded(left + step * index);
  const { red, green, unknown } = words.page.ribbon;
  const columns = series.flatMap(({ value }, index) => {
    const box = (tall: number): Record<string, number> => ({
      x: at(index),
      y: rounded(ribbon.top + ribbon.height - tall),
      width: rounded(at(index + 1) - at(index)),
      height: tall,
    });
    if (value === null) return [el('rect', { class: 'unknown', ...box(ribbon.height) })];
    const tall = rounded(ribbon.height * Math.min(1, Math.max(0, value)));
    const said = `${red}: ${valueText(value, unit, words)}`;
    return [
      el('rect', { class: 'green', ...box(ribbon.height) }),
      tall === 0 ? null : el('rect', { class: 'red', ...box(tall) }, el('title', {}, said)),
    ];
  });
  const cells = (index: number): readonly string[] => [
    valueText(series[index]?.value ?? null, unit, words),
    words.format.count(series[index]?.n ?? 0),
  ];
  const x = (index: number): number => at(index) + (index === series.length - 1 ? step : 0);
  return pictureOf({
    id: figure.id,
    name,
    said: words.page.ribbonNote(known.filter((value) => value > 0).length, known.length),
    height: ribbon.total,
    drawn: [
      el('g', { class: 'axis' }, ...dayMarks(series, { x, bottom: ribbon.bottom }, timeZone)),
      ...columns,
    ],
    legend: legendOf([
      { fill: 'red', name: red },
      { fill: 'green', name: green },
      ...(known.length < series.length ? [{ fill: 'unknown', name: unknown }] : []),
    ]),
    table: courseTable(series, { titles: [name, words.columns.n], cells }, frame),
  });
}
