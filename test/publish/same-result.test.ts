import { describe, expect, test } from 'vitest';
import { isSameResult } from '../../src/publish/same-result.ts';

function body({ sha = 'aaaaaaaa', time = '3m 41s', failed = 2, job = 501 } = {}): string {
  return [
    `<!-- herald:note v=1 key=report pipeline=${job} sha=${sha} -->`,
    '',
    `### ❌ ${failed} new test failures`,
    '',
    `| [Jobs](https://gitlab.example.com/-/jobs/${job}) | ❌ 1 of 8 failed · ${time} | +${time} |`,
    '',
    `_Commit [\`${sha}\`](https://gitlab.example.com/-/commit/${sha}#.) · Herald 1.0.0_`,
  ].join('\n');
}

describe('a comment has the same result', () => {
  test.each([
    ['of another commit', { sha: 'bbbbbbbb' }],
    ['of another pipeline', { job: 777 }],
    ['that took longer', { time: '12m 5s' }],
    ['that took minutes in German', { time: '12 min 5 s' }],
  ])('%s', (_what, change) => {
    expect(isSameResult(body(), body(change))).toBe(true);
  });

  test('not with another number of failures', () => {
    expect(isSameResult(body(), body({ failed: 3 }))).toBe(false);
  });

  test('not where a test with a time in its name is another one', () => {
    expect(isSameResult('❌ waits for a and `b`', '❌ waits for a and `c`')).toBe(false);
  });
});
