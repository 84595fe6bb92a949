import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inertTitle } from '../../../src/render/markdown/inert-title.ts';
import { escapeHtml } from '../../../src/render/markdown/inline-html.ts';
import { visibleLine } from '../../../src/render/words/visible-text.ts';
import { referencesIn } from '../gitlab-view.ts';
import { hostileText } from '../hostile-text.ts';

test.each(['Take vouchers at the till', 'main is broken', 'v1.2.3: 12:30, 50%'])(
  'a title stays: %s',
  (title) => {
    expect(inertTitle(title, 255)).toBe(title);
  },
);

test('a title is cut', () => {
  expect(inertTitle(`@${'a'.repeat(300)}`, 255)).toHaveLength(255);
});

test.each([
  ['a zero byte', 'a\u0000b', 'a␀b'],
  ['half a character', 'a\uD83D b', 'a\uFFFD b'],
  ['half a character where it is cut', `${'a '.repeat(127)}😀`, 'a '.repeat(127)],
  ['what turns its direction', 'a\u202Eb', 'a⟨U+202E⟩b'],
  ['a sequence for terminals', 'a\u001B[31mb', 'a␛[31mb'],
  ['lines', 'a\r\n/close\u2028b', 'a /close b'],
  ['nothing that is seen', '\u200B\u2060 \uFEFF', '(no title)'],
  ['nothing', '', '(no title)'],
])('GitLab takes a title with %s', (_name, title, expected) => {
  expect(inertTitle(title, 255)).toBe(expected);
});

test('whatever it says, it reads the same and refers to nothing', () => {
  fc.assert(
    fc.property(hostileText, (title) => {
      const inert = inertTitle(title, 10_000);
      // GitLab reads no formulas in titles.
      const found = referencesIn(`<p>${escapeHtml(inert)}</p>`).filter(
        (one) => !one.startsWith('mathematics'),
      );
      expect(found).toEqual([]);
      expect(inert.replaceAll('\u2060', '')).toBe(visibleLine(title).trim() || '(no title)');
      expect(inert).not.toMatch(/[\p{Cc}\p{Surrogate}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u);
    }),
    { numRuns: 2_000 },
  );
});
