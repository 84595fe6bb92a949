import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inertTitle } from '../../../src/render/markdown/inert-title.ts';
import { escapeHtml } from '../../../src/render/markdown/inline-html.ts';
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

test('whatever it says, it reads the same and refers to nothing', () => {
  fc.assert(
    fc.property(hostileText, (title) => {
      const inert = inertTitle(title, 10_000);
      // GitLab reads no formulas in titles.
      const found = referencesIn(`<p>${escapeHtml(inert)}</p>`).filter(
        (one) => !one.startsWith('mathematics'),
      );
      expect(found).toEqual([]);
      expect(inert.replaceAll('\u2060', '')).toBe(
        title.replaceAll('\u2060', '').replace(/\p{Surrogate}$/u, ''),
      );
    }),
    { numRuns: 2_000 },
  );
});
