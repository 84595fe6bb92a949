import { describe, expect, test } from 'vitest';
import { compareCoverage, isComparable } from '../../src/compare/compare-coverage.ts';
import { patchCoverage } from '../../src/compare/patch-coverage.ts';
import type { FileCoverage } from '../../src/model/coverage.ts';
import type { Diff, DiffFile } from '../../src/model/diff.ts';
import { aCoverageReport, aCoverageTotals, aFileCoverage } from '../builders.ts';

function file(path: string, covered: number, total: number): FileCoverage {
  return aFileCoverage({ path, totals: aCoverageTotals(covered, total) });
}

function earlier(files: Readonly<Record<string, readonly [number, number]>>) {
  return {
    unit: null,
    totals: aCoverageTotals(50, 100),
    files: new Map(Object.entries(files).map(([path, [covered, total]]) => [path, { covered, total }])),
  };
}

function touching(...paths: readonly string[]): Diff {
  return { files: paths.map((path) => aDiffFile({ oldPath: path, newPath: path })), complete: true };
}

function aDiffFile(overrides: Partial<DiffFile>): DiffFile {
  return { oldPath: 'a.ts', newPath: 'a.ts', change: 'modified', hunks: [], complete: true, ...overrides };
}

describe('coverage by file', () => {
  test.each([
    {
      name: 'a touched file that lost is told with both sides',
      now: [file('a.ts', 6, 10)],
      before: earlier({ 'a.ts': [8, 10] }),
      diff: touching('a.ts'),
      files: ['a.ts 8/10 → 6/10'],
      indirect: [],
    },
    {
      name: 'a file that nobody touched and that fell is an indirect change',
      now: [file('a.ts', 8, 10), file('b.ts', 1, 10)],
      before: earlier({ 'a.ts': [8, 10], 'b.ts': [9, 10] }),
      diff: touching('a.ts'),
      files: [],
      indirect: ['b.ts 9/10 → 1/10'],
    },
    {
      name: 'a file that nobody touched and that rose is no news',
      now: [file('b.ts', 10, 10)],
      before: earlier({ 'b.ts': [9, 10] }),
      diff: touching('a.ts'),
      files: [],
      indirect: [],
    },
    {
      name: 'a new file has no before',
      now: [file('new.ts', 1, 4)],
      before: earlier({ 'a.ts': [8, 10] }),
      diff: touching('new.ts', 'a.ts'),
      files: ['a.ts 8/10 → none', 'new.ts none → 1/4'],
      indirect: [],
    },
    {
      name: 'a renamed file is compared with what it was called',
      now: [file('new/a.ts', 5, 10)],
      before: earlier({ 'old/a.ts': [8, 10] }),
      diff: {
        files: [aDiffFile({ oldPath: 'old/a.ts', newPath: 'new/a.ts', change: 'renamed' })],
        complete: true,
      },
      files: ['new/a.ts 8/10 → 5/10'],
      indirect: [],
    },
    {
      name: 'a file that is not measured any more, though nobody touched it, is an indirect change',
      now: [file('a.ts', 8, 10)],
      before: earlier({ 'a.ts': [8, 10], 'gone.ts': [5, 5] }),
      diff: touching('a.ts'),
      files: [],
      indirect: ['gone.ts 5/5 → none'],
    },
    {
      name: 'without a diff every change is listed, the largest loss first',
      now: [file('a.ts', 8, 10), file('b.ts', 1, 10), file('c.ts', 10, 10)],
      before: earlier({ 'a.ts': [9, 10], 'b.ts': [9, 10], 'c.ts': [1, 10] }),
      diff: null,
      files: ['b.ts 9/10 → 1/10', 'a.ts 9/10 → 8/10', 'c.ts 1/10 → 10/10'],
      indirect: [],
    },
    {
      name: 'an earlier report without files has nothing to compare files with',
      now: [file('a.ts', 8, 10)],
      before: earlier({}),
      diff: null,
      files: [],
      indirect: [],
    },
    {
      name: 'more lines, all of them covered, is no loss',
      now: [file('b.ts', 19, 20)],
      before: earlier({ 'b.ts': [9, 10] }),
      diff: touching(),
      files: [],
      indirect: [],
    },
  ])('$name', ({ now, before, diff, files, indirect }) => {
    const side = (part: { covered: number; total: number } | null) =>
      part === null ? 'none' : `${part.covered}/${part.total}`;
    const result = compareCoverage(aCoverageReport({ files: now }), before, diff);
    const told = (list: typeof result.files) =>
      list.items.map(({ path, before: was, now: is }) => `${path} ${side(was)} → ${side(is)}`);
    expect(told(result.files)).toEqual(files);
    expect(told(result.indirect)).toEqual(indirect);
    expect(result.before).toBe(before.totals);
  });

  test('thousands of files are counted, and the first 200 listed', () => {
    const now = Array.from({ length: 1_000 }, (_, n) => file(`${n}.ts`, 1, 10));
    const before = earlier(Object.fromEntries(now.map(({ path }) => [path, [9, 10] as const])));
    const { files } = compareCoverage(aCoverageReport({ files: now }), before, null);
    expect([files.count, files.items.length]).toEqual([1_000, 200]);
  });
});

