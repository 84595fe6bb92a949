import { changedLines } from '../diff/changed-lines.ts';
import type { FilePatchCoverage, LineRange, PatchCoverage } from '../model/comparison.ts';
import type { CoverageReport, FileCoverage } from '../model/coverage.ts';
import type { Diff } from '../model/diff.ts';

const maxUnmeasured = 200;
const notInstrumented = -1;

function hitsOf({ hits }: FileCoverage, line: number): number {
  return hits[line] ?? notInstrumented;
}

/**
 * True when no line between two is instrumented: a reader sees one uncovered stretch, with blank lines and comments in
 * it.
 */
function isOneStretch(file: FileCoverage, after: number, before: number): boolean {
  for (let line = after + 1; line < before; line += 1)
    if (hitsOf(file, line) !== notInstrumented) return false;
  return true;
}

function patchOf(file: FileCoverage, ranges: readonly LineRange[]): FilePatchCoverage {
  let covered = 0;
  let total = 0;
  let other = 0;
  const uncovered: LineRange[] = [];
  for (const { start, end } of ranges) {
    for (let line = start; line <= end; line += 1) {
      const hits = hitsOf(file, line);
      if (hits === notInstrumented) other += 1;
      else total += 1;
      if (hits > 0) covered += 1;
      if (hits !== 0) continue;
      const last = uncovered.at(-1);
      if (last !== undefined && isOneStretch(file, last.end, line))
        uncovered[uncovered.length - 1] = { start: last.start, end: line };
      else uncovered.push({ start: line, end: line });
    }
  }
  return { path: file.path, lines: { covered, total }, notInstrumented: other, uncovered };
}

/** The ending of a file's name, which shows the language; empty if there is none. */
function endingOf(path: string): string {
  return /\.[^./]+$/.exec(path)?.[0] ?? '';
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}

/**
 * Coverage of the lines that the diff adds or changes; null when the reports hold no lines. Neighbouring uncovered
 * lines are one range, also across lines that are not instrumented. A changed file that no report names counts as
 * unmeasured when its ending is one that the reports measure; other files cannot be covered.
 */
export function patchCoverage(coverage: CoverageReport, diff: Diff): PatchCoverage | null {
  const measured = new Map(
    coverage.files.filter(({ hits }) => hits.length > 0).map((file) => [file.path, file]),
  );
  if (measured.size === 0) return null;
  const endings = new Set([...measured.keys()].map(endingOf));
  const changed = [...changedLines(diff)];
  const files = changed.flatMap(([path, ranges]) => {
    const file = measured.get(path);
    return file === undefined ? [] : [patchOf(file, ranges)];
  });
  const unmeasured = changed
    .map(([path]) => path)
    .filter((path) => !measured.has(path) && endings.has(endingOf(path)));
  return {
    lines: {
      covered: sum(files.map(({ lines }) => lines.covered)),
      total: sum(files.map(({ lines }) => lines.total)),
    },
    notInstrumented: sum(files.map((file) => file.notInstrumented)),
    files: files
      .filter(({ lines }) => lines.total > 0)
      .sort((a, b) => uncoveredLines(b) - uncoveredLines(a) || (a.path < b.path ? -1 : 1)),
    unmeasuredFiles: unmeasured.slice(0, maxUnmeasured),
    complete: diff.complete,
  };
}

function uncoveredLines({ lines }: FilePatchCoverage): number {
  return lines.total - lines.covered;
}
