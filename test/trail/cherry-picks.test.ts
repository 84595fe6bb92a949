import { describe, expect, test } from 'vitest';
import { pickedFrom } from '../../src/trail/cherry-picks.ts';

const [a, b] = ['a'.repeat(40), 'b'.repeat(40)];

describe('row 62: where a picked commit comes from', () => {
  test.each<[string, string, readonly string[]]>([
    ['git cherry-pick -x', `Mend the till\n\n(cherry picked from commit ${a})\n`, [a]],
    [
      'picked twice, the nearest first',
      `Mend\n\n(cherry picked from commit ${a})\n(cherry picked from commit ${b})`,
      [b, a],
    ],
    [
      'of GitLab, with the commits of the merge request below',
      `Merge branch 'x' into 'main'\n\n(cherry picked from commit ${a})\n\n1234abcd Mend the till`,
      [a],
    ],
    ['with line ends of Windows', `Mend\r\n\r\n(cherry picked from commit ${a})\r\n`, [a]],
    ['of SHA-256', `Mend\n\n(cherry picked from commit ${'c'.repeat(64)})`, ['c'.repeat(64)]],
    ['in a sentence it says nothing', `Like (cherry picked from commit ${a}) before`, []],
    ['a short name says nothing', 'Mend\n\n(cherry picked from commit abcdef12)', []],
    ['none', 'Mend the till', []],
  ])('%s', (_what, message, expected) => {
    expect(pickedFrom(message)).toEqual(expected);
  });
});
