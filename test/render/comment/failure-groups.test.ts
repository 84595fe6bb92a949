import { expect, test } from 'vitest';
import { groupFailures } from '../../../src/render/comment/failure-groups.ts';
import { aFailedTest, aTestFailure } from '../../builders.ts';

const failing = (...messages: readonly string[]) =>
  messages.map((message, index) => aFailedTest({ id: String(index), failure: aTestFailure({ message }) }));

test.each([
  ['two that fail alike are told one by one', failing('a', 'a'), [1, 1]],
  ['three are one', failing('a', 'b', 'a', 'a'), [3, 1]],
  ['numbers and ids do not make a difference', failing('took 12 ms', 'took 7 ms', 'took 0xff ms'), [3]],
  ['words do', failing('no such user', 'no such shop', 'no such till'), [1, 1, 1]],
  ['only the first line counts', failing('a\n1x', 'a\n2y', 'a\n3z'), [3]],
  ['those without a message have no cause in common', failing('', '', ''), [1, 1, 1]],
])('%s', (_why, tests, sizes) => {
  const groups = groupFailures(tests);
  expect(groups.map(({ length }) => length)).toEqual(sizes);
  expect(groups.flat()).toHaveLength(tests.length);
});
