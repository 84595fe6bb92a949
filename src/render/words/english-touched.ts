import { formatCount, plural } from './format-number.ts';

/** What is known of the changed files. */
export const englishTouched = {
  heading: 'Known of the changed files',
  columns: { what: '', known: 'What is known' },
  test: 'Test',
  incident: 'Open incident',
  owners: 'Code owners',
  failsOn: (branch: string): string => `fails on ${branch}`,
  failedBefore: 'failed before this change',
  record: (failed: number, runs: number): string =>
    `failed in ${formatCount(failed)} of ${formatCount(runs)} runs`,
  retried: (times: number): string => `passed on a retry ${plural(times, { one: 'time', other: 'times' })}`,
  counts: (tests: number, incidents: number, owners: number): string =>
    [
      ...(tests > 0 ? [plural(tests, { one: 'test', other: 'tests' })] : []),
      ...(incidents > 0 ? [plural(incidents, { one: 'open incident', other: 'open incidents' })] : []),
      ...(tests + incidents === 0
        ? [plural(owners, { one: 'rule of code owners', other: 'rules of code owners' })]
        : []),
    ].join(', '),
  approved: (by: string, given: number, required: number): string =>
    `${formatCount(given)} of ${plural(required, { one: 'approval', other: 'approvals' })}${by === '' ? '' : `, by ${by}`}`,
  more: (count: number): string => `and ${formatCount(count)} more`,
  omitted: (count: number, files: number, lines: number): string =>
    `Something is known of ${plural(count, { one: 'more changed file', other: 'more changed files' })}: this shows at most ${formatCount(files)} files with ${formatCount(lines)} changed lines.`,
  incomplete: 'GitLab did not list all changed files.',
  noun: (count: number): string =>
    `what is known of ${plural(count, { one: 'changed file', other: 'changed files' })}`,
  short: (files: number, tests: number, incidents: number): string =>
    [
      `Known of ${plural(files, { one: 'changed file', other: 'changed files' })}`,
      ...(tests > 0
        ? [plural(tests, { one: 'failing or flaky test', other: 'failing or flaky tests' })]
        : []),
      ...(incidents > 0 ? [plural(incidents, { one: 'open incident', other: 'open incidents' })] : []),
    ].join(' · '),
};
