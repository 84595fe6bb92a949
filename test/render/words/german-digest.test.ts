import { expect, test } from 'vitest';
import { digestDocument } from '../../../src/render/digest/digest-document.ts';
import { digestPage } from '../../../src/render/digest/digest-page.ts';
import { renderMarkdown } from '../../../src/render/markdown/render-markdown.ts';
import { digestWordsOf } from '../../../src/render/words/digest-words-of.ts';
import { englishDigest } from '../../../src/render/words/english-digest.ts';
import { germanDigest } from '../../../src/render/words/german-digest.ts';
import { aDigest, aFigure, aMeasured } from '../digest/a-digest.ts';

test('each figure has a German method of its own', () => {
  const methods = Object.values(germanDigest.measures).flatMap((words) => words?.method ?? []);
  expect(methods).toHaveLength(Object.keys(englishDigest.measures).length);
  const english = new Set(Object.values(englishDigest.measures).map((words) => words?.method));
  expect(methods.filter((method) => english.has(method))).toEqual([]);
  for (const method of methods) expect(method).toMatch(/^[A-ZÄÖÜ].*\.$/);
});

test('the language of the option', async () => {
  expect((await digestWordsOf('de')).tag).toBe('de');
  expect((await digestWordsOf('en')).tag).toBe('en');
});

test('numbers, sentences and the page are German', () => {
  const digest = aDigest({
    figures: [
      aMeasured({ current: aFigure(1_234), previous: aFigure(617) }),
      aMeasured({
        id: 'cycle-time',
        section: 'merge-requests',
        unit: 'seconds',
        better: 'lower',
        current: aFigure(2.5 * 86_400, { p75: 3 * 86_400, p95: 4 * 86_400 }),
        previous: aFigure(86_400),
      }),
    ],
  });
  const markdown = renderMarkdown(digestDocument(digest, germanDigest));
  expect(markdown).toContain('**Schlechter: Zykluszeit.** Besser: Deployments pro Tag.');
  expect(markdown).toContain('1.234');
  expect(markdown).toMatch(/2,5.Tage/);
  expect(markdown).not.toMatch(/\b(?:Better|Worse|Measure|Before|Period|within)\b/);
  const page = digestPage(digest, germanDigest);
  expect(page).toContain('<html lang="de"');
  expect(page).not.toMatch(/As a table|Skip to|Made \d/);
});

test.each([
  [90, '1m 30s', '1 min 30 s'],
  [5_400, '1h 30m', '1 h 30 min'],
  [2.5 * 86_400, '2.5 d', '2,5 Tage'],
])('%d seconds are %s and %s', (seconds, english, german) => {
  expect(englishDigest.format.span(seconds).replaceAll('\u00A0', ' ')).toBe(english);
  expect(germanDigest.format.span(seconds).replaceAll('\u00A0', ' ')).toBe(german);
});
