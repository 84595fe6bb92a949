/** Cells of one column, a row each: numbers, numbers of texts in the list of names, or lists of those. */
export type Cells = readonly unknown[];

export interface TableOfColumns {
  readonly count: number;
  readonly columns: Readonly<Record<string, Cells>>;
}

/** The texts of a file, each once. */
export interface Names {
  readonly all: readonly string[];
  numberOf(text: string): number;
}

export function createNames(): Names {
  const all: string[] = [];
  const numbers = new Map<string, number>();
  return {
    all,
    numberOf(text) {
      const known = numbers.get(text);
      if (known !== undefined) return known;
      numbers.set(text, all.length);
      all.push(text);
      return all.length - 1;
    },
  };
}

/** Numbers as their distance from the one before, which is small where they rise; null stays null. */
function deltasOf(values: readonly (number | null)[]): Cells {
  let last = 0;
  return values.map((value) => {
    if (value === null) return null;
    const delta = value - last;
    last = value;
    return delta;
  });
}

/** The cells do not make rows. */
export class BadColumns extends Error {
  override readonly name = 'BadColumns';
}

type At<Value> = (row: number) => Value;

/** Reads the columns of one table; everything that does not fit throws `BadColumns`. */
export interface ColumnReader {
  readonly count: number;
  deltas(name: string): At<number>;
  deltasOrNull(name: string): At<number | null>;
  numbersOrNull(name: string): At<number | null>;
  numbers(name: string): At<number>;
  flags(name: string): At<boolean>;
  texts(name: string): At<string>;
  textsOrNull(name: string): At<string | null>;
  textLists(name: string): At<readonly string[]>;
}

function bad(name: string): never {
  throw new BadColumns(`the column ${name} does not fit`);
}

function numberIn(cell: unknown, name: string): number {
  return typeof cell === 'number' && Number.isFinite(cell) ? cell : bad(name);
}

function present<Value>(value: Value | null | undefined, name: string): Value {
  return value ?? bad(name);
}

/** The values that deltas add up to; an instant or id is a whole number that a double can hold. */
function summed(cells: Cells, name: string): readonly (number | null)[] {
  let last = 0;
  return cells.map((cell) => {
    if (cell === null) return null;
    last += numberIn(cell, name);
    return Number.isSafeInteger(last) ? last : bad(name);
  });
}

export function readColumns({ count, columns }: TableOfColumns, names: readonly string[]): ColumnReader {
  const cellsOf = (name: string): Cells => {
    const cells = Object.hasOwn(columns, name) ? columns[name] : undefined;
    return cells?.length === count ? cells : bad(name);
  };
  const textIn = (cell: unknown, name: string): string => present(names[numberIn(cell, name)], name);
  const each = <Value>(name: string, read: (cell: unknown) => Value): At<Value> => {
    const cells = cellsOf(name);
    return (row) => read(cells[row]);
  };
  const deltasOrNull = (name: string): At<number | null> => {
    const values = summed(cellsOf(name), name);
    return (row) => values[row] ?? null;
  };
  return {
    count,
    deltasOrNull,
    deltas(name) {
      const at = deltasOrNull(name);
      return (row) => present(at(row), name);
    },
    numbersOrNull: (name) => each(name, (cell) => (cell === null ? null : numberIn(cell, name))),
    numbers: (name) => each(name, (cell) => numberIn(cell, name)),
    flags: (name) => each(name, (cell) => numberIn(cell, name) === 1),
    texts: (name) => each(name, (cell) => textIn(cell, name)),
    textsOrNull: (name) => each(name, (cell) => (cell === null ? null : textIn(cell, name))),
    textLists: (name) =>
      each(name, (cell) => (Array.isArray(cell) ? cell.map((one) => textIn(one, name)) : bad(name))),
  };
}

/** The rows that a reader of their columns gives. */
export function rowsOf<Row>(count: number, rowAt: At<Row>): readonly Row[] {
  return Array.from({ length: count }, (_, row) => rowAt(row));
}

/** Writes columns of rows. */
export interface ColumnWriter<Row> {
  deltas(of: (row: Row) => number | null): Cells;
  numbers(of: (row: Row) => number | null): Cells;
  flags(of: (row: Row) => boolean): Cells;
  texts(of: (row: Row) => string | null): Cells;
  textLists(of: (row: Row) => readonly string[]): Cells;
}

export function writeColumns<Row>(rows: readonly Row[], names: Names): ColumnWriter<Row> {
  return {
    deltas: (of) => deltasOf(rows.map(of)),
    numbers: (of) => rows.map(of),
    flags: (of) => rows.map((row) => (of(row) ? 1 : 0)),
    texts: (of) =>
      rows.map((row) => {
        const text = of(row);
        return text === null ? null : names.numberOf(text);
      }),
    textLists: (of) => rows.map((row) => of(row).map((text) => names.numberOf(text))),
  };
}
