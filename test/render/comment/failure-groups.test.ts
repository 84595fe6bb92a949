import { expect, test } from 'vitest';
import { groupFailures } from '../../../src/render/comment/failure-groups.ts';
import { aFailedTest, aTestFailure } from '../../builders.ts';

const failing = (...messages: readonly string[]) =>
  messages.map((message, index) =>
    aFailedTest({ id: String(index), failure: aTestFailure({ type: 'Error', message }) }),
  );

const jest = (expected: string, received: string) =>
  `expect(received).toBe(expected) // Object.is equality\n\nExpected: ${expected}\nReceived: ${received}`;
const deep = (extra: string) =>
  `expect(received).toEqual(expected) // deep equality\n\n- Expected  - 0\n+ Received  + 1\n\n  Array [\n+   ${extra},\n  ]`;

test.each([
  ['two that fail alike are told one by one', failing('a', 'a'), [1, 1]],
  ['three are one', failing('a', 'b', 'a', 'a'), [3, 1]],
  ['numbers and ids do not make a difference', failing('took 12 ms', 'took 7 ms', 'took 99 ms'), [3]],
  [
    'addresses of objects do not, either',
    failing('no <Till 0x7f1>', 'no <Till 0x7f2>', 'no <Till 0xff>'),
    [3],
  ],
  ['words do', failing('no such user', 'no such shop', 'no such till'), [1, 1, 1]],
  ['the whole message counts', failing('a\n1x', 'a\n2y', 'a\n3z'), [1, 1, 1]],
  ['those without a message have no cause in common', failing('', '', ''), [1, 1, 1]],
  [
    'values that are compared make a difference, though the first line is the same',
    failing(jest('"5.00 €"', '"5.00 EUR"'), jest('100', '90'), jest('3', '2')),
    [1, 1, 1],
  ],
  ['the same values do not', failing(jest('100', '90'), jest('100', '90'), jest('100', '90')), [3]],
  ['numbers of a comparison count', failing('assert 4 == 5', 'assert 5 == 6', 'assert 6 == 7'), [1, 1, 1]],
  ['diffs make a difference', failing(deep('"ink"'), deep('"pen"'), deep('"ink"')), [1, 1, 1]],
])('%s', (_why, tests, sizes) => {
  const groups = groupFailures(tests);
  expect(groups.map(({ length }) => length)).toEqual(sizes);
  expect(groups.flat()).toHaveLength(tests.length);
});

test('a diff in the details makes a difference, where the message is the same', () => {
  const tests = ['ink', 'pen', 'cap'].map((extra, index) =>
    aFailedTest({
      id: String(index),
      failure: { type: 'Error', message: 'baskets differ', details: `- Expected\n+ Received\n\n+ ${extra}` },
    }),
  );
  expect(groupFailures(tests).map(({ length }) => length)).toEqual([1, 1, 1]);
});
