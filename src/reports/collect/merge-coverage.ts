import {
  type CoverageReport,
  type CoverageTotals,
  type CoverageUnit,
  type CoveredOf,
  countedLines,
  type FileCoverage,
  type LineBranches,
  type NamedParts,
  sumOfCounts,
} from '../../model/coverage.ts';
import { largerCount } from './file-coverage.ts';
import { countedStatements, unitedBranches, unitedEntries, unitOfFiles } from './named-parts.ts';

const MOST_HITS = 0x7fffffff;

function larger(first: CoveredOf | null, second: CoveredOf | null): CoveredOf | null {
  return second === null ? first : largerCount(first, second);
}

function sumOfStated(counts: readonly (CoveredOf | null)[]): CoveredOf | null {
  const stated = counts.filter((count) => count !== null);
  return stated.length === 0 ? null : sumOfCounts(stated);
}

function totalsOf(parts: readonly CoverageTotals[]): CoverageTotals {
  return {
    lines: sumOfCounts(parts.map(({ lines }) => lines)),
    branches: sumOfStated(parts.map(({ branches }) => branches)),
    functions: sumOfStated(parts.map(({ functions }) => functions)),
  };
}

function addHits(into: Int32Array, hits: Int32Array): void {
  for (let line = 1; line < hits.length; line += 1) {
    const before = into[line] ?? -1;
    const count = hits[line] ?? -1;
    if (count >= 0) into[line] = before < 0 ? count : Math.min(MOST_HITS, before + count);
  }
}

function mergedHits(files: readonly FileCoverage[]): Int32Array {
  const merged = new Int32Array(files.reduce((most, { hits }) => Math.max(most, hits.length), 0)).fill(-1);
  for (const { hits } of files) addHits(merged, hits);
  return merged;
}

// Reports of two formats name branches in ways that cannot be compared: two that each cover one of two may mean the
// same one.
function mergedBranches(files: readonly FileCoverage[]): readonly LineBranches[] {
  const byLine = new Map<number, LineBranches>();
  for (const { branches } of files) {
    for (const { line, covered, total } of branches) {
      byLine.set(line, { line, ...largerCount(byLine.get(line) ?? null, { covered, total }) });
    }
  }
  for (const [line, count] of unitedBranches(files)) byLine.set(line, { line, ...count });
  return [...byLine.values()].sort((first, second) => first.line - second.line);
}

const noEntries = new Float64Array(0);

/**
 * The names of all reports, where they are of one kind; a file that only some count in statements is counted in lines.
 */
function mergedNames(files: readonly FileCoverage[]): NamedParts | null {
  const named = files.map((file) => file.named);
  const naming = named[0]?.naming;
  if (naming === undefined || named.some((one) => one?.naming !== naming)) return null;
  const all = named.flatMap((one) => one ?? []);
  const areStatements = all.every(({ statements }) => statements.length > 0);
  return {
    naming,
    branches: unitedEntries(all.map(({ branches }) => branches)),
    statements: areStatements ? unitedEntries(all.map(({ statements }) => statements)) : noEntries,
  };
}

function mergedFile(files: readonly [FileCoverage, ...FileCoverage[]]): FileCoverage {
  const [first] = files;
  if (files.length === 1) return first;
  const hits = mergedHits(files);
  const branches = mergedBranches(files);
  const named = mergedNames(files);
  const stated = files.map(({ totals }) => totals);
  const statedLines = stated.reduce((most, { lines }) => largerCount(most, lines), first.totals.lines);
  return {
    path: first.path,
    hits,
    branches,
    named,
    totals: {
      lines: countedStatements(named?.statements ?? noEntries) ?? countedLines(hits) ?? statedLines,
      branches:
        branches.length > 0 ? sumOfCounts(branches) : stated.map((totals) => totals.branches).reduce(larger),
      functions: stated.map((totals) => totals.functions).reduce(larger),
    },
  };
}

function unitOfReports(reports: readonly CoverageReport[]): CoverageUnit {
  const units = new Set(reports.map(({ unit }) => unit));
  const [only] = units;
  return units.size > 1 ? 'mixed' : (only ?? 'lines');
}

function byPath(reports: readonly CoverageReport[]): Iterable<[FileCoverage, ...FileCoverage[]]> {
  const groups = new Map<string, [FileCoverage, ...FileCoverage[]]>();
  for (const { files } of reports) {
    for (const file of files) {
      const group = groups.get(file.path);
      if (group === undefined) groups.set(file.path, [file]);
      else group.push(file);
    }
  }
  return groups.values();
}

/**
 * Unites the coverage of several report files; a single report is returned as it is.
 *
 * - The same path is united line by line: hits add up, a line is covered if it was covered in any report. Branches of a
 *   line take the highest covered and total that one report gives, unless both name them alike: then what one of them
 *   took was taken. Functions take the highest numbers.
 * - Statements that reports of one format name are united like lines. A file that others count in lines counts in
 *   lines.
 * - A file for which one report gives only numbers and another gives lines counts by its lines.
 * - Reports that name no file at all count only where no report does: nothing shows what they have in common. Two of
 *   them are taken to be about different code and add up.
 * - Totals are counted again from the files, never averaged.
 */
export function mergeCoverage(reports: readonly CoverageReport[]): CoverageReport {
  const [first] = reports;
  if (first !== undefined && reports.length === 1) return first;
  if (reports.every(({ files }) => files.length === 0)) {
    return {
      kind: 'coverage',
      unit: unitOfReports(reports),
      totals: totalsOf(reports.map(({ totals }) => totals)),
      files: [],
    };
  }
  const files = Array.from(byPath(reports), mergedFile);
  const unit = unitOfFiles(files.map(({ named, totals }) => ({ named, lines: totals.lines })));
  return { kind: 'coverage', unit, totals: totalsOf(files.map(({ totals }) => totals)), files };
}
