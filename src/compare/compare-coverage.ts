import type { CoverageComparison, FileCoverageChange, Listed } from '../model/comparison.ts';
import { type CoverageReport, type CoveredOf, percentOf } from '../model/coverage.ts';
import type { Diff } from '../model/diff.ts';
import type { EarlierCoverage } from '../model/earlier-run.ts';

const maxListed = 200;

/** How many covered lines a file lost: the more uncovered lines it has now, the more. */
function loss({ before, now }: FileCoverageChange): number {
  const uncovered = (part: CoveredOf | null): number => (part === null ? 0 : part.total - part.covered);
  return now === null ? (before?.covered ?? 0) : uncovered(now) - uncovered(before);
}

function isSame({ before, now }: FileCoverageChange): boolean {
  return before?.covered === now?.covered && before?.total === now?.total;
}

function hasFallen(change: FileCoverageChange): boolean {
  const { before, now } = change;
  if (before === null) return false;
  if (now === null) return before.covered > 0;
  return (percentOf(now) ?? 100) < (percentOf(before) ?? 0) && loss(change) > 0;
}

function listed(changes: readonly FileCoverageChange[]): Listed<FileCoverageChange> {
  const sorted = changes.toSorted((a, b) => loss(b) - loss(a) || (a.path < b.path ? -1 : 1));
  return { count: sorted.length, items: sorted.slice(0, maxListed) };
}

/** Paths in the diff: the files that it touches, and the old names of renamed ones. */
interface Touched {
  readonly paths: ReadonlySet<string>;
  readonly earlierPath: ReadonlyMap<string, string>;
}

function touchedBy(diff: Diff): Touched {
  const renamed = diff.files.filter(({ change }) => change === 'renamed');
  return {
    paths: new Set(diff.files.flatMap(({ oldPath, newPath }) => [oldPath, newPath])),
    earlierPath: new Map(renamed.map(({ oldPath, newPath }) => [newPath, oldPath])),
  };
}

function changesOf(
  now: CoverageReport,
  before: EarlierCoverage,
  touched: Touched | null,
): readonly FileCoverageChange[] {
  const seen = new Set<string>();
  const present = now.files.map(({ path, totals }) => {
    const earlier = before.files.has(path) ? path : (touched?.earlierPath.get(path) ?? path);
    seen.add(earlier);
    return { path, before: before.files.get(earlier) ?? null, now: totals.lines };
  });
  const gone = [...before.files]
    .filter(([path]) => !seen.has(path))
    .map(([path, lines]) => ({ path, before: lines, now: null }));
  return [...present, ...gone].filter((change) => !isSame(change));
}

/** False where two runs count different things, lines and statements: a difference would say nothing. */
export function isComparable({ unit }: CoverageReport, before: EarlierCoverage): boolean {
  return before.unit === null || before.unit === unit;
}

/**
 * Compares coverage with an earlier run, in total and by file. With a diff, files that it touches are separate from
 * files whose coverage fell although the diff does not touch them, because a test was removed or code takes another
 * branch now. A renamed file is compared under its old name. Files are compared only where the earlier report kept
 * them.
 */
export function compareCoverage(
  now: CoverageReport,
  before: EarlierCoverage,
  diff: Diff | null,
): CoverageComparison {
  const touched = diff === null ? null : touchedBy(diff);
  const changes = before.files.size === 0 ? [] : changesOf(now, before, touched);
  const isTouched = ({ path }: FileCoverageChange): boolean => touched?.paths.has(path) ?? true;
  return {
    before: before.totals,
    files: listed(changes.filter(isTouched)),
    indirect: listed(changes.filter((change) => !isTouched(change) && hasFallen(change))),
  };
}
