/** What coverage reports say, in one shape for every format. */

export interface CoveredOf {
  readonly covered: number;
  readonly total: number;
}

/**
 * What the figure `lines` of totals counts: tools of Go, Scala and .NET count statements. `mixed` = reports that count
 * differently were united. Single lines (`hits`) are lines always.
 */
export type CoverageUnit = 'lines' | 'statements' | 'mixed';

export interface CoverageTotals {
  readonly lines: CoveredOf;
  /** Null where the format or the tool does not measure it. */
  readonly branches: CoveredOf | null;
  readonly functions: CoveredOf | null;
}

export interface LineBranches extends CoveredOf {
  readonly line: number;
}

/** Branches and statements that a format lists separately: those of two reports are merged one by one. */
export interface NamedParts {
  /** Names mean the same thing only where this is the same: the format. */
  readonly naming: string;
  /** Ascending, each key once: 2 × key, plus 1 where it ran. `reports/named-parts.ts` makes and reads the keys. */
  readonly branches: Float64Array;
  readonly statements: Float64Array;
}

export interface FileCoverage {
  /** Relative to the project where that could be resolved, else as the tool wrote it. */
  readonly path: string;
  /**
   * `hits[n]` = how often line n ran (lines count from 1); -1 = line not instrumented. Empty for totals-only formats.
   */
  readonly hits: Int32Array;
  readonly branches: readonly LineBranches[];
  /** Null where the format names neither. */
  readonly named: NamedParts | null;
  readonly totals: CoverageTotals;
}

export interface CoverageReport {
  readonly kind: 'coverage';
  readonly unit: CoverageUnit;
  readonly totals: CoverageTotals;
  readonly files: readonly FileCoverage[];
}

/** Share of what is covered, 0 to 100, or null when there is nothing to cover. */
export function percentOf(part: CoveredOf): number | null {
  return part.total === 0 ? null : (100 * part.covered) / part.total;
}

/** The sum of counts of different things. */
export function sumOfCounts(counts: Iterable<CoveredOf>): CoveredOf {
  let covered = 0;
  let total = 0;
  for (const count of counts) {
    covered += count.covered;
    total += count.total;
  }
  return { covered, total };
}

/** Counts lines that can run, and of them those that did; null when there is none. */
export function countedLines(hits: Int32Array): CoveredOf | null {
  let covered = 0;
  let total = 0;
  for (const count of hits) {
    if (count >= 0) total += 1;
    if (count > 0) covered += 1;
  }
  return total === 0 ? null : { covered, total };
}