/** Hits by line from 1: `x` covered, `o` not, `.` not instrumented. */
function measured(path: string, lines: string): FileCoverage {
  const codes: Readonly<Record<string, number>> = { x: 3, o: 0, '.': -1 };
  return aFileCoverage({
    path,
    hits: Int32Array.from([-1, ...Array.from(lines, (line) => codes[line] ?? -1)]),
  });
}

function adding(path: string, start: number, lines: string): DiffFile {
  return aDiffFile({ oldPath: path, newPath: path, hunks: [{ oldStart: start, newStart: start, lines }] });
}

describe('coverage of the changed lines', () => {
  test.each([
    {
      name: 'only added lines count, not those around them',
      coverage: measured('a.ts', 'oxoxo'),
      diff: adding('a.ts', 1, ' ++  '),
      lines: { covered: 1, total: 2 },
      uncovered: ['3-3'],
      other: 0,
    },
    {
      name: 'a removed line does not move the lines after it',
      coverage: measured('a.ts', 'xo'),
      diff: adding('a.ts', 1, '--++'),
      lines: { covered: 1, total: 2 },
      uncovered: ['2-2'],
      other: 0,
    },
    {
      name: 'lines that the tool does not instrument are counted apart',
      coverage: measured('a.ts', '..x.'),
      diff: adding('a.ts', 1, '++++'),
      lines: { covered: 1, total: 1 },
      uncovered: [],
      other: 3,
    },
    {
      name: 'uncovered lines with a comment between them are one stretch',
      coverage: measured('a.ts', 'o..o'),
      diff: adding('a.ts', 1, '++++'),
      lines: { covered: 0, total: 2 },
      uncovered: ['1-4'],
      other: 2,
    },
    {
      name: 'a covered line between them parts them, also when it did not change',
      coverage: measured('a.ts', 'oxo'),
      diff: adding('a.ts', 1, '+ +'),
      lines: { covered: 0, total: 2 },
      uncovered: ['1-1', '3-3'],
      other: 0,
    },
    {
      name: 'lines behind the last that the tool knows are not instrumented',
      coverage: measured('a.ts', 'x'),
      diff: adding('a.ts', 1, '+++'),
      lines: { covered: 1, total: 1 },
      uncovered: [],
      other: 2,
    },
  ])('$name', ({ coverage, diff, lines, uncovered, other }) => {
    const patch = patchCoverage(aCoverageReport({ files: [coverage] }), { files: [diff], complete: true });
    expect(patch?.lines).toEqual(lines);
    expect(patch?.notInstrumented).toBe(other);
    expect(
      patch?.files.flatMap((one) => one.uncovered.map(({ start, end }) => `${start}-${end}`)) ?? [],
    ).toEqual(uncovered);
  });

  test('files with most uncovered lines come first', () => {
    const files = [measured('a.ts', 'o'), measured('b.ts', 'ooo'), measured('c.ts', 'x')];
    const diff = {
      files: [adding('a.ts', 1, '+'), adding('b.ts', 1, '+++'), adding('c.ts', 1, '+')],
      complete: false,
    };
    const patch = patchCoverage(aCoverageReport({ files }), diff);
    expect(patch?.files.map(({ path }) => path)).toEqual(['b.ts', 'a.ts', 'c.ts']);
    expect(patch?.complete).toBe(false);
  });

  test('a changed file of a measured language that no report names is shown; docs and scripts are not', () => {
    const diff = {
      files: ['src/lost.ts', 'README.md', 'run.sh'].map((path) => adding(path, 1, '+')),
      complete: true,
    };
    const patch = patchCoverage(aCoverageReport({ files: [measured('src/a.ts', 'x')] }), diff);
    expect(patch?.unmeasuredFiles).toEqual(['src/lost.ts']);
    expect(patch?.lines).toEqual({ covered: 0, total: 0 });
  });

  test('reports with totals only cannot say', () => {
    expect(patchCoverage(aCoverageReport({ files: [aFileCoverage()] }), touching('a.ts'))).toBeNull();
  });
});

describe('isComparable', () => {
  const before = earlier({});
  test.each([
    { now: 'statements', unit: 'statements', comparable: true },
    { now: 'statements', unit: 'lines', comparable: false },
    { now: 'mixed', unit: 'lines', comparable: false },
    { now: 'statements', unit: null, comparable: true },
  ] as const)('$now after $unit: $comparable', ({ now, unit, comparable }) => {
    expect(isComparable(aCoverageReport({ unit: now }), { ...before, unit })).toBe(comparable);
  });
});
