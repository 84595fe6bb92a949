import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Summary } from '../../src/model/summary.ts';
import { findQuickActions } from '../../src/render/find-quick-actions.ts';
import { renderHtml } from '../../src/render/html.ts';
import { english } from '../../src/render/languages/english.ts';
import { renderMarkdown } from '../../src/render/markdown.ts';
import { parseMarkdown } from '../../src/render/parse-markdown.ts';
import { commentDocument, fullDocument } from '../../src/render/render-comment.ts';
import { plainLayout } from '../../src/render/section.ts';
import { visibleLine } from '../../src/render/visible-text.ts';
import {
  aBaseline,
  aComparison,
  aCoverageComparison,
  aCoverageReport,
  aFailedTest,
  aFinding,
  aFindingsReport,
  aGateVerdict,
  aJob,
  aMergeRequest,
  aMetric,
  aMetricsReport,
  aPipelineWithJobs,
  aReadFile,
  aSummary,
  aTestFailure,
  aTestsComparison,
  aTestsReport,
} from '../builders.ts';
import { parsedByGitLab, referencesIn, tagsOf, textOf } from './gitlab-view.ts';
import { hostileText } from './hostile-text.ts';
import { allSituations } from './situations-of-layout.ts';
import { aMetricChange } from './situations-of-measures.ts';

const version = '1.0.0';

function comment(summary: Summary, maxCharacters = 60_000): string {
  return renderMarkdown(commentDocument(summary, english, { title: null, maxCharacters, version }));
}

/** Each fails in its own way unless the message is given. */
function failures(count: number, message?: string): Summary {
  const cases = Array.from({ length: count }, (_, index) =>
    aFailedTest({
      id: index.toString(16).padStart(16, '0'),
      name: `test ${index}`,
      failure: aTestFailure({ message: message ?? `expected ${'x'.repeat(index % 977)}`, type: `E${index}` }),
    }),
  );
  return aSummary({
    tests: aTestsReport({ cases }),
    comparison: aComparison({ tests: aTestsComparison({ newFailures: cases }) }),
  });
}

