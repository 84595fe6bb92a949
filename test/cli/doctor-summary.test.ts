import { expect, test } from 'vitest';
import { closingLine } from '../../src/cli/doctor-summary.ts';
import type { Check } from '../../src/doctor/check.ts';

function check(state: Check['state'], project: string | null): Check {
  return { project, about: 'webhook', state, words: 'as it should be', remedy: null };
}

test.each([
  { name: 'none', checks: [], says: '0 checks: all fine' },
  { name: 'one that is fine', checks: [check('ok', 'shop/a')], says: '1 check: all fine' },
  {
    name: 'some of each',
    checks: [
      check('problem', 'shop/a'),
      check('problem', 'shop/a'),
      check('warning', null),
      check('unknown', 'shop/b'),
      check('ok', 'shop/c'),
    ],
    says: '5 checks: 2 problems (shop/a), 1 warning, 1 unknown (shop/b)',
  },
  {
    name: 'those of many projects',
    checks: Array.from({ length: 500 }, (_, index) => check(index < 7 ? 'problem' : 'ok', `shop/${index}`)),
    says: '500 checks: 7 problems (shop/0, shop/1, shop/2, shop/3, shop/4, and 2 more)',
  },
])('checks in one line: $name', ({ checks, says }) => {
  expect(closingLine(checks)).toBe(says);
});
