/** Rows of tables over several projects. */
import type { DigestTable } from '../model/digest.ts';
import type { ProjectHistory } from '../model/project-history.ts';
import { byText } from './facts/worst.ts';
import { medianOf } from './percentile.ts';
import type { TableRow, TableSource } from './table.ts';

interface PlacedRow {
  readonly project: string;
  readonly row: TableRow;
}

export interface TableState {
  rows: readonly PlacedRow[];
  /** Rows that were cut. */
  more: number;
  /** Of a table of sums: for each first cell the numbers of each column. */
  readonly sums: Map<string | number | null, readonly number[][]>;
}

/** A table without rows. */
export function emptyTable(): TableState {
  return { rows: [], more: 0, sums: new Map() };
}

/** Adds the rows of one project. */
export function addRows(
  state: TableState,
  source: TableSource,
  { project, rows }: { readonly project: ProjectHistory['project']; readonly rows: readonly TableRow[] },
): void {
  const table = state;
  if (source.kind === 'sum') {
    for (const { cells } of rows) addCells(state, cells);
    return;
  }
  const all = [...state.rows, ...rows.map((row) => ({ project: project.path, row }))].sort(orderOf(source));
  table.more += Math.max(0, all.length - source.limit);
  table.rows = all.slice(0, source.limit);
}

function addCells({ sums }: TableState, [key = null, ...numbers]: TableRow['cells']): void {
  const columns = sums.get(key) ?? numbers.map((): number[] => []);
  sums.set(key, columns);
  for (const [index, number] of numbers.entries())
    if (typeof number === 'number') columns[index]?.push(number);
}

/** The largest number first; where they are equal, by the texts, so that the order is always the same. */
function orderOf({ rank }: TableSource): (one: PlacedRow, other: PlacedRow) => number {
  const numberOf = ({ row }: PlacedRow): number => {
    const cell = rank === null ? null : row.cells[rank];
    return typeof cell === 'number' ? cell : -1;
  };
  return (one, other) =>
    numberOf(other) - numberOf(one) ||
    byText(one.project, other.project) ||
    byText(one.row.cells.join('\n'), other.row.cells.join('\n')) ||
    byText(one.row.url ?? '', other.row.url ?? '');
}

/** The table; with a column for the project where there are several. */
export function tableOf(state: TableState, source: TableSource, projects: number): DigestTable {
  const { id, section, columns, limit, kind, medians = [] } = source;
  if (kind === 'sum') {
    const all = [...state.sums]
      .map(([key, columnsOfKey]) => {
        const numbers = columnsOfKey.map((values, index) =>
          medians.includes(index + 1) ? medianOf(Float64Array.from(values).sort()) : sumOf(values),
        );
        return { project: '', row: { url: null, cells: [key, ...numbers] } };
      })
      .sort(orderOf(source));
    const rows = all.slice(0, limit).map(({ row }) => row);
    return { id, section, columns, rows, more: all.length - rows.length };
  }
  if (projects < 2) return { id, section, columns, rows: state.rows.map(({ row }) => row), more: state.more };
  return {
    id,
    section,
    columns: [{ id: 'project', unit: 'text' }, ...columns],
    rows: state.rows.map(({ project, row }) => ({ ...row, cells: [project, ...row.cells] })),
    more: state.more,
  };
}

function sumOf(numbers: readonly number[]): number {
  return Float64Array.from(numbers)
    .sort()
    .reduce((sum, number) => sum + number, 0);
}
