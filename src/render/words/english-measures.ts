import { formOf } from '../../model/plural.ts';
import { formatCount, plural } from './format-number.ts';

/** The words for what is measured: coverage, findings, metrics, plans, durations. */
export const englishMeasures = {
  coverage: {
    label: 'Coverage',
    inWords: (percent: string) => `coverage ${percent}`,
    units: { lines: 'lines', statements: 'statements', mixed: 'lines and statements' },
    shareOf: (percent: string, unit: string) => `${percent} of ${unit}`,
    branches: (percent: string) => `branches ${percent}`,
    nothing: 'nothing to cover',
    ofBranches: (percent: string) => `${percent} of branches`,
    patch: (percent: string) => `${percent} of changed lines`,
    heading: 'Coverage',
    uncovered: (covered: number, total: number, percent: string) =>
      `${formatCount(covered)} of ${plural(total, { one: 'changed line', other: 'changed lines' })} ${formOf(covered, { one: 'is', other: 'are' })} covered (${percent}). Not covered:`,
    patchTitle: 'Not covered in this change',
    patchShare: (covered: number, total: number) =>
      `(${formatCount(covered)} of ${plural(total, { one: 'line is', other: 'lines are' })})`,
    columns: { file: 'File', covered: 'Changed lines covered', missing: 'Not covered' },
    lossColumns: { file: 'File', before: 'Before', now: 'Now', change: 'Change' },
    lost: (count: number) =>
      `${plural(count, { one: 'changed file has', other: 'changed files have' })} less coverage than before`,
    indirect: (count: number) =>
      `${plural(count, { one: 'file', other: 'files' })} outside of this change lost coverage`,
    unmeasured: (count: number) =>
      `${plural(count, { one: 'changed file is', other: 'changed files are' })} not in any coverage report:`,
    pathsDoNotFit: 'No changed file is in the coverage report: are its paths relative to the project?',
    incomplete: 'GitLab did not return the whole diff: there may be more.',
    moreRanges: (count: number) => `and ${formatCount(count)} more`,
    moreFiles: (count: number) =>
      `${plural(count, { one: 'more file is', other: 'more files are' })} in the full report.`,
    noun: (count: number) =>
      plural(count, { one: 'uncovered changed line', other: 'uncovered changed lines' }),
    nounIndirect: (count: number) =>
      plural(count, { one: 'file with less coverage', other: 'files with less coverage' }),
  },
  findings: {
    label: 'Findings',
    none: 'none',
    severity: {
      critical: 'critical',
      high: 'high',
      medium: 'medium',
      low: 'low',
      info: 'info',
      unknown: 'unrated',
    },
    fresh: (count: number) => `${formatCount(count)} new`,
    noneFresh: 'no new findings',
    noneFreshCell: 'no new ones',
    freshPhrase: (count: number) => plural(count, { one: 'new finding', other: 'new findings' }),
    freshSecurityPhrase: (count: number, worst: string) =>
      `${plural(count, { one: 'new security finding', other: 'new security findings' })} (worst: ${worst})`,
    countPhrase: (count: number) => plural(count, { one: 'finding', other: 'findings' }),
    ofWorst: (count: number, severity: string) => `${formatCount(count)} of ${severity} severity`,
    fixed: (count: number) => `${formatCount(count)} fixed`,
    securityHeading: (count: number) =>
      plural(count, { one: 'new security finding', other: 'new security findings' }),
    heading: (count: number) => plural(count, { one: 'new finding', other: 'new findings' }),
    onChangedLines: (count: number, total: number) =>
      count === total
        ? formOf(total, { one: 'on a changed line', other: 'all on changed lines' })
        : `${formatCount(count)} on changed lines`,
    changedLine: 'changed line',
    columns: { severity: 'Severity', place: 'Where', message: 'What' },
    worstHeading: 'The worst findings, new or not',
    fixedHeading: (count: number) => `Fixed (${formatCount(count)})`,
    incomplete: 'There are more findings than Herald keeps: some new ones may not be counted.',
    undecided: (count: number) =>
      `${plural(count, { one: 'finding', other: 'findings' })} on other lines may be new or not: the target branch has none to compare with, so only those on lines that this merge request adds count as new. Let the pipelines of the target branch report findings, too.`,
    notCompared:
      'Which findings are new is not known: the target branch has none to compare with, and the changed lines are not known. Let the pipelines of the target branch report findings, too.',
    more: (count: number) => `${plural(count, { one: 'more is', other: 'more are' })} in the full report.`,
    noun: (count: number) => plural(count, { one: 'new finding', other: 'new findings' }),
    project: 'the whole project',
    by: (tools: readonly string[]) => `by ${tools.join(', ')}`,
    ofSeverity: (count: number, severity: string) => `${formatCount(count)} ${severity}`,
  },
  metrics: {
    label: 'Metrics',
    count: (count: number) => plural(count, { one: 'metric', other: 'metrics' }),
    worse: (count: number) => `${formatCount(count)} worse`,
    better: (count: number) => `${formatCount(count)} better`,
    changed: (count: number) => `${formatCount(count)} changed`,
    heading: 'Metrics',
    columns: { metric: 'Metric', before: 'Before', now: 'Now', change: 'Change' },
    verdict: { better: 'better', worse: 'worse', neutral: '' },
    more: (count: number) => `${plural(count, { one: 'more is', other: 'more are' })} in the full report.`,
    noun: (count: number) => plural(count, { one: 'changed metric', other: 'changed metrics' }),
  },
  thresholds: {
    label: 'Thresholds',
    heading: 'Crossed thresholds',
    crossed: (count: number, total: number) =>
      `${formatCount(count)} of ${plural(total, { one: 'threshold', other: 'thresholds' })} crossed`,
    kept: (count: number) => plural(count, { one: 'threshold kept', other: 'thresholds kept' }),
    crossedPhrase: (count: number) =>
      plural(count, { one: 'threshold crossed', other: 'thresholds crossed' }),
    more: (count: number) => `${plural(count, { one: 'more is', other: 'more are' })} in the full report.`,
    noun: (count: number) => plural(count, { one: 'crossed threshold', other: 'crossed thresholds' }),
  },
  plan: {
    label: 'Plan',
    create: (count: number) => `${formatCount(count)} to add`,
    update: (count: number) => `${formatCount(count)} to change`,
    replace: (count: number) => `${formatCount(count)} to replace`,
    delete: (count: number) => `${formatCount(count)} to destroy`,
    import: (count: number) => `${formatCount(count)} to import`,
    move: (count: number) => `${formatCount(count)} to move`,
    forget: (count: number) => `${formatCount(count)} to forget`,
    phrase: (changes: string) => `plan: ${changes}`,
    nothing: 'no changes',
    destroysPhrase: (count: number) =>
      `the plan destroys ${plural(count, { one: 'resource', other: 'resources' })}`,
    heading: 'Destroyed by the plan',
    more: (count: number) => `and ${formatCount(count)} more`,
  },
  durations: {
    heading: 'Slower than usual',
    pipeline: 'Pipeline',
    queue: 'Waiting for runners',
    usual: (median: string) => `usually ${median}`,
    columns: { what: 'What', now: 'Now', usual: 'Usually', change: 'Change' },
    more: (count: number) =>
      `${plural(count, { one: 'more job is', other: 'more jobs are' })} slower than usual.`,
    noun: (count: number) => plural(count, { one: 'slow job', other: 'slow jobs' }),
  },
} as const;
