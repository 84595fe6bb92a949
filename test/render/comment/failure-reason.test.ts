import { expect, test } from 'vitest';
import { reasonOf } from '../../../src/render/comment/failure-reason.ts';
import { aFailedTest } from '../../builders.ts';

interface Said {
  readonly type?: string;
  readonly message: string;
  readonly details?: string;
}

/** What each tool's console says of a failure, and what a reader needs of it in one line. */
const cases: readonly (readonly [string, Said, string])[] = [
  [
    'pytest',
    {
      message: 'assert 4 == 5\n +  where 4 = total()',
      details: '>   assert total() == 5\nE   assert 4 == 5',
    },
    'assert 4 == 5',
  ],
  [
    'pytest, a fixture',
    { message: 'failed on setup with "ConnectionError: connection refused"' },
    'ConnectionError: connection refused',
  ],
  [
    'pytest, a file that does not load',
    {
      message: 'collection failure',
      details: "ImportError while importing\nE   ModuleNotFoundError: No module named 'x'",
    },
    "ModuleNotFoundError: No module named 'x'",
  ],
  [
    'unittest',
    { type: 'AssertionError', message: '90 != 100', details: 'Traceback (most recent call last):' },
    '90 != 100',
  ],
  ['an exception', { type: 'LookupError', message: 'basket is not open' }, 'LookupError: basket is not open'],
  [
    'its class is said once',
    { type: 'shop.BasketClosed', message: 'shop.BasketClosed: not open' },
    'shop.BasketClosed: not open',
  ],
  [
    'Jest',
    {
      message: 'Error: expect(received).toBe(expected) // Object.is equality',
      details:
        'Error: expect(received).toBe(expected) // Object.is equality\n\nExpected: 100\nReceived: 90\n    at x (a.js:1:1)',
    },
    'Expected: 100, Received: 90',
  ],
  [
    'Jest, a diff',
    {
      message: 'Error: expect(received).toEqual(expected) // deep equality',
      details:
        'Error: expect(received).toEqual(expected) // deep equality\n\n- Expected  - 0\n+ Received  + 1\n\n  Array [\n    "pen",\n+   "ink",\n  ]',
    },
    '+   "ink",',
  ],
  [
    'Jest, a file that does not load',
    {
      message: '● Test suite failed to run',
      details: "  ● Test suite failed to run\n\n    Cannot find module '../x'",
    },
    "Cannot find module '../x'",
  ],
  [
    'Vitest',
    { type: 'AssertionError', message: 'expected 4 to be 5 // Object.is equality' },
    'expected 4 to be 5',
  ],
  [
    'Node',
    { type: 'AssertionError', message: 'Expected values to be strictly equal:\n\n4 !== 5' },
    'Expected values to be strictly equal: 4 !== 5',
  ],
  ['RSpec', { message: '\nexpected: 100\n     got: 90\n\n(compared using ==)\n' }, 'expected: 100, got: 90'],
  [
    'Perl',
    {
      message: "Failed test 'takes a voucher'",
      details: "  Failed test 'takes a voucher'\n  at t/a.t line 8.\n         got: '90'\n    expected: '100'",
    },
    "got: '90', expected: '100'",
  ],
  [
    'bats',
    {
      message: '(in test file test/a.bats, line 10)',
      details: "(in test file test/a.bats, line 10)\n  `[ 1 -eq 2 ]' failed",
    },
    "`[ 1 -eq 2 ]' failed",
  ],
  ['Rust', { message: 'assertion `left == right` failed\n  left: 90\n right: 100' }, 'left: 90, right: 100'],
  [
    'PHPUnit, a diff',
    {
      message: 'Failed asserting that two arrays are equal.',
      details:
        "Failed asserting that two arrays are equal.\n--- Expected\n+++ Actual\n@@ @@\n Array (\n+    1 => 'ink'\n )",
    },
    "+    1 => 'ink'",
  ],
  [
    'a program that prints',
    { message: '', details: 'asking the shop\ntill.c:7: expected 100, got 90\nbye' },
    'till.c:7: expected 100, got 90',
  ],
  ['a program that prints nothing telling', { message: '', details: 'one\ntwo' }, 'two'],
  ['nothing', { message: '' }, ''],
];

test.each(cases)('%s', (_tool, { type, message, details = '' }, reason) => {
  const failure = { type: type ?? null, message, details };
  expect(reasonOf(aFailedTest({ failure }))).toBe(reason);
});
