import { expect, test } from 'vitest';
import { codeSpan } from '../../src/render/code-span.ts';

test.each([
  { text: ' a ', span: '`  a  `', why: 'CommonMark takes one space off each end of a padded text' },
  { text: '`a', span: '`` `a ``', why: 'a backtick at an end needs room' },
  { text: 'a b', span: '`a b`', why: 'nothing else does' },
])('"$text": $why', ({ text, span }) => {
  expect(codeSpan(text, false)).toBe(span);
});

test('a megabyte of spaces and words takes no longer than its length asks for', () => {
  const long = ` ${'a '.repeat(500_000)}b`;
  expect(codeSpan(long, false)).toHaveLength(long.length + 2);
});
