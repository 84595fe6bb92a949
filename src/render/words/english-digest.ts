import { formOf } from '../../model/plural.ts';
import { englishDigestMeasures } from './english-digest-measures.ts';
import { formatMetric, formatRatio } from './format-metric.ts';
import { formatCount, formatPercent, formatPoints, plural } from './format-number.ts';
import { formatSpan } from './format-span.ts';
import { threeDigits } from './format-unit.ts';
import type { MeasureWords } from './measure-words.ts';

const words = {
  tag: 'en',
  format: {
    count: formatCount,
    decimal: (value: number) => (Math.abs(value) < 1_000 ? threeDigits(value) : formatCount(value)),
    percent: formatPercent,
    points: formatPoints,
    ratio: formatRatio,
    span: formatSpan,
    metric: formatMetric,
  },
  unchanged: 'unchanged',
  /** The name of a figure within a sentence. */
  inSentence: (name: string) => name.toLowerCase(),
  news: { better: 'better', worse: 'worse' },
  spread: (p75: string, p95: string) => `75 % within ${p75}, 95 % within ${p95}`,
  ofAll: (n: string, of: string) => `${n} of ${of}`,
  title: (name: string, period: string) => `Delivery of ${name}, ${period}`,
  currentTitle: (name: string) => `Delivery of ${name}`,
  columns: {
    measure: 'Measure',
    now: 'This period',
    before: 'Before',
    change: 'Change',
    n: 'n',
    course: 'Course',
    reason: 'Why',
    from: 'From',
    until: 'Until',
    value: 'Value',
  },
  sections: {
    delivery: 'Delivery',
    'merge-requests': 'Merge requests',
    issues: 'Issues',
    code: 'Code and releases',
    ci: 'Pipelines and jobs',
    tests: 'Tests',
  },
  summary: {
    better: (names: string) => `Better: ${names}.`,
    worse: (names: string) => `Worse: ${names}.`,
    steady: 'Nothing changed by more than chance explains.',
    nothing: 'There is nothing to measure in this period.',
    nothingRead: 'Nothing could be measured in this period.',
    unread: (names: string, more: number) =>
      `Not read in full: ${names}${more === 0 ? '' : ` and ${formatCount(more)} more`}. "Method and data" says why.`,
  },
  worst: 'Worth a look',
  all: (count: number) => `All ${plural(count, { one: 'figure', other: 'figures' })}`,
  method: 'Method and data',
  window: (period: string, before: string, zone: string) =>
    `Period: ${period}, compared with ${before}. Time zone: ${zone}.`,
  source: (said: string) => `Deployments: ${said}.`,
  arrows:
    'An arrow marks a change that chance does not explain. Medians are of things that have a value; n says how many.',
  projects: (count: number) => plural(count, { one: 'project', other: 'projects' }),
  version: (version: number) => `Definitions: version ${version}.`,
  requests: (count: number) => `${plural(count, { one: 'request', other: 'requests' })} to GitLab.`,
  gapsOf: (project: string) => `Not read of ${project}`,
  more: (count: number) =>
    `${formatCount(count)} more ${formOf(count, { one: 'is', other: 'are' })} in the file herald-digest.json.`,
  notMeasured: 'Not measured',
  /** The reasons of a figure, which are data in English. */
  reasons: (text: string) => text,
  /** What a digest says besides its figures, which is data in English too. */
  remark: (text: string) => text,
  page: {
    skip: 'Skip to the content',
    contents: 'Contents',
    asTable: 'As a table',
    made: (at: string) => `Made ${at} UTC by Herald.`,
    cycleParts: 'Cycle time by part',
    cyclePartsNote:
      'Medians of each part, one above the other; medians do not add up to that of the whole. Rework lies within review and merge.',
    ribbon: { red: 'Red', green: 'Green', unknown: 'Not known' },
    ribbonNote: (red: number, known: number) => `Red at some time in ${red} of ${known} intervals.`,
  },
  inWords: (points: number, lowest: string, highest: string) =>
    `${plural(points, { one: 'value', other: 'values' })}, lowest ${lowest}, highest ${highest}.`,
};

/** Words by the ids of tables, columns, cells and figures. */
const byId = {
  tables: {
    'deployments-by-environment': 'Deployments by environment',
    'slowest-jobs': 'Slowest jobs',
    'failing-jobs': 'Jobs that fail most',
    'flaky-jobs': 'Flaky jobs',
    'expensive-jobs': 'Jobs that take most time in all',
    'oldest-merge-requests': 'Oldest open merge requests',
    'waiting-merge-requests': 'Whom open merge requests wait for',
    people: 'People',
    'pipelines-by-result': 'Pipelines by result',
    'failures-by-cause': 'Failed jobs by cause',
    'red-spans': 'When the default branch was red',
    'flaky-tests': 'Flaky tests',
    'failing-tests': 'Failing tests',
  },
  tableColumns: {
    environment: 'Environment',
    deployments: 'Deployments',
    failed: 'Failed',
    rollbacks: 'Rolled back',
    again: 'Deployed again',
    job: 'Job',
    median: 'Median',
    p95: '95 % within',
    runs: 'Runs',
    'failed-share': 'Share that failed',
    'flaky-share': 'Share that was flaky',
    flaky: 'Flaky',
    pipelines: 'Pipelines',
    'minutes-lost': 'Time lost',
    minutes: 'Time',
    'merge-request': 'Merge request',
    title: 'Title',
    'waiting-on': 'Waits for',
    age: 'Age',
    'merge-requests': 'Merge requests',
    status: 'Result',
    cause: 'Cause',
    pipeline: 'Pipeline',
    'red-for': 'Red for',
    'fixed-by': 'Fixed by',
    test: 'Test',
    share: 'Share',
    retried: 'Passed on retry',
    person: 'Person',
    merged: 'Merged',
    reviewed: 'Reviewed',
    pickup: 'Others waited for their review',
    waiting: 'Wait for them',
    project: 'Project',
  },
  /** Cells that are one of a few words. */
  cells: {
    author: 'its author',
    reviewer: 'a reviewer',
    pipeline: 'a pipeline',
    nobody: 'nobody',
  },
  measures: englishDigestMeasures,
};

type ById = typeof byId;

/** The words of a digest in one language; where there is none for an id, the id is shown. */
export type DigestWords = typeof words & {
  readonly [Kind in keyof ById]: Readonly<Record<string, ById[Kind][keyof ById[Kind]] | undefined>>;
};

/** The same, with a word for each id: what a language has. */
export type AllDigestWords = typeof words & {
  readonly [Kind in keyof ById]: Readonly<
    Record<keyof ById[Kind], Kind extends 'measures' ? MeasureWords : string>
  >;
};

/** The words of a digest in English. */
export const englishDigest: AllDigestWords & DigestWords = { ...words, ...byId };
