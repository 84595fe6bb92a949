import { describe, expect, test } from 'vitest';
import type { CoverageReport, CoveredOf, FileCoverage } from '../../../src/model/coverage.ts';
import { createCoverageCollector } from '../../../src/reports/collect/coverage.ts';
import { mergeCoverage } from '../../../src/reports/collect/merge-coverage.ts';
import type { FileCoverageSink } from '../../../src/reports/format.ts';
import { summaryOf } from '../coverage-summary.ts';

function aReport(files: Readonly<Record<string, (file: FileCoverageSink) => void>>): CoverageReport {
  const collector = createCoverageCollector(
    (path) => path,
    () => undefined,
  );
  for (const [path, fill] of Object.entries(files)) fill(collector.file(path));
  return collector.finish();
}

/** A report of one format, `fill` saying what it holds of `a.ts`. */
function inFormat(format: string, fill: (file: FileCoverageSink) => void): CoverageReport {
  const collector = createCoverageCollector(
    (path) => path,
    () => undefined,
  );
  fill(collector.file('a.ts'));
  return collector.finish(format);
}

function lines(hits: Readonly<Record<number, number>>): (file: FileCoverageSink) => void {
  return (file) => {
    for (const [line, count] of Object.entries(hits)) file.line(Number(line), count);
  };
}

function numbersOnly(covered: number, total: number, branches: CoveredOf | null = null): CoverageReport {
  return {
    kind: 'coverage',
    unit: 'lines',
    totals: { lines: { covered, total }, branches, functions: null },
    files: [],
  };
}

