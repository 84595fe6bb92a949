/** Rows of tables over several projects. */
import type { DigestTable } from '../model/digest.ts';
import type { ProjectHistory } from '../model/project-history.ts';
import { byText } from './facts/worst.ts';
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
  readonly sums: Map<string | number | null, readonly (readonly number[])[]>;
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
  const before = sums.get(key);
  sums.set(
    key,
    numbers.map((number, index) => [...(before?.[index] ?? []), typeof number === 'number' ? number : 0]),
  );
}

/** The largest number first; where they are equal, by the texts, so that the order is always the same. */
function orderOf({ rank }: TableSource): (one: PlacedRow, other: PlacedRow) => number {
  const numberOf = ({ row }: PlacedRow): number => {
    const cell = row.cells[rank];
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
  const { id, section, columns, limit, kind } = source;
  if (kind === 'sum') {
    const all = [...state.sums]
      .map(([key, numbers]) => ({ project: '', row: { url: null, cells: [key, ...numbers.map(sumOf)] } }))
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
