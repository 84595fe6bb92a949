/** What coverage reports say, in one shape for every format. */

export interface CoveredOf {
  readonly covered: number;
  readonly total: number;
}

export interface CoverageTotals {
  readonly lines: CoveredOf;
  /** Null where the format or the tool does not measure it. */
  readonly branches: CoveredOf | null;
  readonly functions: CoveredOf | null;
}

export interface LineBranches extends CoveredOf {
  readonly line: number;
}

export interface FileCoverage {
  /** Relative to the project where that could be resolved, else as the tool wrote it. */
  readonly path: string;
  /** `hits[n]` = how often line n ran (lines count from 1); -1 = line not instrumented. Empty for totals-only formats. */
  readonly hits: Int32Array;
  readonly branches: readonly LineBranches[];
  readonly totals: CoverageTotals;
}

export interface CoverageReport {
  readonly kind: 'coverage';
  readonly totals: CoverageTotals;
  readonly files: readonly FileCoverage[];
}

/** Share of what is covered, 0 to 100, or null when there is nothing to cover. */
export function percentOf(part: CoveredOf): number | null {
  return part.total === 0 ? null : (100 * part.covered) / part.total;
}
