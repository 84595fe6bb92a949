import { formOf } from '../../model/plural.ts';
import { formatMetric, formatRatio } from './format-metric.ts';
import { formatCount, formatPercent, formatPoints, plural } from './format-number.ts';
import { formatSpan } from './format-span.ts';
import { threeDigits } from './format-unit.ts';

interface MeasureWords {
  readonly name: string;
  /** How it is counted, in one sentence. */
  readonly method: string;
}

function measures<const Id extends string>(
  words: Readonly<Record<Id, MeasureWords>>,
): Readonly<Record<string, MeasureWords>> {
  return words;
}

/** The words of a digest. */
export const englishDigest = {
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
  news: { better: 'better', worse: 'worse' },
  spread: (p75: string, p95: string) => `75 % within ${p75}, 95 % within ${p95}`,
  ofAll: (n: string, of: string) => `${n} of ${of}`,
  title: (name: string, period: string) => `Delivery of ${name}, ${period}`,
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
  },
  worst: 'Worth a look',
  all: (count: number) => `All ${plural(count, { one: 'figure', other: 'figures' })}`,
  method: 'Method and data',
  window: (period: string, before: string, zone: string) =>
    `Period: ${period}, compared with ${before}. Time zone: ${zone}.`,
  source: (words: string) => `Deployments: ${words}.`,
  arrows:
    'An arrow marks a change that chance does not explain. Medians are of things that have a value; n says how many.',
  projects: (count: number) => plural(count, { one: 'project', other: 'projects' }),
  version: (version: number) => `Definitions: version ${version}.`,
  requests: (count: number) => `${plural(count, { one: 'request', other: 'requests' })} to GitLab.`,
  gapsOf: (project: string) => `Not read of ${project}`,
  more: (count: number) =>
    `${formatCount(count)} more ${formOf(count, { one: 'is', other: 'are' })} in the file herald-digest.json.`,
  notMeasured: 'Not measured',
  page: {
    skip: 'Skip to the content',
    contents: 'Contents',
    asTable: 'As a table',
    made: (at: string) => `Made ${at} UTC by Herald.`,
  },
  inWords: (points: number, lowest: string, highest: string) =>
    `${plural(points, { one: 'value', other: 'values' })}, lowest ${lowest}, highest ${highest}.`,
  tables: {} as Readonly<Record<string, string>>,
  tableColumns: {} as Readonly<Record<string, string>>,
  /** Cells that are one of a few words. */
  cells: {
    author: 'its author',
    reviewer: 'a reviewer',
    pipeline: 'a pipeline',
    nobody: 'nobody',
  } as Readonly<Record<string, string>>,
  measures: measures({
    deployments: { name: 'Deployments', method: 'Successful deployments that ended in the period.' },
    'cycle-time': { name: 'Cycle time', method: 'From the first commit to the merge; median.' },
  }),
} as const;

export type DigestWords = typeof englishDigest;