describe('mergeCoverage', () => {
  test('a single report comes back as the same object', () => {
    const report = aReport({ 'a.ts': lines({ 1: 1 }) });
    expect(mergeCoverage([report])).toBe(report);
  });

  test('no reports give a report of nothing', () => {
    expect(summaryOf(mergeCoverage([]))).toEqual({
      lines: '0/0',
      branches: null,
      functions: null,
      files: {},
    });
  });

  test('the same file is united line by line and its hits add up', () => {
    const first = aReport({ 'a.ts': lines({ 1: 2, 2: 0, 5: 2_147_483_647 }) });
    const second = aReport({ 'a.ts': lines({ 1: 3, 2: 1, 3: 0, 5: 7 }), 'b.ts': lines({ 1: 0 }) });
    expect(summaryOf(mergeCoverage([first, second]))).toMatchObject({
      lines: '3/5',
      files: { 'a.ts': { lines: '1:5 2:1 3:0 5:2147483647' }, 'b.ts': { lines: '1:0' } },
    });
  });

  test('the order of reports does not change the numbers', () => {
    const reports = [
      aReport({ 'a.ts': lines({ 1: 2, 9: 0 }) }),
      aReport({ 'a.ts': lines({ 1: 0 }), 'b.ts': lines({ 2: 2 }) }),
      aReport({ 'b.ts': lines({ 1: 1 }) }),
    ];
    expect(summaryOf(mergeCoverage(reports.toReversed()))).toEqual(summaryOf(mergeCoverage(reports)));
  });

  test('merging changes none of the reports', () => {
    const first = aReport({ 'a.ts': lines({ 1: 2 }) });
    mergeCoverage([first, aReport({ 'a.ts': lines({ 1: 5, 7: 0 }) })]);
    expect(summaryOf(first).files).toEqual({ 'a.ts': { lines: '1:2', branches: '' } });
  });

  test('branches of a line take the highest numbers that one report gives', () => {
    const first = aReport({
      'a.ts': (file) => {
        file.branches(3, 1, 2);
        file.branches(9, 0, 2);
      },
    });
    const second = aReport({
      'a.ts': (file) => {
        file.branches(3, 1, 4);
        file.branches(1, 2, 2);
      },
    });
    expect(summaryOf(mergeCoverage([first, second]))).toMatchObject({
      branches: '3/8',
      files: { 'a.ts': { branches: '1:2/2 3:1/4 9:0/2' } },
    });
  });

  describe('branches that a format names', () => {
    const all =
      (taken: Readonly<Record<string, boolean>>) =>
      (file: FileCoverageSink): void => {
        for (const [id, was] of Object.entries(taken)) file.branch(3, id, was);
      };
    const missed =
      (total: number, ids: readonly string[]) =>
      (file: FileCoverageSink): void => {
        file.branches(3, total - ids.length, total);
        for (const id of ids) file.branch(3, id, false);
      };

    test.each([
      {
        name: 'each took the other one',
        reports: [all({ a: true, b: false }), all({ a: false, b: true })],
        branches: '2/2',
      },
      {
        name: 'both took the same one',
        reports: [all({ a: true, b: false }), all({ a: true, b: false })],
        branches: '1/2',
      },
      {
        name: 'one knows a branch more',
        reports: [all({ a: true, b: false }), all({ a: true, b: false, c: true })],
        branches: '2/3',
      },
      {
        name: 'only the missed ones have names, other ones',
        reports: [missed(2, ['5']), missed(2, ['4'])],
        branches: '2/2',
      },
      {
        name: 'only the missed ones have names, the same',
        reports: [missed(3, ['5', 'exit']), missed(3, ['5'])],
        branches: '2/3',
      },
      { name: 'one missed none', reports: [missed(2, ['5']), missed(2, [])], branches: '2/2' },
      {
        name: 'they count different numbers of branches',
        reports: [missed(2, ['5']), missed(4, ['4', '6'])],
        branches: '2/4',
      },
    ])('are united: $name', ({ reports, branches }) => {
      const merged = mergeCoverage(reports.map((fill) => inFormat('lcov', fill)));
      expect(summaryOf(merged)).toMatchObject({ branches, files: { 'a.ts': { branches: `3:${branches}` } } });
    });

    test('are united over three reports, in any order', () => {
      const reports = [
        { a: true, b: false, c: false },
        { a: false, b: true, c: false },
        { a: false, b: false, c: true },
      ].map((taken) => inFormat('lcov', all(taken)));
      expect(mergeCoverage(reports).totals.branches).toEqual({ covered: 3, total: 3 });
      expect(mergeCoverage(reports.toReversed()).totals.branches).toEqual({ covered: 3, total: 3 });
    });

    test('of two formats are not compared', () => {
      const merged = mergeCoverage([
        inFormat('lcov', all({ a: true, b: false })),
        inFormat('coverage-py', all({ a: false, b: true })),
      ]);
      expect(merged.totals.branches).toEqual({ covered: 1, total: 2 });
    });
  });

  describe('statements', () => {
    const blocks =
      (ran: Readonly<Record<string, boolean>>) =>
      (file: FileCoverageSink): void => {
        for (const [place, did] of Object.entries(ran)) file.statements(place, 2, did);
        file.line(1, 1);
      };

    test('of reports of one format are united', () => {
      const merged = mergeCoverage([
        inFormat('go-cover', blocks({ a: true, b: false, c: false })),
        inFormat('go-cover', blocks({ a: false, b: true, c: false })),
      ]);
      expect(merged).toMatchObject({ unit: 'statements', totals: { lines: { covered: 4, total: 6 } } });
    });

    test('beside lines of another file the figure counts both, and says so', () => {
      const merged = mergeCoverage([
        inFormat('go-cover', blocks({ a: true, b: false })),
        aReport({ 'b.ts': lines({ 1: 0 }) }),
      ]);
      expect(merged).toMatchObject({ unit: 'mixed', totals: { lines: { covered: 2, total: 5 } } });
    });

    test('of a file that another report counts in lines make way for them', () => {
      const merged = mergeCoverage([
        inFormat('go-cover', blocks({ a: true, b: false })),
        aReport({ 'a.ts': lines({ 1: 0, 2: 0 }) }),
      ]);
      expect(merged).toMatchObject({ unit: 'lines', totals: { lines: { covered: 1, total: 2 } } });
    });
  });

  test('functions take the highest numbers that one report gives', () => {
    const ran = (names: Readonly<Record<string, number>>): CoverageReport =>
      aReport({
        'a.ts': (file) => {
          for (const [name, hits] of Object.entries(names)) file.function(name, hits);
        },
      });
    expect(mergeCoverage([ran({ f: 1, g: 0, h: 0 }), ran({ f: 1, g: 1 })]).totals.functions).toEqual({
      covered: 2,
      total: 3,
    });
  });

  test('what only some reports measure is null only where nobody measures it', () => {
    const merged = mergeCoverage([
      aReport({ 'a.ts': lines({ 1: 1 }) }),
      aReport({
        'b.ts': (file) => {
          file.branches(1, 1, 2);
        },
      }),
    ]);
    expect(merged.totals).toMatchObject({ branches: { covered: 1, total: 2 }, functions: null });
  });

  test('a file with lines counts by them, where another report gives only its numbers', () => {
    const summary = aReport({
      'a.ts': (file) => {
        file.totals('lines', 9, 10);
        file.totals('functions', 1, 2);
      },
      'b.ts': (file) => {
        file.totals('lines', 1, 4);
      },
    });
    const detailed = aReport({ 'a.ts': lines({ 1: 1, 2: 0 }) });
    expect(summaryOf(mergeCoverage([summary, detailed]))).toMatchObject({ lines: '2/6', functions: '1/2' });
  });

  test('two reports that give only numbers of one file are the same measurement', () => {
    const aFile = (covered: number): CoverageReport =>
      aReport({
        'a.ts': (file) => {
          file.totals('lines', covered, 10);
        },
      });
    expect(mergeCoverage([aFile(4), aFile(6)]).totals.lines).toEqual({ covered: 6, total: 10 });
  });

  test('reports without files add up among themselves', () => {
    const merged = mergeCoverage([numbersOnly(1, 2), numbersOnly(3, 8, { covered: 1, total: 1 })]);
    expect(merged.totals).toEqual({
      lines: { covered: 4, total: 10 },
      branches: { covered: 1, total: 1 },
      functions: null,
    });
  });

  test('reports without files do not count beside reports with files', () => {
    const merged = mergeCoverage([numbersOnly(90, 100), aReport({ 'a.ts': lines({ 1: 1 }) })]);
    expect(merged.totals.lines).toEqual({ covered: 1, total: 1 });
  });

  test('the totals are the sums of the files', () => {
    const merged = mergeCoverage([
      aReport({ 'a.ts': lines({ 1: 1, 2: 0 }), 'b.ts': lines({ 1: 0 }) }),
      aReport({ 'a.ts': lines({ 2: 1 }), 'c.ts': lines({ 4: 1 }) }),
    ]);
    const sum = (part: keyof CoveredOf): number =>
      merged.files.reduce((all, file: FileCoverage) => all + file.totals.lines[part], 0);
    expect(merged.totals.lines).toEqual({ covered: sum('covered'), total: sum('total') });
  });
});
