import { type CoveredOf, type LineBranches, sumOfCounts } from '../../model/coverage.ts';
import type { FileCoverageSink } from '../format.ts';
import { createFlaggedKeys, type FlaggedKeys, visitEntries } from './flagged-keys.ts';
import { branchesByLine, branchKey, statementsKey } from './named-parts.ts';
import { stableHash } from './stable-hash.ts';

export type CoveragePart = 'lines' | 'branches' | 'functions';

export const coverageParts = ['lines', 'branches', 'functions'] as const satisfies readonly CoveragePart[];

/** The longest file that is read line by line; generated files of real projects stay far below. */
export const MAX_LINE = 1_000_000;
const MAX_HITS = 0x7fffffff;
const MAX_COUNT = 1_000_000_000;

/** Keys of branches and statements, see `named-parts.ts`. */
export interface NamedEntries {
  readonly branches: Float64Array;
  readonly statements: Float64Array;
}

/** What all files of a report share: the room for lines, and what was omitted. */
export interface LineLedger {
  /** Asks for room for more line numbers; false when the report is not worth it. */
  take(cells: number): boolean;
  instrumented(): void;
  fileOpened(): void;
  badLine(path: string, line: number): void;
  noRoom(path: string, line: number): void;
  warnAll(warn: (message: string) => void): void;
}

/** One file's coverage in the making. */
export interface FileCoverageBuilder extends FileCoverageSink {
  readonly path: string;
  /** Numbers that were stated as such, kept apart from those that lines, branches and functions give. */
  readonly stated: Readonly<Record<CoveragePart, CoveredOf | null>>;
  /**
   * True where the report has several records of the file, each with its own numbers: no one of them is of the whole.
   */
  readonly isStatedInParts: boolean;
  /** The figure of lines that the format worked out; null for what the lines themselves make. */
  readonly figure: CoveredOf | null;
  /**
   * How many times a line was given, and of them with hits: more than there are lines where a line is given several
   * times.
   */
  readonly listed: CoveredOf;
  /** Takes over what another record of the same file says. */
  absorb(other: FileCoverageBuilder): void;
  /** `hits[n]` for line n, -1 = not instrumented. */
  hits(): Int32Array;
  lineBranches(): readonly LineBranches[];
  /** Counted from functions; null when none was named. */
  countedFunctions(): CoveredOf | null;
  visitFunctions(each: (key: number, flagged: boolean) => void): void;
  /** Branches of lines that were only counted. */
  visitCounts(each: (count: LineBranches) => void): void;
  named(): NamedEntries;
}

/** Makes a pair of numbers from an untrusted report usable: whole, not negative, covered at most total. */
export function soundCount(covered: number, total: number): CoveredOf | null {
  if (!(total >= 0) || !(covered >= 0)) return null;
  const all = Math.floor(Math.min(total, MAX_COUNT));
  return { covered: Math.min(Math.floor(covered), all), total: all };
}

/** Two statements about the same thing: the larger numbers win. */
export function largerCount(first: CoveredOf | null, second: CoveredOf): CoveredOf {
  if (first === null) return second;
  const total = Math.max(first.total, second.total);
  return { covered: Math.min(Math.max(first.covered, second.covered), total), total };
}

function functionKey(name: string): number {
  const { high, low } = stableHash(name);
  return (high & 0x7ffff) * 2 ** 32 + low;
}

const noEntries = new Float64Array(0);

function withEntries(keys: FlaggedKeys | null, entries: Float64Array): FlaggedKeys | null {
  if (entries.length === 0) return keys;
  const all = keys ?? createFlaggedKeys();
  visitEntries(entries, all.add);
  return all;
}

class FileRecord implements FileCoverageBuilder {
  readonly path: string;
  readonly stated: Record<CoveragePart, CoveredOf | null> = { lines: null, branches: null, functions: null };
  private readonly ledger: LineLedger;
  isStatedInParts = false;
  figure: CoveredOf | null = null;
  readonly listed = { covered: 0, total: 0 };
  private cells = new Int32Array(0);
  private length = 0;
  private counts: Map<number, LineBranches> | null = null;
  private branchKeys: FlaggedKeys | null = null;
  private functionKeys: FlaggedKeys | null = null;
  private statementKeys: FlaggedKeys | null = null;

  constructor(path: string, ledger: LineLedger) {
    this.path = path;
    this.ledger = ledger;
  }

  line(line: number, hits: number): void {
    if (!this.usable(line)) return;
    if (line >= this.length && !this.extend(line + 1)) return;
    const before = this.cells[line] ?? -1;
    if (before < 0) this.ledger.instrumented();
    const count = hits > 0 ? Math.min(Math.ceil(hits), MAX_HITS) : 0;
    if (count > before) this.cells[line] = count;
    this.listed.total += 1;
    if (count > 0) this.listed.covered += 1;
  }

