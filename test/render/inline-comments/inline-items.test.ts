import { describe, expect, test } from 'vitest';
import { changedLines } from '../../../src/diff/changed-lines.ts';
import { parseUnifiedDiff } from '../../../src/diff/parse-unified-diff.ts';
import type { Finding } from '../../../src/model/findings.ts';
import type { InlineKind } from '../../../src/model/inline-comment.ts';
import type { Summary } from '../../../src/model/summary.ts';
import { inlineBody } from '../../../src/render/inline-comments/inline-body.ts';
import { type InlineRun, inlineRun } from '../../../src/render/inline-comments/inline-items.ts';
import { english as words } from '../../../src/render/words/english.ts';
import {
  aComparison,
  aFailedTest,
  aFinding,
  aFindingsReport,
  aReadFile,
  aSummary,
  aTestFailure,
  aTestsComparison,
  aTestsReport,
} from '../../builders.ts';

/** Lines 10 to 14 of `src/checkout.ts` are new. */
const diff = parseUnifiedDiff(`diff --git a/src/checkout.ts b/src/checkout.ts
--- a/src/checkout.ts
+++ b/src/checkout.ts
@@ -9,1 +9,6 @@
 nine
+ten
+eleven
+twelve
+thirteen
+fourteen
`);

const kinds: readonly InlineKind[] = ['findings', 'tests', 'coverage'];

function run(
  summary: Partial<Summary>,
  changes: { kinds?: readonly InlineKind[]; severity?: 'high' } = {},
): InlineRun {
  const all = aSummary({ diff, ...summary });
  const sources = new Map([
    ['src/checkout.ts', Array.from({ length: 20 }, (_, index) => `  code ${index + 1};`)],
  ]);
  const wishes = { kinds: changes.kinds ?? kinds, severity: changes.severity ?? ('medium' as const) };
  return inlineRun(all, wishes, { changed: changedLines(diff), sources, words });
}

function found(...findings: readonly Finding[]): Partial<Summary> {
  return {
    findings: aFindingsReport({ findings }),
    comparison: aComparison({
      findings: {
        fresh: findings.map((finding) => ({ finding, onChangedLine: true })),
        fixed: { items: [], count: 0 },
        existing: 0,
        undecided: [],
        complete: true,
      },
    }),
  };
}

const flaw = aFinding({ line: 11 });

describe('new findings on changed lines', () => {
  test('say how grave, which rule of which tool, and what', () => {
    const { items } = run(found({ ...flaw, ruleUrl: 'https://eslint.org/docs/latest/rules/no-unused-vars' }));
    expect(items.map(({ place }) => place)).toEqual([{ path: 'src/checkout.ts', start: 11, end: 11 }]);
    const body = inlineBody(items, words);
    expect(body).toContain('https://eslint.org/docs/latest/rules/no-unused-vars');
    expect(body).toContain('no-unused-vars');
    expect(body).toContain('(eslint)');
    expect(body).toContain('x is never used');
  });

  test.each([
    ['a finding of many lines stands on the changed ones of them', { line: 3, endLine: 12 }, [10, 12]],
    ['and reaches no further than they do', { line: 13, endLine: 40 }, [13, 14]],
  ])('%s', (_why, changes, [start, end]) => {
    const [item] = run(found({ ...flaw, ...changes })).items;
    expect(item?.place).toMatchObject({ start, end });
    expect(item?.extent).toEqual({ start: changes.line, end: changes.endLine });
  });

  test.each([
    ['none where no line of it is changed', found({ ...flaw, line: 3, endLine: null }), {}],
    ['none without a line', found({ ...flaw, line: null }), {}],
    ['none below the severity that is asked for', found(flaw), { severity: 'high' as const }],
    ['none of a kind that is not asked for', found(flaw), { kinds: ['tests'] as const }],
  ])('%s', (_why, summary, changes) => {
    expect(run(summary, changes).items).toEqual([]);
  });

  test('a comment where nothing changed is alive all the same: its thread is not resolved', () => {
    const { alive, items } = run(found({ ...flaw, line: 3 }));
    const [named] = run(found(flaw)).items;
    expect(items).toEqual([]);
    expect(alive.has(named?.id ?? '')).toBe(true);
  });

  test('a suppressed one is not', () => {
    const [named] = run(found(flaw)).items;
    const { alive } = run({ findings: aFindingsReport({ findings: [{ ...flaw, suppressed: true }] }) });
    expect(alive.has(named?.id ?? '')).toBe(false);
  });
});

