import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { holdsLock, lockNameOf } from '../../src/publish/note-lock.ts';

const mergeRequest = { sourceBranch: 'feature/Till_2' };
const name = 'herald/feature-till-2/report';

// "CI_COMMIT_REF_NAME in lowercase, shortened to 63 bytes, and with everything except 0-9 and a-z replaced with -. No
// leading / trailing -." https://docs.gitlab.com/ci/variables/predefined_variables/
test.each([
  ['feature/Till_2', 'feature-till-2'],
  ['-Ä_fix#1.', 'fix-1'],
  ['b'.repeat(62) + '_' + 'c', 'b'.repeat(62)],
  ['b'.repeat(70), 'b'.repeat(63)],
])('the lock of the branch %s has the slug %s', (sourceBranch, slug) => {
  expect(lockNameOf({ sourceBranch }, 'report')).toBe(`herald/${slug}/report`);
});

describe('a job holds the lock of a note', () => {
  test('when it is in the resource group of its branch and key', () => {
    expect(holdsLock({ lock: name, runsInFork: false }, mergeRequest, 'report')).toBe(true);
  });

  test.each([
    { why: 'the set-up is older and names none', lock: null },
    { why: 'the key comes from the file and is another one', lock: 'herald/feature-till-2/web' },
    { why: 'the pipeline is of another branch', lock: 'herald/main/report' },
    { why: 'somebody gave the variable another value', lock: 'herald/feature/Till_2/report' },
  ])('but not when $why', ({ lock }) => {
    expect(holdsLock({ lock, runsInFork: false }, mergeRequest, 'report')).toBe(false);
  });

  test('but not in a fork, whose groups are its own', () => {
    expect(holdsLock({ lock: name, runsInFork: true }, mergeRequest, 'report')).toBe(false);
  });

  test('but not when GitLab makes no group of such a name, which it does not say', () => {
    const key = 'a+b';
    const lock = lockNameOf(mergeRequest, key);
    expect(holdsLock({ lock, runsInFork: false }, mergeRequest, key)).toBe(false);
  });
});

test('the component gives the job the resource group that it names', () => {
  const template = readFileSync(new URL('../../templates/report/template.yml', import.meta.url), 'utf8');
  const [, group = ''] = /^ {2}resource_group: (.+)$/m.exec(template) ?? [];
  const [, said] = /^ {4}HERALD_LOCK: (.+)$/m.exec(template) ?? [];
  expect(said).toBe(group);
  const lock = group.replace('$CI_COMMIT_REF_SLUG', 'feature-till-2').replace('$[[ inputs.key ]]', 'report');
  expect(holdsLock({ lock, runsInFork: false }, mergeRequest, 'report')).toBe(true);
});
