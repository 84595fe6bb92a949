import { expect, test } from 'vitest';
import { codeSpan } from '../../../src/render/markdown/code-span.ts';
import { parsedByGitLab, referencesIn, textOf } from '../gitlab-view.ts';

const plain = { inTable: false, inLink: false };

test.each([
  { text: ' a ', span: '`  a  `', why: 'CommonMark takes one space off each end of a padded text' },
  { text: '`a', span: '`` `a ``', why: 'a backtick at an end needs room' },
  { text: 'a b', span: '`a b`', why: 'nothing else does' },
])('"$text": $why', ({ text, span }) => {
  expect(codeSpan(text, plain)).toBe(span);
});

test('a megabyte of spaces and words takes no longer than its length asks for', () => {
  const long = ` ${'a '.repeat(500_000)}b`;
  expect(codeSpan(long, plain)).toHaveLength(long.length + 2);
});

test.each([63, 64, 65, 79, 80, 81, 200])(
  '%i backticks end no span: a parser looks for no more than 80, and takes the rest for text',
  (count) => {
    const text = `${'`'.repeat(count)}@all`;
    const html = parsedByGitLab(codeSpan(text, plain));
    expect(referencesIn(html)).toEqual([]);
    expect(textOf(html).trim()).toBe(text);
  },
);
