import { formatCount, plural } from './format-number.ts';

/** Words of the full report that the comment does not need. */
export const englishPage = {
  title: 'Herald report',
  contents: 'Contents',
  skip: 'Skip to the content',
  action: 'What needs action',
  actionCut: (shown: number, inMarkdown: number) =>
    `Not every failure fits on this page: ${shown === 0 ? 'it counts them' : `it shows at most ${formatCount(shown)} of each kind in full and counts the others`}. The list of tests names them while there is room. herald-report.md shows up to ${formatCount(inMarkdown)} in full, and the report files have all.`,
  moreCounted: (more: number) => `${plural(more, { one: 'more is', other: 'more are' })} counted here.`,
  notShown: (count: number) =>
    `${plural(count, { one: 'more entry is', other: 'more entries are' })} counted but not shown, because this file has a limit on its size. The report files and GitLab have all of them.`,
  jobs: 'What ran when',
  trends: (branch: string) => `Trends on ${branch}`,
  yes: 'yes',
  asTable: 'As a table',
  starts: 'Starts after',
  queued: 'Waited',
  criticalPath: 'On the critical path',
  timeline: 'Timeline of the jobs',
  timelineInWords: (jobs: number, duration: string, path: string) =>
    `${plural(jobs, { one: 'job', other: 'jobs' })} in ${duration}. Critical path: ${path}.`,
  timelineStart: (when: string) => `0s is ${when} UTC.`,
  pipelineDuration: 'Duration of the pipeline',
  failingTests: 'Failing tests',
  trendInWords: (runs: number, ends: readonly [string, string], range: readonly [string, string]) =>
    `${plural(runs, { one: 'run', other: 'runs' })}, from ${ends[0]} to ${ends[1]}; lowest ${range[0]}, highest ${range[1]}.`,
  when: 'When (UTC)',
  test: 'Test',
  states: { failed: 'failed', flaky: 'flaky', skipped: 'skipped', passed: 'passed' },
  record: (failed: number, runs: number) =>
    `failed ${formatCount(failed)} of the last ${plural(runs, { one: 'run', other: 'runs' })}`,
  allTests: 'all',
  search: 'Search the tests',
  testsShown: (shown: number, untold: readonly string[], files: string | null) =>
    untold.length > 0
      ? `${plural(shown, { one: 'test is', other: 'tests are' })} listed. Counted, but not listed: ${untold.join(', ')}.${files === null ? '' : ` The report files have all tests: ${files}.`}`
      : `${plural(shown, { one: 'test', other: 'tests' })}.`,
  moreFiles: (more: number) => `${formatCount(more)} more`,
  cleanGroups: (groups: number, passed: string) =>
    `${plural(groups, { one: 'suite', other: 'suites' })} in which every test passed (${passed})`,
  moreGroups: (groups: number, counts: string) =>
    `${plural(groups, { one: 'more suite', other: 'more suites' })} (${counts})`,
  slowest: 'Slowest tests and suites',
  slowestTests: 'Slowest tests',
  slowestSuites: 'Slowest suites',
  slowestOf: (tests: number) => `Of the ${plural(tests, { one: 'test', other: 'tests' })} listed above.`,
  project: 'Project',
  mergeRequest: 'Merge request',
  branch: 'Branch or tag',
  pipeline: 'Pipeline',
  suite: 'Suite',
  tests: 'Tests',
  inTotal: 'In total',
  thisPipeline: 'this pipeline',
  linesCovered: (covered: number, total: number, unit: string) =>
    `${formatCount(covered)} of ${formatCount(total)} ${unit}`,
  changedLines: (covered: number, total: number) =>
    `${formatCount(covered)} of ${plural(total, { one: 'changed line', other: 'changed lines' })} covered`,
  uncovered: 'not covered:',
  severity: 'Severity',
  finding: 'Finding',
  place: 'Place',
  standing: { title: 'New or known', fresh: 'new', existing: 'known', unknown: '' },
  findingsShown: (shown: number, untold: number) =>
    untold > 0
      ? `${plural(shown, { one: 'finding', other: 'findings' })}; ${formatCount(untold)} more are counted, not listed.`
      : `${plural(shown, { one: 'finding', other: 'findings' })}.`,
  group: 'Group',
  value: 'Value',
} as const;
