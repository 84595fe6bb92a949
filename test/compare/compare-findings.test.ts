import { describe, expect, test } from 'vitest';
import { compareFindings, findingsOnDiff } from '../../src/compare/compare-findings.ts';
import type { EarlierFinding } from '../../src/model/comparison.ts';
import type { Diff } from '../../src/model/diff.ts';
import type { EarlierFindings } from '../../src/model/earlier-run.ts';
import { aFinding, aFindingsReport } from '../builders.ts';

const ids = { a: '00000000000000fa', b: '00000000000000fb', c: '00000000000000fc' };

function earlier(...findings: readonly EarlierFinding[]): EarlierFindings {
  return {
    ids: new Set(findings.map(({ id }) => id)),
    findings: new Map(findings.map((finding) => [finding.id, finding])),
    complete: true,
  };
}

function diff(overrides: Partial<Diff['files'][number]> = {}): Diff {
  const hunks = [{ oldStart: 1, newStart: 10, lines: '+++' }];
  return {
    files: [
      {
        oldPath: 'src/checkout.ts',
        newPath: 'src/checkout.ts',
        change: 'modified',
        hunks,
        complete: true,
        ...overrides,
      },
    ],
    complete: true,
  };
}

describe('findings', () => {
  test.each([
    {
      name: 'one that the target branch does not have is new',
      now: [aFinding({ id: ids.a })],
      before: earlier(),
      expected: { fresh: [ids.a], fixed: 0, existing: 0 },
    },
    {
      name: 'one whose line moved is the same one',
      now: [aFinding({ id: ids.a, line: 90 })],
      before: earlier(aFinding({ id: ids.a, line: 3 })),
      expected: { fresh: [], fixed: 0, existing: 1 },
    },
    {
      name: 'one that is gone is fixed',
      now: [],
      before: earlier(aFinding({ id: ids.a })),
      expected: { fresh: [], fixed: 1, existing: 0 },
    },
    {
      name: 'one that is suppressed now counts as fixed, not as new',
      now: [aFinding({ id: ids.a, suppressed: true }), aFinding({ id: ids.b, suppressed: true })],
      before: earlier(aFinding({ id: ids.a })),
      expected: { fresh: [], fixed: 1, existing: 0 },
    },
  ])('$name', ({ now, before, expected }) => {
    const result = compareFindings(aFindingsReport({ findings: now }), before, null);
    expect({
      fresh: result.fresh.map(({ finding }) => finding.id),
      fixed: result.fixed.count,
      existing: result.existing,
    }).toEqual(expected);
  });

  test('whether a new one is on a changed line is not known in a file whose lines GitLab omits', () => {
    const now = aFindingsReport({ findings: [aFinding({ line: 11 })] });
    const omitting = diff({ hunks: [], complete: false });
    expect(compareFindings(now, earlier(), omitting).fresh[0]?.onChangedLine).toBeNull();
  });

  test.each([
    { name: 'on a line that the diff adds', line: 11, endLine: null, expected: true },
    { name: 'reaching into such a line', line: 8, endLine: 10, expected: true },
    { name: 'before them', line: 9, endLine: null, expected: false },
    { name: 'behind them', line: 13, endLine: 20, expected: false },
    { name: 'without a line', line: null, endLine: null, expected: null },
  ])('a new one $name: $expected', ({ line, endLine, expected }) => {
    const now = aFindingsReport({ findings: [aFinding({ line, endLine })] });
    expect(compareFindings(now, earlier(), diff()).fresh[0]?.onChangedLine).toBe(expected);
  });

  test('those on changed lines come first, then the more severe', () => {
    const now = aFindingsReport({
      findings: [
        aFinding({ id: ids.a, line: 99, severity: 'critical' }),
        aFinding({ id: ids.b, line: 10, severity: 'low' }),
        aFinding({ id: ids.c, line: 11, severity: 'high' }),
      ],
    });
    expect(compareFindings(now, earlier(), diff()).fresh.map(({ finding }) => finding.id)).toEqual([
      ids.c,
      ids.b,
      ids.a,
    ]);
  });

  describe('in a file that the diff renames', () => {
    const renamed = diff({ oldPath: 'src/till.ts', newPath: 'src/checkout.ts', change: 'renamed' });
    test('one that says the same is the same one', () => {
      const now = aFindingsReport({ findings: [aFinding({ id: ids.a })] });
      const result = compareFindings(now, earlier(aFinding({ id: ids.b, path: 'src/till.ts' })), renamed);
      expect([result.fresh.length, result.fixed.count, result.existing]).toEqual([0, 0, 1]);
    });

    test('two that say the same cannot be distinguished: they are new', () => {
      const now = aFindingsReport({ findings: [aFinding({ id: ids.a }), aFinding({ id: ids.c })] });
      const result = compareFindings(now, earlier(aFinding({ id: ids.b, path: 'src/till.ts' })), renamed);
      expect([result.fresh.length, result.fixed.count]).toEqual([2, 1]);
    });

    test('another rule is another finding', () => {
      const now = aFindingsReport({ findings: [aFinding({ id: ids.a, rule: 'eqeqeq' })] });
      const result = compareFindings(now, earlier(aFinding({ id: ids.b, path: 'src/till.ts' })), renamed);
      expect([result.fresh.length, result.fixed.count]).toEqual([1, 1]);
    });
  });

  test.each([
    { name: 'more now than are listed', now: aFindingsReport({ omittedFindings: 5 }), before: earlier() },
    { name: 'more before than were kept', now: aFindingsReport(), before: { ...earlier(), complete: false } },
  ])('$name: it is said that this is not all', ({ now, before }) => {
    expect(compareFindings(now, before, null).complete).toBe(false);
  });
});

describe('findings without any to compare with', () => {
  const judged = (changes: Parameters<typeof aFinding>[0], on: Diff = diff()): 'new' | 'not known' => {
    const { fresh, undecided, fixed, existing } = findingsOnDiff(
      aFindingsReport({ findings: [aFinding(changes)] }),
      on,
    );
    expect({ all: fresh.length + undecided.length, fixed: fixed.count, existing }).toEqual({
      all: 1,
      fixed: 0,
      existing: 0,
    });
    return fresh.length === 1 ? 'new' : 'not known';
  };

  test.each([
    { name: 'on a line that the diff adds', finding: { line: 11 }, expected: 'new' },
    { name: 'on another line', finding: { line: 2 }, expected: 'not known' },
    { name: 'without a line', finding: { line: null }, expected: 'not known' },
    { name: 'in another file', finding: { line: 11, path: 'src/other.ts' }, expected: 'not known' },
    { name: 'without a file', finding: { line: null, path: null }, expected: 'not known' },
  ])('one $name is $expected', ({ finding, expected }) => {
    expect(judged(finding)).toBe(expected);
  });

  test('one in a file that the diff adds is new, whether or not GitLab gave its lines', () => {
    expect(judged({ line: null }, diff({ change: 'added' }))).toBe('new');
    expect(judged({ line: 90 }, diff({ change: 'added', hunks: [], complete: false }))).toBe('new');
  });

  test('one in a file whose lines GitLab left out is not known', () => {
    expect(judged({ line: 11 }, diff({ hunks: [], complete: false }))).toBe('not known');
  });

  test('one that is suppressed is neither', () => {
    const now = aFindingsReport({ findings: [aFinding({ line: 11, suppressed: true })] });
    expect(findingsOnDiff(now, diff())).toMatchObject({ fresh: [], undecided: [] });
  });
});
