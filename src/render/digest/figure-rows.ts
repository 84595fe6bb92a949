import type { Digest, MeasuredFigure, Offender } from '../../model/digest.ts';
import { code, type Inline, link, type TableColumn, text } from '../../model/document.ts';
import type { DigestWords } from '../words/english-digest.ts';
import { shortenText } from '../words/shorten-text.ts';
import { changeInlines, countText, valueText } from './figure-text.ts';
import { sparkline } from './sparkline.ts';

/** The figures that everybody asks for, in the order of reading. The others are behind the fold. */
export const keyFigures: readonly string[] = [
  'deployments',
  'lead-time-from-merge',
  'change-failure-rate',
  'time-to-restore',
  'merge-requests-merged',
  'cycle-time',
  'merged-without-review',
  'first-attempt-success',
  'pipeline-duration',
  'queue-time',
  'default-branch-red',
  'flaky-tests',
];

const maxTitle = 60;

/** The name of a figure as people read it; its id where a newer Herald made it. */
export function nameOf({ id }: Pick<MeasuredFigure, 'id'>, { measures }: DigestWords): string {
  return measures[id]?.name ?? id;
}

/** True for a figure that says something: something of its kind happened now or before. */
export function hasValue({ current, previous }: MeasuredFigure): boolean {
  return [current, previous].some(({ value, n }) => value !== null && (value !== 0 || n > 0));
}

/** Columns of the table of figures. */
export function figureColumns({ columns }: DigestWords): readonly TableColumn[] {
  const right = [columns.now, columns.before, columns.change, columns.n];
  return [
    { title: [text(columns.measure)], align: 'left' },
    ...right.map((title): TableColumn => ({ title: [text(title)], align: 'right' })),
    { title: [text(columns.course)], align: 'left' },
  ];
}

/** The row of a figure: name, value, value before, change, how many, course. */
export function figureRow(figure: MeasuredFigure, words: DigestWords): readonly (readonly Inline[])[] {
  const { current, previous, unit, series } = figure;
  return [
    [text(nameOf(figure, words))],
    [text(valueText(current.value, unit, words))],
    [text(valueText(previous.value, unit, words))],
    changeInlines(figure, words),
    [text(countText(current, words))],
    [text(sparkline(series.map(({ value }) => value)))],
  ];
}

/** A thing that stands for a figure, with its value: a link to it, and its title. */
export function offenderInlines(
  { name, title, url, value }: Offender,
  { unit, words }: { readonly unit: MeasuredFigure['unit']; readonly words: DigestWords },
): readonly Inline[] {
  const shown = code(name);
  const said = title === '' ? [] : [text(` ${shortenText(title, maxTitle)}`)];
  const measured = value === null ? [] : [text(` (${valueText(value, unit, words)})`)];
  return [url === null ? shown : link(url, shown), ...said, ...measured];
}

/** The figures of the first table: those that count for everybody and say something. */
export function keyFiguresOf({ figures }: Digest): readonly MeasuredFigure[] {
  return keyFigures.flatMap((id) => figures.find((figure) => figure.id === id && hasValue(figure)) ?? []);
}
