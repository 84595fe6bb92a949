import { expect, test } from 'vitest';
import { findQuickActions } from '../../../src/render/markdown/find-quick-actions.ts';
import { growthOf, inProportion } from '../../cost.ts';

test.each([
  ['at the start of a line', 'text\n/merge', ['/merge']],
  ['behind a carriage return', 'text\r\n\r/close now\r\n', ['/close now']],
  ['inside a fence that old versions of GitLab do not know', '````\n/close\n````', ['/close']],
  ['indented outside of code', '  /close', ['  /close']],
  ['behind an invisible character', '\u200B/close', ['\u200B/close']],
  ['after a fence that has closed', '```\nx\n```\n /close', [' /close']],
  ['inside details', '<details>\n\n/close\n\n</details>', ['/close']],
])('a command is found %s', (_name, markdown, expected) => {
  expect(findQuickActions(markdown)).toEqual(expected);
});

test.each([
  ['in the middle of a line', 'see /merge'],
  ['in a table', '| /merge |'],
  ['in a code span', '`/merge`'],
  ['indented in a fence', '```\n /usr/bin/x\n```'],
  ['indented in a fence of a list', '- ```\n  /usr/bin/x\n  ```'],
])('a slash is no command %s', (_name, markdown) => {
  expect(findQuickActions(markdown)).toEqual([]);
});

test('a line of backticks takes no longer than in proportion to its length', () => {
  const line = `${'`'.repeat(100_000)}\u2028`;
  expect(findQuickActions(`${line}\n/close`)).toEqual(['/close']);
  const growth = growthOf((size) => findQuickActions(`${'`'.repeat(size)}\u2028\n/close`), 100_000);
  expect(growth).toBeLessThan(inProportion);
});