describe('the size of a comment', () => {
  test.each([1_000, 2_000, 5_000, 20_000, 60_000])('never exceeds %i characters', (maxCharacters) => {
    for (const summary of [
      ...Object.values(allSituations).map((situation) => situation.summary),
      failures(3_000, 'x'.repeat(900)),
      failures(3_000),
    ])
      expect(comment(summary, maxCharacters).length).toBeLessThanOrEqual(maxCharacters);
  });

  test.each([1_500, 3_000, 8_000, 60_000])(
    'what %i characters leave out is counted exactly',
    (maxCharacters) => {
      for (const summary of [failures(300), failures(300, 'expected 200, got 500')]) {
        const markdown = comment(summary, maxCharacters);
        const told = markdown.match(/<code>test \d+<\/code>|`test \d+`/g)?.length ?? 0;
        const counted = /(\d+) (?:more are in the full report|failing tests)/.exec(markdown)?.[1] ?? '0';
        expect(told + Number(counted)).toBe(300);
      }
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

  test.each([undefined, 'expected 200, got 500'])(
    'the full report tells every failing test, alike or not: %s',
    (message) => {
      const markdown = renderMarkdown(
        fullDocument(failures(300, message), english, { title: null, maxDetails: 5_000, version }),
      );
      expect(markdown.match(/<code>test \d+<\/code>|`test \d+`/g)).toHaveLength(300);
    },
  );
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
  const alike = ['a4', 'a5', 'a6'].map((id) => ({
    ...failed,
    id,
    failure: aTestFailure({ message: `x ${value}` }),
  }));
  const finding = aFinding({ message: value, path: value, rule: value, tool: value, ruleUrl: value });
  const secret = { ...finding, category: 'security' as const, severity: 'critical' as const };
  const part = { covered: 1, total: 2 };
  const metric = aMetric({ name: value, group: value, unit: value, labels: { [value]: value }, value: 2 });
  const failedJob = aJob({ name: value, stage: value, status: 'failed', failureReason: value });
  const duration = { job: value, seconds: 90, medianSeconds: 9, samples: 3, significant: true };
  return aSummary({
    mergeRequest: aMergeRequest({
      targetBranch: value,
      sourceBranch: value,
      title: value,
      targetSha: 'ab'.repeat(20),
    }),
    tests: aTestsReport({ cases: [failed, known, ...alike] }),
    coverage: aCoverageReport(),
    findings: aFindingsReport({ findings: [finding, secret] }),
    metrics: aMetricsReport({
      metrics: [
        metric,
        aMetric({ group: 'terraform', name: 'delete', value: 1 }),
        aMetric({ group: 'terraform', name: 'destroyed', labels: { address: value } }),
      ],
    }),
    pipeline: aPipelineWithJobs([
      failedJob,
      aJob({ id: 502, name: value, stage: value, status: 'failed', failureReason: null, allowFailure: true }),
    ]),
    causes: [
      {
        kind: 'script',
        origin: 'unknown',
        jobs: [failedJob],
        headline: value,
        line: 3,
        command: value,
        excerpt: [{ number: 3, text: value }],
        trace: 'whole',
      },
    ],
    comparison: aComparison({
      baseline: aBaseline({ ref: value }),
      tests: aTestsComparison({
        newFailures: [failed, ...alike],
        stillFailing: [known],
        removed: { count: 2, items: [failed] },
        newlySkipped: { count: 1, items: [failed] },
        moved: { count: 1, items: [{ from: failed, to: known }] },
        slower: { count: 1, items: [{ test: failed, beforeSeconds: 1, nowSeconds: 9 }] },
      }),
      records: new Map([[failed.id, { runs: 50, failedRuns: 3, retriedRuns: 1, flaky: true }]]),
      coverage: aCoverageComparison({
        indirect: { count: 1, items: [{ path: value, before: { covered: 2, total: 2 }, now: part }] },
      }),
      patch: {
        lines: part,
        notInstrumented: 0,
        files: [{ path: value, lines: part, notInstrumented: 0, uncovered: [{ start: 1, end: 2 }] }],
        unmeasuredFiles: [value],
        complete: false,
      },
      findings: {
        before: 1,
        fresh: [
          { finding, onChangedLine: true },
          { finding: secret, onChangedLine: null },
        ],
        fixed: { count: 1, items: [{ ...finding, line: 1 }] },
        existing: 0,
        complete: false,
      },
      metrics: {
        changes: [{ ...aMetricChange('x', 1, 2, 'worse'), metric }],
        unchanged: 0,
        added: [],
        removed: [value],
      },
      durations: { pipeline: { ...duration, job: '' }, queue: null, jobs: [duration] },
    }),
    gates: [
      aGateVerdict({ condition: value, message: value, override: { label: value, setBy: value } }),
      aGateVerdict({ condition: value, message: value, outcome: 'unknown' }),
    ],
    files: [aReadFile({ path: value, error: value })],
    warnings: [
      { path: value, message: value },
      { path: null, message: value },
    ],
  });
}

const rowsAndFolds = (html: string): readonly (number | undefined)[] =>
  [/<tr>/g, /<details/g, /<\/details>/g, /<h\d/g].map((pattern) => html.match(pattern)?.length);

describe.each(['normal', 'full', 'compact'] as const)('a comment about hostile names, %s', (detail) => {
  const layout = { ...plainLayout, detail };
  const told = (summary: Summary): string =>
    renderMarkdown(
      commentDocument(summary, english, { title: null, maxCharacters: 900_000, version, layout }),
    );

  test('mentions, refers, commands and breaks nothing, and every name can be read', () => {
    const expected = rowsAndFolds(parsedByGitLab(told(hostileSummary('plain'))));
    fc.assert(
      fc.property(hostileText, (value) => {
        // Without a word to it a name is left out or shown as quotes; the lines of a message and of a plain one differ.
        fc.pre(/[\p{L}\p{N}]/u.test(visibleLine(value)));
        const markdown = told(hostileSummary(value));
        const html = parsedByGitLab(markdown);
        expect(findQuickActions(markdown), markdown).toEqual([]);
        expect(referencesIn(html), markdown).toEqual([]);
        expect(textOf(html).replace(/\s+/gu, ''), markdown).toContain(
          visibleLine(value).replace(/\s+/gu, ''),
        );
        expect(html, markdown).not.toMatch(/<(?:script|img|b|input|math|sup)\b/i);
        expect(rowsAndFolds(html), markdown).toEqual(expected);
      }),
      { numRuns: 150 },
    );
  });

  test('puts no element of a stranger into the page', () => {
    fc.assert(
      fc.property(hostileText, (value) => {
        const html = renderHtml(
          commentDocument(hostileSummary(value), english, {
            title: value,
            maxCharacters: 60_000,
            version,
            layout,
          }),
        );
        expect(html).not.toMatch(/<(?:script|img|b|input|math|br)\b/i);
        expect([...html.matchAll(/href="([^"]*)"/g)].every(([, url = '']) => /^https?:\/\//.test(url))).toBe(
          true,
        );
      }),
      { numRuns: 150 },
    );
  });
});

describe('Markdown of a project in the comment', () => {
  const shown = (value: string): string => renderMarkdown(parseMarkdown(value));
  const allowed = new Set(
    'p h4 strong em a code pre ul ol li table thead tbody tr th td details summary blockquote br'.split(' '),
  );

  test('mentions, refers, commands and breaks nothing, whatever it holds', () => {
    const lines = fc.array(hostileText, { minLength: 1, maxLength: 12 }).map((parts) => parts.join('\n'));
    fc.assert(
      fc.property(lines, (value) => {
        const markdown = shown(value);
        const html = parsedByGitLab(markdown);
        expect(findQuickActions(markdown), markdown).toEqual([]);
        expect(referencesIn(html), markdown).toEqual([]);
        expect(
          tagsOf(html).filter((tag) => !allowed.has(tag)),
          markdown,
        ).toEqual([]);
        expect(tagsOf(html).filter((tag) => tag === 'details').length % 2, markdown).toBe(0);
      }),
      { numRuns: 1_000 },
    );
  });
});
