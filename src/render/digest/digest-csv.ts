import type { Digest, Figure, MeasuredFigure, Span } from '../../model/digest.ts';
import { visibleLines } from '../words/visible-text.ts';

const titles = [
  'measure',
  'unit',
  'span',
  'from',
  'until',
  'value',
  'p75',
  'p95',
  'n',
  'of',
  'reason',
] as const;

type Cell = string | number | null;

/**
 * One cell by RFC 4180. A text that a spreadsheet would take for a formula begins with an apostrophe: https://owasp.org/www-community/attacks/CSV_Injection
 */
function cellText(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const shown = cell.split('\r\n').map(visibleLines).join('\r\n');
  const inert = /^(?:[\t\r]|\s*[=+\-@＝＋－＠])/.test(shown) ? `'${shown}` : shown;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}

function line(cells: readonly Cell[]): string {
  return `${cells.map(cellText).join(',')}\r\n`;
}

function times({ from, until }: Span): readonly [string, string] {
  return [new Date(from).toISOString(), new Date(until).toISOString()];
}

function figureLine(
  { id, unit }: MeasuredFigure,
  { value, p75, p95, n, of, reason }: Figure,
  { name, span }: { readonly name: string; readonly span: Span },
): string {
  return line([id, unit, name, ...times(span), value, p75, p95, n, of, reason]);
}

function linesOf(figure: MeasuredFigure, { period, previous }: Digest): readonly string[] {
  return [
    figureLine(figure, figure.current, { name: 'period', span: period }),
    figureLine(figure, figure.previous, { name: 'previous', span: previous }),
    ...figure.series.map((point) =>
      line([
        figure.id,
        figure.unit,
        'course',
        ...times(point),
        point.value,
        null,
        null,
        point.n,
        point.n,
        null,
      ]),
    ),
  ];
}

/** Every figure of a digest, of the period before and of its course, one value a line, times in UTC. */
export function digestCsv(digest: Digest): string {
  return [line([...titles]), ...digest.figures.flatMap((figure) => linesOf(figure, digest))].join('');
}
