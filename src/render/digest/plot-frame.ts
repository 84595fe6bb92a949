import type { SeriesPoint } from '../../model/digest.ts';
import { el, foldedTable, type Html } from '../html/element.ts';
import type { DigestWords } from '../words/english-digest.ts';

/** Size of a plot in its own units; the page makes it as wide as there is room. */
export const width = 480;
export const height = 180;
/** Room around the plot for the marks of the axes. */
export const edge = { left: 64, right: 12, top: 12, bottom: 26 };

/** In whose time zone days are named, and in which language. */
export interface Frame {
  readonly timeZone: string;
  readonly words: DigestWords;
}

export function rounded(value: number): number {
  return Math.round(value * 10) / 10;
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

/** The first, middle and last day below a plot of that height. */
export function dayMarks(
  series: readonly Pick<SeriesPoint, 'from'>[],
  { x, bottom }: { readonly x: (index: number) => number; readonly bottom: number },
  timeZone: string,
): readonly Html[] {
  const last = series.length - 1;
  const shown = series.length < 5 ? [0, last] : [0, Math.floor(last / 2), last];
  return shown.map((index) =>
    el(
      'text',
      { x: x(index), y: bottom, 'text-anchor': index === 0 ? 'start' : index === last ? 'end' : 'middle' },
      dayLabel(series[index]?.from ?? 0, timeZone),
    ),
  );
}

export interface Picture {
  /** Letters and hyphens, once on a page. */
  readonly id: string;
  readonly name: string;
  /** What it shows, in a sentence. */
  readonly said: string;
  readonly height: number;
  readonly drawn: readonly (Html | null)[];
  /** What its colours mean; null = there is one colour. */
  readonly legend: Html | null;
  readonly table: Html;
}

/** A picture with its name, what it shows in words, and its values as a table behind it. */
export function pictureOf({ id, name, said, height: tall, drawn, legend, table }: Picture): Html {
  const ids = { title: `plot-${id}-title`, text: `plot-${id}-text` };
  return el(
    'figure',
    { class: 'trend' },
    el('figcaption', {}, el('strong', {}, name)),
    legend,
    el(
      'svg',
      { role: 'img', viewBox: `0 0 ${width} ${tall}`, 'aria-labelledby': `${ids.title} ${ids.text}` },
      el('title', { id: ids.title }, name),
      el('desc', { id: ids.text }, said),
      ...drawn,
    ),
    el('p', { class: 'dim' }, said),
    table,
  );
}

/** What colours mean, in the order in which they lie. */
export function legendOf(entries: readonly { readonly fill: string; readonly name: string }[]): Html {
  return el(
    'ul',
    { class: 'legend' },
    ...entries.map(({ fill, name }) =>
      el(
        'li',
        {},
        el(
          'svg',
          { viewBox: '0 0 10 10', 'aria-hidden': 'true' },
          el('rect', { class: fill, width: 10, height: 10 }),
        ),
        ` ${name}`,
      ),
    ),
  );
}

/** The values of a course, a row each; the last cells are of the titles, in this order. */
export function courseTable(
  series: readonly SeriesPoint[],
  {
    titles,
    cells,
  }: { readonly titles: readonly string[]; readonly cells: (index: number) => readonly string[] },
  { timeZone, words }: Frame,
): Html {
  const { columns } = words;
  const rows = series.map(({ from, until }, index) =>
    el(
      'tr',
      {},
      el('td', {}, dateLabel(from, timeZone)),
      el('td', {}, dateLabel(until - 1, timeZone)),
      ...cells(index).map((cell) => el('td', { class: 'right' }, cell)),
    ),
  );
  return foldedTable(
    words.page.asTable,
    { titles: [columns.from, columns.until, ...titles], numbersFrom: 2 },
    rows,
  );
}
