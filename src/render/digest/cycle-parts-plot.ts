import type { MeasuredFigure } from '../../model/digest.ts';
import { el, type Html } from '../html/element.ts';
import type { DigestWords } from '../words/english-digest.ts';
import { nameOf } from './figure-rows.ts';
import { valueText } from './figure-text.ts';
import { type Plot, plotOf, valueMarks } from './plot.ts';
import { courseTable, dayMarks, type Frame, height, legendOf, pictureOf, rounded } from './plot-frame.ts';

/** The parts of a cycle that follow each other; rework lies within others. */
const parts = [
  'coding-time',
  'draft-time',
  'pickup-time',
  'review-time',
  'merge-time',
  'deploy-time',
] as const;

const unit = 'seconds';
const shareOfGap = 0.35;
const enoughBars = 2;

function seriesOf(figures: readonly MeasuredFigure[]): readonly MeasuredFigure[] {
  const found = parts.flatMap((id) => figures.find((figure) => figure.id === id) ?? []);
  return found.filter(({ series }) => series.some(({ value }) => value !== null));
}

/** The figures that the picture shows, so that none has one of its own; empty where there is too little. */
export function figuresOfCycle(figures: readonly MeasuredFigure[]): readonly MeasuredFigure[] {
  const found = seriesOf(figures);
  const length = found[0]?.series.length ?? 0;
  const isSame = found.every(({ series }) => series.length === length);
  const bars = Array.from({ length }, (_, index) => found.some(({ series }) => series[index]?.value));
  return found.length > 1 && isSame && bars.filter(Boolean).length >= enoughBars ? found : [];
}

/**
 * The medians of the parts of the cycle time, one above the other, a bar for each week; null where there is too little.
 */
export function cyclePartsPlot(figures: readonly MeasuredFigure[], frame: Frame): Html | null {
  const found = figuresOfCycle(figures);
  const [first] = found;
  if (first === undefined) return null;
  const { words, timeZone } = frame;
  const sums = first.series.map((point, index) => ({
    ...point,
    value: found.reduce((sum, figure) => sum + valueAt(figure, index), 0),
  }));
  const plot = plotOf(sums, unit, true);
  const cells = (index: number): readonly string[] =>
    found.map(({ series }) => valueText(series[index]?.value ?? null, unit, words));
  return pictureOf({
    id: 'cycle-parts',
    name: words.page.cycleParts,
    said: words.page.cyclePartsNote,
    height,
    drawn: [
      el(
        'g',
        { class: 'axis' },
        ...valueMarks(plot, { unit, words }),
        ...dayMarks(sums, { x: plot.x, bottom: height - 8 }, timeZone),
      ),
      ...sums.flatMap((_, index) => barOf(found, { plot, index, words })),
    ],
    // The last part lies on top.
    legend: legendOf(
      found.toReversed().map((figure) => ({ fill: fillOf(figure), name: nameOf(figure, words) })),
    ),
    table: courseTable(sums, { titles: titlesOf(found, words), cells }, frame),
  });
}

function valueAt({ series }: MeasuredFigure, index: number): number {
  return series[index]?.value ?? 0;
}

/** The parts of one week, the first at the bottom. */
function barOf(
  figures: readonly MeasuredFigure[],
  { plot, index, words }: { readonly plot: Plot; readonly index: number; readonly words: DigestWords },
): readonly Html[] {
  const wide = rounded(plot.step * (1 - shareOfGap));
  let below = 0;
  return figures.flatMap((figure) => {
    const value = valueAt(figure, index);
    if (value <= 0) return [];
    const [bottom, top] = [plot.y(below), plot.y(below + value)];
    below += value;
    const box = {
      x: rounded(plot.x(index) - wide / 2),
      y: top,
      width: wide,
      height: rounded(bottom - top),
    };
    const said = `${nameOf(figure, words)}: ${valueText(value, unit, words)}`;
    return [el('rect', { class: fillOf(figure), ...box }, el('title', {}, said))];
  });
}

function titlesOf(figures: readonly MeasuredFigure[], words: DigestWords): readonly string[] {
  return figures.map((figure) => nameOf(figure, words));
}

function fillOf({ id }: MeasuredFigure): string {
  return `part-${parts.findIndex((part) => part === id) + 1}`;
}