describe('what a tool offers to change', () => {
  const fix = {
    startLine: 11,
    endLine: 12,
    replacement: 'eleven and\ntwelve',
    columns: null,
    description: null,
  };
  const bodyOf = (changes: Partial<Finding>): string =>
    inlineBody(run(found({ ...flaw, ...changes })).items, words);

  test('is a suggestion for the lines of the comment', () => {
    const [item] = run(found({ ...flaw, fix })).items;
    expect(item?.place).toMatchObject({ start: 11, end: 12 });
    expect(bodyOf({ fix })).toContain('```suggestion:-1+0\neleven and\ntwelve\n```');
  });

  test('deletes lines', () => {
    expect(bodyOf({ fix: { ...fix, replacement: '' } })).toContain('```suggestion:-1+0\n```');
  });

  test('of lines that the diff does not show is code to read', () => {
    const body = bodyOf({ fix: { ...fix, startLine: 8, endLine: 12 } });
    expect(body).not.toContain('suggestion');
    expect(body).toContain('The tool’s fix for lines 8 to 12:');
  });

  test('of parts of lines is not said: it would delete the rest', () => {
    const body = bodyOf({ fix: { ...fix, columns: { start: 3, end: 4 } } });
    expect(body).not.toContain('eleven and');
  });

  test.each([
    ['ends the fence', 'x\n```\n/approve\n'],
    ['is a command', '/approve'],
    ['hides what it does', 'x\u202ey'],
  ])('that %s is no suggestion that does so', (_why, replacement) => {
    const body = bodyOf({ fix: { ...fix, replacement } });
    const [, fence = '', inside = ''] = /^(`{3,})suggestion[^\n]*\n([^]*?)\n\1$/m.exec(body) ?? [];
    expect(inside.includes(fence) && fence !== '').toBe(false);
    expect(body.split('\n').some((line) => line.startsWith('/'))).toBe(false);
    expect(body).not.toContain('\u202e');
  });

  test('is apart from the others, so that one click applies one change', () => {
    const two = [
      { ...flaw, fix: { ...fix, endLine: 11 } },
      aFinding({ id: '00000000000000f2', line: 12, fix: { ...fix, startLine: 12 } }),
    ];
    expect(run(found(...two)).items.map(({ group }) => group)).toEqual([null, null]);
  });
});

describe('tests that fail since this change', () => {
  const failing = (details: string, changes: object = {}): Partial<Summary> => {
    const broken = aFailedTest({ file: null, line: null, failure: aTestFailure({ details }), ...changes });
    return {
      tests: aTestsReport({ cases: [broken] }),
      comparison: aComparison({ tests: aTestsComparison({ newFailures: [broken] }) }),
    };
  };

  test.each([
    ['the first frame on a changed line', 'at f (src/checkout.ts:12:3)\nat g (src/checkout.ts:11:3)', 12],
    ['frames elsewhere are passed over', 'at f (src/other.ts:12:3)\nat g (src/checkout.ts:13:1)', 13],
    ['a path from the folder of the tool', 'at f (checkout.ts:12:3)', 12],
    ['a path of the machine that ran it', 'at f (/builds/shop/shop/src/checkout.ts:14:1)', 14],
  ])('stand on %s', (_why, details, line) => {
    expect(run(failing(details)).items.map(({ place }) => place)).toEqual([
      { path: 'src/checkout.ts', start: line, end: line },
    ]);
  });

  test('are on their own line where the stack names none', () => {
    const { items } = run(failing('expected 1 to be 2', { file: 'src/checkout.ts', line: 10 }));
    expect(items.map(({ place }) => place.start)).toEqual([10]);
    expect(inlineBody(items, words)).toContain('expected 1 to be 2');
  });

  test.each([
    ['no line of the diff has part in it', 'at f (src/checkout.ts:3:1)'],
    ['the name of the file could be two', 'at f (other.ts:12:3)'],
  ])('say nothing where %s', (_why, details) => {
    expect(run(failing(details)).items).toEqual([]);
  });

  test('of one line are one comment', () => {
    const [a, b] = [1, 2].map((n) =>
      aFailedTest({
        id: `000000000000000${n}`,
        name: `test ${n}`,
        failure: aTestFailure({ details: 'at f (src/checkout.ts:12:3)' }),
      }),
    );
    if (a === undefined || b === undefined) throw new Error('two tests');
    const { items } = run({
      tests: aTestsReport({ cases: [a, b] }),
      comparison: aComparison({ tests: aTestsComparison({ newFailures: [a, b] }) }),
    });
    expect(new Set(items.map(({ group }) => group)).size).toBe(1);
    expect(inlineBody(items, words)).toMatch(/test 1[^]*test 2/);
  });
});

describe('changed lines that no test runs', () => {
  const uncovered = (...ranges: readonly (readonly [number, number])[]): Partial<Summary> => ({
    comparison: aComparison({
      patch: {
        lines: { covered: 1, total: 5 },
        notInstrumented: 0,
        complete: true,
        files: [
          {
            path: 'src/checkout.ts',
            lines: { covered: 1, total: 5 },
            notInstrumented: 0,
            uncovered: ranges.map(([start, end]) => ({ start, end })),
          },
        ],
      } as never,
    }),
  });

  test('are said by the stretch', () => {
    const { items } = run(uncovered([10, 12], [14, 14]));
    expect(items.map((item) => [item.place.start, item.place.end, inlineBody([item], words)])).toEqual([
      [10, 12, expect.stringContaining('No test runs these 3 lines.')],
      [14, 14, expect.stringContaining('No test runs this line.')],
    ]);
  });

  test('are the same stretch when it grows at its end', () => {
    const [before] = run(uncovered([10, 11])).items;
    const [after] = run(uncovered([10, 13])).items;
    expect(after?.id).toBe(before?.id);
  });

  test('are not judged by a run without a coverage report: nothing is resolved', () => {
    const known = run(uncovered([10, 11]));
    expect(known.sources.size).toBe(1);
    expect(run({ comparison: aComparison() }).sources.size).toBe(0);
  });
});

describe('what a run can judge', () => {
  test('the reports that it read, of the kinds that are asked for', () => {
    const files = [aReadFile({ path: 'a.json' }), aReadFile({ path: 'b.json', error: 'broken' })];
    expect(run({ ...found(flaw), files }, { kinds: ['findings'] }).sources.size).toBe(1);
  });

  test.each([
    [
      'findings were cut from the report',
      { findings: aFindingsReport({ findings: [flaw], omittedFindings: 5 }) },
    ],
    ['the diff is not whole', { diff: { ...diff, complete: false } }],
    ['there is no diff', { diff: null }],
  ])('nothing where %s', (_why, changes) => {
    const files = [aReadFile({ path: 'a.json' })];
    expect(run({ ...found(flaw), files, ...changes }, { kinds: ['findings'] }).sources.size).toBe(0);
  });
});
