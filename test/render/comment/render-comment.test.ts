import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Document } from '../../../src/model/document.ts';
import type { Summary } from '../../../src/model/summary.ts';
import { commentDocument, fullMarkdown } from '../../../src/render/comment/render-comment.ts';
import { plainLayout } from '../../../src/render/comment/section.ts';
import { renderHtml } from '../../../src/render/html/document.ts';
import { findQuickActions } from '../../../src/render/markdown/find-quick-actions.ts';
import { parseMarkdown } from '../../../src/render/markdown/parse-markdown.ts';
import { renderMarkdown } from '../../../src/render/markdown/render-markdown.ts';
import { english } from '../../../src/render/words/english.ts';
import { visibleLine } from '../../../src/render/words/visible-text.ts';
import {
  aComparison,
  aFailedTest,
  aSummary,
  aTestFailure,
  aTestsComparison,
  aTestsReport,
} from '../../builders.ts';
import { runs } from '../../property-runs.ts';
import { spaceless, viewOfDocument, viewOfHtml } from '../document-view.ts';
import { parsedByGitLab, referencesIn, tagsOf, textOf } from '../gitlab-view.ts';
import { hostileSummary } from '../hostile-summary.ts';
import { hostileText } from '../hostile-text.ts';
import { allSituations } from '../situations-of-layout.ts';

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
    expect(markdown).toContain('300 new test failures');
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
      { numRuns: runs(40) },
    );
  });

  test.each([undefined, 'expected 200, got 500'])(
    'the full report tells every failing test, alike or not: %s',
    (message) => {
      const markdown = fullMarkdown(failures(300, message), english, {
        title: null,
        maxDetails: 5_000,
        version,
      });
      expect(markdown.match(/<code>test \d+<\/code>|`test \d+`/g)).toHaveLength(300);
    },
  );
});

const rowsAndFolds = (html: string): readonly (number | undefined)[] =>
  [/<tr>/g, /<details/g, /<\/details>/g, /<h\d/g].map((pattern) => html.match(pattern)?.length);

describe.each(['normal', 'full', 'compact'] as const)('a comment about hostile names, %s', (detail) => {
  const layout = { ...plainLayout, detail };
  const documentOf = (summary: Summary): Document =>
    commentDocument(summary, english, { title: null, maxCharacters: 900_000, version, layout });

  test('mentions, refers, commands and breaks nothing, and every name can be read', () => {
    const expected = rowsAndFolds(parsedByGitLab(renderMarkdown(documentOf(hostileSummary('plain')))));
    fc.assert(
      fc.property(hostileText, (value) => {
        // Without a word to it a name is left out or shown as quotes; the lines of a message and of a plain one differ.
        fc.pre(/[\p{L}\p{N}]/u.test(visibleLine(value)));
        const document = documentOf(hostileSummary(value));
        const markdown = renderMarkdown(document);
        const html = parsedByGitLab(markdown);
        expect(findQuickActions(markdown), markdown).toEqual([]);
        expect(referencesIn(html), markdown).toEqual([]);
        expect(spaceless(textOf(html)), markdown).toContain(spaceless(visibleLine(value)));
        expect(viewOfHtml(html), markdown).toEqual(viewOfDocument(document));
        expect(rowsAndFolds(html), markdown).toEqual(expected);
      }),
      { numRuns: runs(150) },
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
      { numRuns: runs(150) },
    );
  });
});

describe('Markdown of a project in the comment', () => {
  test('mentions, refers, commands and breaks nothing, whatever it holds', () => {
    const lines = fc.array(hostileText, { minLength: 1, maxLength: 12 }).map((parts) => parts.join('\n'));
    fc.assert(
      fc.property(lines, (value) => {
        const document = parseMarkdown(value);
        const markdown = renderMarkdown(document);
        const html = parsedByGitLab(markdown);
        expect(findQuickActions(markdown), markdown).toEqual([]);
        expect(referencesIn(html), markdown).toEqual([]);
        expect(viewOfHtml(html), markdown).toEqual(viewOfDocument(document));
      }),
      { numRuns: runs(1_000) },
    );
  });
});
