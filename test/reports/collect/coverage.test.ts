import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CoverageCollector, createCoverageCollector } from '../../../src/reports/collect/coverage.ts';
import { createPathResolver } from '../../../src/reports/collect/source-paths.ts';
import { ratio, summaryOf } from '../coverage-summary.ts';

function aCollector(): { collector: CoverageCollector; warnings: string[] } {
  const warnings: string[] = [];
  const resolvePath = createPathResolver({ projectDirectory: '/project', knownFiles: null });
  return { collector: createCoverageCollector(resolvePath, (message) => warnings.push(message)), warnings };
}

describe('createCoverageCollector', () => {
  test('a report that says nothing has no lines and measures nothing else', () => {
    const { collector, warnings } = aCollector();
    expect(summaryOf(collector.finish())).toEqual({
      lines: '0/0',
      branches: null,
      functions: null,
      files: {},
    });
    expect(warnings).toEqual([]);
  });

  test('a line said twice keeps its higher count', () => {
    const { collector } = aCollector();
    for (const hits of [2, 5, 0]) collector.file('a.ts').line(3, hits);
    expect(collector.finish().files[0]?.hits).toEqual(Int32Array.from([-1, -1, -1, 5]));
  });

  test.each([
    { name: 'negative', hits: -3, kept: 0 },
    { name: 'no number', hits: Number.NaN, kept: 0 },
    { name: 'a fraction', hits: 0.2, kept: 1 },
    { name: 'huge', hits: 1e300, kept: 2_147_483_647 },
    { name: 'infinite', hits: Number.POSITIVE_INFINITY, kept: 2_147_483_647 },
  ])('a count that is $name is kept as $kept', ({ hits, kept }) => {
    const { collector } = aCollector();
    collector.file('a.ts').line(1, hits);
    expect(collector.finish().files[0]?.hits[1]).toBe(kept);
  });

  test('branches of a line are united when the format can distinguish them', () => {
    const { collector } = aCollector();
    const file = collector.file('a.ts');
    for (const [id, taken] of [
      ['then', true],
      ['else', false],
      ['then', false],
      ['else', true],
      ['third', false],
    ] as const) {
      file.branch(4, id, taken);
    }
    expect(collector.finish().files[0]?.branches).toEqual([{ line: 4, covered: 2, total: 3 }]);
  });

  test('branches that are only counted keep the higher numbers, in the order of lines', () => {
    const { collector } = aCollector();
    const file = collector.file('a.ts');
    file.branches(9, 1, 2);
    file.branches(4, 1, 2);
    file.branches(4, 0, 4);
    file.branches(4, 9, 3);
    file.branch(9, 'only', true);
    expect(collector.finish().files[0]?.branches).toEqual([
      { line: 4, covered: 3, total: 4 },
      { line: 9, covered: 1, total: 2 },
    ]);
  });

  test('functions of one name are one function', () => {
    const { collector } = aCollector();
    for (const [name, hits] of [
      ['add', 0],
      ['add', 2],
      ['drop', 0],
    ] as const) {
      collector.file('a.ts').function(name, hits);
    }
    expect(ratio(collector.finish().totals.functions)).toBe('1/2');
  });

  test('paths that turn out to be the same file are united', () => {
    const { collector } = aCollector();
    const absolute = collector.file('/project/src/a.ts');
    absolute.line(1, 0);
    absolute.branch(1, 'x', true);
    absolute.function('f', 1);
    const relative = collector.file('./src/a.ts');
    relative.line(1, 4);
    relative.line(2, 0);
    relative.branches(1, 0, 2);
    relative.function('g', 0);
    relative.totals('lines', 1, 2);
    expect(summaryOf(collector.finish())).toEqual({
      lines: '1/2',
      branches: '1/2',
      functions: '1/2',
      files: { 'src/a.ts': { lines: '1:4 2:0', branches: '1:1/2' } },
    });
  });

  test('source roots count wherever in the report they are named', () => {
    const { collector } = aCollector();
    collector.file('a.ts').line(1, 1);
    collector.sourceRoot('/project/src');
    expect(collector.finish().files.map(({ path }) => path)).toEqual(['src/a.ts']);
  });

  test('stated numbers stand in for files that list nothing', () => {
    const { collector, warnings } = aCollector();
    collector.file('a.ts').totals('lines', 3, 4);
    collector.file('b.ts').line(1, 1);
    collector.file('b.ts').totals('lines', 1, 1);
    collector.totals('branches', 1, 8);
    const report = collector.finish();
    expect(summaryOf(report)).toMatchObject({ lines: '4/5', branches: '1/8', functions: null });
    expect(report.files.map(({ totals }) => ratio(totals.branches))).toEqual(['0/0', '0/0']);
    expect(warnings).toEqual([]);
  });

  test.each([
    { name: 'covered above total', stated: [9, 4], kept: '4/4' },
    { name: 'fractions', stated: [2.9, 4.2], kept: '2/4' },
    { name: 'huge', stated: [1e300, 1e300], kept: '1000000000/1000000000' },
    { name: 'negative', stated: [-1, 4], kept: '0/0' },
    { name: 'no numbers', stated: [Number.NaN, Number.NaN], kept: '0/0' },
  ] as const)('stated numbers that are unsound become sound: $name', ({ stated, kept }) => {
    const { collector } = aCollector();
    collector.totals('lines', stated[0], stated[1]);
    expect(ratio(collector.finish().totals.lines)).toBe(kept);
  });

  test('stated numbers that nearly agree are not a contradiction', () => {
    const { collector, warnings } = aCollector();
    for (let line = 1; line <= 100; line += 1) collector.file('a.ts').line(line, line <= 50 ? 1 : 0);
    collector.totals('lines', 51, 102);
    expect(ratio(collector.finish().totals.lines)).toBe('50/100');
    expect(warnings).toEqual([]);
  });

  test('a single file at the highest line is read', () => {
    const { collector, warnings } = aCollector();
    collector.file('a.ts').line(1_000_000, 1);
    expect(collector.finish().files[0]?.hits.length).toBe(1_000_001);
    expect(warnings).toEqual([]);
  });

  test.each([0, -1, 1_000_001, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('line %d is left out', (line) => {
    const { collector, warnings } = aCollector();
    const file = collector.file('a.ts');
    file.line(line, 1);
    file.branches(line, 1, 2);
    file.branch(line, 'x', true);
    expect(summaryOf(collector.finish()).files).toEqual({ 'a.ts': { lines: '', branches: '' } });
    expect(warnings).toEqual([
      expect.stringContaining('line numbers outside of 1 to 1000000 are ignored: 3'),
    ]);
  });

  test('many files with one high line each get little room, with one warning', () => {
    const { collector, warnings } = aCollector();
    for (let number = 0; number < 10_000; number += 1) collector.file(`${number}.ts`).line(900_000, 1);
    const report = collector.finish();
    const cells = report.files.reduce((sum, { hits }) => sum + hits.length, 0);
    expect(cells).toBeLessThan(4_000_000);
    expect(warnings).toEqual([expect.stringContaining('numbers too high for so few lines')]);
  });

  test('files beyond the limit are left out, with a warning', () => {
    const { collector, warnings } = aCollector();
    for (let number = 0; number < 100_002; number += 1) collector.file(`${number}.ts`).line(1, 1);
    expect(ratio(collector.finish().totals.lines)).toBe('100000/100000');
    expect(warnings).toEqual(['only the first 100000 files are read; the others are ignored']);
  });

  test('two million lines of two thousand files are all kept', () => {
    const { collector, warnings } = aCollector();
    for (let number = 0; number < 2_000; number += 1) {
      const file = collector.file(`src/${number}.ts`);
      for (let line = 3; line <= 3_000; line += 3) file.line(line, line % 2);
    }
    expect(ratio(collector.finish().totals.lines)).toBe('1000000/2000000');
    expect(warnings).toEqual([]);
  });

  test('whatever a format says, totals are sums of files and covered is at most total', () => {
    const number = fc.oneof(fc.integer({ min: -2, max: 40 }), fc.double(), fc.constant(2 ** 40));
    const part = fc.constantFrom('lines' as const, 'branches' as const, 'functions' as const);
    const call = fc.record({
      path: fc.constantFrom('a.ts', './a.ts', '/project/b.ts', '../c.ts', '', 'C:\\d.ts'),
      what: fc.constantFrom('line', 'branches', 'branch', 'function', 'totals'),
      part,
      numbers: fc.tuple(number, number, number),
    });
    fc.assert(
      fc.property(fc.array(call, { maxLength: 60 }), (calls) => {
        const { collector } = aCollector();
        for (const { path, what, part: of, numbers } of calls) {
          const [first, second, third] = numbers;
          const file = collector.file(path);
          if (what === 'line') file.line(first, second);
          else if (what === 'branches') file.branches(first, second, third);
          else if (what === 'branch') file.branch(first, `${second}`, third > 0);
          else if (what === 'function') file.function(`${first}`, second);
          else file.totals(of, first, second);
        }
        const { totals, files } = collector.finish();
        for (const name of ['lines', 'branches', 'functions'] as const) {
          const sum = files.reduce((all, file) => all + (file.totals[name]?.total ?? 0), 0);
          expect(totals[name]?.total ?? 0).toBe(sum);
          expect(totals[name]?.covered ?? 0).toBeLessThanOrEqual(sum);
        }
        expect(new Set(files.map(({ path }) => path)).size).toBe(files.length);
      }),
    );
  });
});