  branches(line: number, covered: number, total: number): void {
    const count = soundCount(covered, total);
    if (count === null || count.total === 0 || !this.usable(line)) return;
    this.counts ??= new Map();
    this.counts.set(line, { line, ...largerCount(this.counts.get(line) ?? null, count) });
  }

  branch(line: number, id: string, taken: boolean): void {
    if (!this.usable(line)) return;
    this.branchKeys ??= createFlaggedKeys();
    this.branchKeys.add(branchKey(line, id), taken);
  }

  statements(id: string, count: number, ran: boolean): void {
    if (!Number.isInteger(count) || count < 1) return;
    this.statementKeys ??= createFlaggedKeys();
    this.statementKeys.add(statementsKey(id, count), ran);
  }

  function(name: string, hits: number): void {
    this.functionKeys ??= createFlaggedKeys();
    this.functionKeys.add(functionKey(name), hits > 0);
  }

  lineFigure(covered: number, total: number): void {
    const count = soundCount(covered, total);
    if (count !== null) this.figure = this.figure === null ? count : sumOfCounts([this.figure, count]);
  }

  totals(part: CoveragePart, covered: number, total: number): void {
    const count = soundCount(covered, total);
    if (count === null) return;
    if (this.stated[part] !== null) this.isStatedInParts = true;
    this.stated[part] = largerCount(this.stated[part], count);
  }

  absorb(other: FileCoverageBuilder): void {
    const { covered, total } = this.listed;
    const hits = other.hits();
    for (let line = 1; line < hits.length; line += 1) {
      const count = hits[line] ?? -1;
      if (count >= 0) this.line(line, count);
    }
    this.listed.covered = covered + other.listed.covered;
    this.listed.total = total + other.listed.total;
    if (other.figure !== null) this.lineFigure(other.figure.covered, other.figure.total);
    this.absorbNamed(other);
    for (const part of coverageParts) {
      const count = other.stated[part];
      if (count !== null) this.totals(part, count.covered, count.total);
    }
  }

  hits(): Int32Array {
    return this.cells.length === this.length ? this.cells : this.cells.slice(0, this.length);
  }

  lineBranches(): readonly LineBranches[] {
    if (this.branchKeys === null && this.counts === null) return [];
    const identified = this.branchKeys === null ? [] : branchesByLine(this.branchKeys.entries());
    if (this.counts === null) return identified;
    const byLine = new Map(this.counts);
    for (const count of identified) {
      byLine.set(count.line, { line: count.line, ...largerCount(byLine.get(count.line) ?? null, count) });
    }
    return [...byLine.values()].sort((first, second) => first.line - second.line);
  }

  countedFunctions(): CoveredOf | null {
    if (this.functionKeys === null) return null;
    let covered = 0;
    let total = 0;
    this.functionKeys.visit((_key, flagged) => {
      total += 1;
      if (flagged) covered += 1;
    });
    return { covered, total };
  }

  visitFunctions(each: (key: number, flagged: boolean) => void): void {
    this.functionKeys?.visit(each);
  }

  named(): NamedEntries {
    return {
      branches: this.branchKeys?.entries() ?? noEntries,
      statements: this.statementKeys?.entries() ?? noEntries,
    };
  }

  visitCounts(each: (count: LineBranches) => void): void {
    this.counts?.forEach(each);
  }

  private absorbNamed(other: FileCoverageBuilder): void {
    const { branches, statements } = other.named();
    other.visitCounts(({ line, covered, total }) => {
      this.branches(line, covered, total);
    });
    this.branchKeys = withEntries(this.branchKeys, branches);
    this.statementKeys = withEntries(this.statementKeys, statements);
    other.visitFunctions((key, flagged) => {
      this.functionKeys ??= createFlaggedKeys();
      this.functionKeys.add(key, flagged);
    });
  }

  private usable(line: number): boolean {
    if (line >= 1 && line <= MAX_LINE && Number.isInteger(line)) return true;
    this.ledger.badLine(this.path, line);
    return false;
  }

  private extend(length: number): boolean {
    if (!this.ledger.take(length - this.length)) {
      this.ledger.noRoom(this.path, length - 1);
      return false;
    }
    if (length > this.cells.length) {
      const larger = new Int32Array(Math.max(length, Math.min(2 * this.cells.length, MAX_LINE + 1), 16)).fill(
        -1,
      );
      larger.set(this.cells);
      this.cells = larger;
    }
    this.length = length;
    return true;
  }
}

/**
 * Starts the coverage of one file. Memory grows with the highest line, as far as the ledger allows, and by 8 bytes for
 * each statement about a branch or a function.
 */
export function createFileCoverage(path: string, ledger: LineLedger): FileCoverageBuilder {
  return new FileRecord(path, ledger);
}
