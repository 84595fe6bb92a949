import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Summary } from '../../src/model/summary.ts';
import { findQuickActions } from '../../src/render/find-quick-actions.ts';
import { renderHtml } from '../../src/render/html.ts';
import { english } from '../../src/render/languages/english.ts';
import { renderMarkdown } from '../../src/render/markdown.ts';
import { commentDocument, fullDocument } from '../../src/render/render-comment.ts';
import { visibleLine } from '../../src/render/visible-text.ts';
import {
  aBaseline,
  aComparison,
  aFailedTest,
  aFinding,
  aFindingsReport,
  aGateVerdict,
  aJob,
  aPipelineWithJobs,
  aReadFile,
  aSummary,
  aTestFailure,
  aTestsComparison,
  aTestsReport,
} from '../builders.ts';
import { parsedByGitLab, referencesIn, tagsOf, textOf } from './gitlab-view.ts';
import { hostileText } from './hostile-text.ts';
import { situations } from './situations.ts';

const version = '1.0.0';

function comment(summary: Summary, maxCharacters = 60_000): string {
  return renderMarkdown(commentDocument(summary, english, { title: null, maxCharacters, version }));
}

function failures(count: number, message = 'expected 200, got 500'): Summary {
  const cases = Array.from({ length: count }, (_, index) =>
    aFailedTest({
      id: index.toString(16).padStart(16, '0'),
      name: `test ${index}`,
      failure: aTestFailure({ message }),
    }),
  );
  return aSummary({
    tests: aTestsReport({ cases }),
    comparison: aComparison({ tests: aTestsComparison({ newFailures: cases }) }),
  });
}

describe('the size of a comment', () => {
  test.each([1_000, 2_000, 5_000, 20_000, 60_000])('never exceeds %i characters', (maxCharacters) => {
    for (const summary of [...Object.values(situations), failures(3_000, 'x'.repeat(900))])
      expect(comment(summary, maxCharacters).length).toBeLessThanOrEqual(maxCharacters);
  });

  test.each([1_500, 3_000, 8_000, 60_000])(
    'what %i characters leave out is counted exactly',
    (maxCharacters) => {
      const markdown = comment(failures(300), maxCharacters);
      const told = markdown.match(/<code>test \d+<\/code>|`test \d+`/g)?.length ?? 0;
      const counted = /(\d+) (?:more are in the full report|failing tests)/.exec(markdown)?.[1] ?? '0';
      expect(told + Number(counted)).toBe(300);
    },
  );

  test('the verdict and the way to the full report are in the smallest comment', () => {
    const markdown = comment(failures(300), 1_000);
    expect(markdown).toContain('300 of 300 tests fail');
    expect(markdown).toContain('herald-report.html');
  });

  test('nothing is cut inside: every block that opens closes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1_000, max: 20_000 }),
        fc.integer({ min: 1, max: 80 }),
        (maxCharacters, count) => {
          const tags = tagsOf(parsedByGitLab(comment(failures(count), maxCharacters)));
          expect(tags.filter((tag) => tag === 'details').length % 2).toBe(0);
          expect(tags.filter((tag) => tag === 'code').length % 2).toBe(0);
        },
      ),
      { numRuns: 40 },
    );
  });

  test('the full report tells every failing test', () => {
    const markdown = renderMarkdown(
      fullDocument(failures(300), english, { title: null, maxDetails: 5_000, version }),
    );
    expect(markdown.match(/<code>test \d+<\/code>/g)).toHaveLength(300);
  });
});

/** Every place of a summary that a stranger can write, with the same text in it. */
function hostileSummary(value: string): Summary {
  const failed = aFailedTest({
    name: value,
    suite: value,
    className: value,
    file: value,
    failure: aTestFailure({
      type: value,
      message: value,
      details: `${value}\n    at ${value}\n/merge ${value}`,
    }),
  });
  const known = { ...failed, id: '00000000000000a2', flaky: true, runs: 3, failedRuns: 2 };
  return aSummary({
    tests: aTestsReport({ cases: [failed, known] }),
    findings: aFindingsReport({ findings: [aFinding({ message: value, path: value, rule: value })] }),
    pipeline: aPipelineWithJobs([
      aJob({ name: value, stage: value, status: 'failed', failureReason: value }),
      aJob({ id: 502, name: value, stage: value, status: 'failed', failureReason: null, allowFailure: true }),
    ]),
    comparison: aComparison({
      baseline: aBaseline({ ref: value }),
      tests: aTestsComparison({ newFailures: [failed], stillFailing: [known] }),
    }),
    gates: [aGateVerdict({ condition: value, message: value })],
    files: [aReadFile({ path: value, error: value })],
    warnings: [
      { path: value, message: value },
      { path: null, message: value },
    ],
  });
}

const rowsAndFolds = (html: string): readonly (number | undefined)[] =>
  [/<tr>/g, /<details/g, /<\/details>/g, /<h\d/g].map((pattern) => html.match(pattern)?.length);

describe('a comment about hostile names', () => {
  test('mentions, refers, commands and breaks nothing, and every name can be read', () => {
    const expected = rowsAndFolds(parsedByGitLab(comment(hostileSummary('plain'))));
    fc.assert(
      fc.property(hostileText, (value) => {
        // Without a word to it a name is left out or shown as quotes; the lines of a message and of a plain one differ.
        fc.pre(/[\p{L}\p{N}]/u.test(visibleLine(value)));
        const markdown = comment(hostileSummary(value));
        const html = parsedByGitLab(markdown);
        expect(findQuickActions(markdown), markdown).toEqual([]);
        expect(referencesIn(html), markdown).toEqual([]);
        expect(textOf(html).replace(/\s+/gu, ''), markdown).toContain(
          visibleLine(value).replace(/\s+/gu, ''),
        );
        expect(html, markdown).not.toMatch(/<(?:script|img|b|input|math|sup)\b/i);
        expect(rowsAndFolds(html), markdown).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  test('puts no element of a stranger into the page', () => {
    fc.assert(
      fc.property(hostileText, (value) => {
        const html = renderHtml(
          commentDocument(hostileSummary(value), english, { title: value, maxCharacters: 60_000, version }),
        );
        expect(html).not.toMatch(/<(?:script|img|b|input|math|br)\b/i);
        expect([...html.matchAll(/href="([^"]*)"/g)].every(([, url = '']) => /^https?:\/\//.test(url))).toBe(
          true,
        );
      }),
      { numRuns: 300 },
    );
  });
});
