import type { FindingsComparison } from '../../model/comparison.ts';
import { type CoveredOf, percentOf } from '../../model/coverage.ts';
import { type Icon, type Inline, link, text } from '../../model/document.ts';
import type { UnexplainedSign } from '../../model/evidence.ts';
import { type FindingsReport, severities } from '../../model/findings.ts';
import { hasEnded, type Job } from '../../model/pipeline.ts';
import type { Summary } from '../../model/summary.ts';
import type { Language } from '../words/english.ts';
import { unexplainedPhrase } from './headline-phrases.ts';
import { destroysOf, isOfPlan, planActions, planOf } from './terraform-plan.ts';
import { allowedFailures, crossedThresholds, failedJobs, failingTests, hiddenFailures } from './verdict.ts';

/** One check of the table: symbol and words, and what changed against the baseline. */
export interface CheckRow {
  readonly label: readonly Inline[];
  /** `passed` and `info` need nobody's eye. */
  readonly state: Icon;
  readonly result: string;
  readonly change: string;
}

/** Below this a change of coverage is rounding, in percentage points. */
const coverageNoise = 0.05;

function joined(parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null && part !== '').join(', ');
}

function some(count: number, words: (count: number) => string): string | null {
  return count > 0 ? words(count) : null;
}

/** Signs that may be of failing tests; a missing or unreadable file may be any report. */
function isAboutTests({ kind }: UnexplainedSign): boolean {
  return kind === 'declared' || kind === 'verdict' || kind === 'vanished' || kind === 'incomplete';
}

function testsState(summary: Summary): Icon {
  const { totals } = summary.tests ?? { totals: { total: 0, skipped: 0, flaky: 0 } };
  if (failingTests(summary) > 0) return 'failed';
  if (totals.total === totals.skipped || summary.unexplained.some(isAboutTests)) return 'warning';
  return totals.flaky > 0 ? 'flaky' : 'passed';
}

/** Only where GitLab did not answer. */
function unknownRow({ missing }: Summary, part: 'jobs' | 'test-report', words: Language): CheckRow | null {
  if (!missing.some((one) => one.part === part)) return null;
  const { label } = part === 'jobs' ? words.jobs : words.tests;
  return { label: [text(label)], state: 'warning', result: words.missing.unknown, change: '' };
}

function testsRow(summary: Summary, words: Language): CheckRow | null {
  const { tests, comparison, context } = summary;
  if (tests === null) return unknownRow(summary, 'test-report', words);
  const { passed, failed, errored, skipped, flaky, total } = tests.totals;
  const before = comparison.tests;
  const change =
    before === null
      ? ''
      : joined([
          some(before.newFailures.length, words.tests.newFailures),
          some(before.fixed.count, words.tests.fixed),
          some(before.added.count, words.tests.added),
          some(before.removed.count, words.tests.removed),
        ]);
  return {
    label: [link(`${context.pipeline.url}/test_report`, text(words.tests.label))],
    state: testsState(summary),
    result:
      total === 0
        ? words.tests.noneRan
        : joined([
            some(failed, words.tests.failed),
            some(errored, words.tests.errored),
            some(flaky, words.tests.flaky),
            words.tests.passed(passed),
            some(skipped, words.tests.skipped),
            tests.runs > total ? words.tests.ran(tests.runs) : null,
          ]),
    change: before !== null && change === '' ? words.format.difference(0) : change,
  };
}

/** A fall that is more than rounding, in percentage points, or changed lines that no test runs. */
function coverageState(delta: number | null, patchPercent: number | null): Icon {
  if (delta !== null && delta < -coverageNoise) return 'down';
  return patchPercent !== null && patchPercent < 100 ? 'info' : 'passed';
}

function percentOrNull(part: CoveredOf | null | undefined): number | null {
  return part === null || part === undefined ? null : percentOf(part);
}

function coverageRow({ coverage, comparison }: Summary, words: Language): CheckRow | null {
  if (coverage === null) return null;
  const { lines, branches } = coverage.totals;
  const percent = percentOf(lines);
  const before = percentOrNull(comparison.coverage?.before.lines);
  const branchPercent = percentOrNull(branches);
  const patchPercent = percentOrNull(comparison.patch?.lines);
  const label = [text(words.coverage.label)];
  if (percent === null) return { label, state: 'info', result: words.coverage.nothing, change: '' };
  const delta = before === null ? null : percent - before;
  return {
    label,
    state: coverageState(delta, patchPercent),
    result: joined([
      words.coverage.ofUnit(words.format.percent(percent), words.coverage.units[coverage.unit], lines),
      branchPercent === null ? null : words.coverage.branches(words.format.percent(branchPercent)),
      patchPercent === null ? null : words.coverage.patch(words.format.percent(patchPercent)),
    ]),
    change: delta === null ? '' : words.format.points(delta),
  };
}

/** With a baseline only news matter: what was there before is nobody's doing here. */
function wantsLook({ bySeverity }: FindingsReport, before: FindingsComparison | null): boolean {
  if (before !== null && before.fresh.length > 0) return true;
  const isOpen = before === null || before.undecided.length > 0;
  return isOpen && bySeverity.critical + bySeverity.high > 0;
}

function findingsChange({ fresh, fixed, undecided }: FindingsComparison, words: Language): string {
  const change = joined([some(fresh.length, words.findings.fresh), some(fixed.count, words.findings.fixed)]);
  return change === '' && undecided.length === 0 ? words.findings.noneFreshCell : change;
}

function findingsRow({ findings, comparison }: Summary, words: Language): CheckRow | null {
  if (findings === null) return null;
  const counts = severities.flatMap((severity) => {
    const count = findings.bySeverity[severity];
    return count > 0 ? [words.findings.ofSeverity(count, words.findings.severity[severity])] : [];
  });
  const before = comparison.findings;
  return {
    label: [text(words.findings.label)],
    state: wantsLook(findings, before) ? 'warning' : findings.total > 0 ? 'info' : 'passed',
    result: counts.length === 0 ? words.findings.none : joined(counts),
    change: before === null ? '' : findingsChange(before, words),
  };
}

function metricsRow({ metrics, comparison }: Summary, words: Language): CheckRow | null {
  const own = metrics?.metrics.filter((metric) => !isOfPlan(metric)).length ?? 0;
  const count = own + (metrics?.omittedMetrics ?? 0);
  if (count === 0) return null;
  const significant = comparison.metrics?.changes.filter((change) => change.significant) ?? [];
  const ofVerdict = (wanted: string): number =>
    significant.filter(({ verdict }) => verdict === wanted).length;
  return {
    label: [text(words.metrics.label)],
    state: ofVerdict('worse') > 0 ? 'warning' : 'info',
    result: words.metrics.count(count),
    change:
      comparison.metrics === null
        ? ''
        : joined([
            some(ofVerdict('worse'), words.metrics.worse),
            some(ofVerdict('better'), words.metrics.better),
            some(ofVerdict('neutral'), words.metrics.changed),
          ]) || words.format.difference(0),
  };
}

function thresholdsRow(summary: Summary, words: Language): CheckRow | null {
  const total = summary.metrics?.thresholds.length ?? 0;
  if (total === 0) return null;
  const crossed = crossedThresholds(summary).length;
  return {
    label: [text(words.thresholds.label)],
    state: crossed > 0 ? 'failed' : 'passed',
    result: crossed > 0 ? words.thresholds.crossed(crossed, total) : words.thresholds.kept(total),
    change: '',
  };
}

/** Only where a report gives a sign of failure that no other row shows. */
function reportsRow(summary: Summary, words: Language): CheckRow | null {
  const result = unexplainedPhrase(summary, words);
  return result === null
    ? null
    : { label: [text(words.unexplained.label)], state: 'warning', result, change: '' };
}

function planRow({ metrics }: Summary, words: Language): CheckRow | null {
  const plan = planOf(metrics);
  if (plan === null) return null;
  const parts = planActions.map((action) => some(plan[action], words.plan[action]));
  return {
    label: [text(words.plan.label)],
    state: destroysOf(plan) > 0 ? 'warning' : 'info',
    result: joined(parts) || words.plan.nothing,
    change: '',
  };
}

/** True for a trigger job that does not wait for its pipeline, while that goes on. */
function isDownstreamOpen({ status, trigger }: Job): boolean {
  const downstream = trigger?.downstream ?? null;
  return status === 'success' && downstream !== null && !hasEnded(downstream.status);
}

function jobsRow(summary: Summary, words: Language): CheckRow | null {
  const { pipeline } = summary;
  if (pipeline === null) return unknownRow(summary, 'jobs', words);
  // Not the job that this report is made in: it is running, and no result of the change.
  const jobs = pipeline.jobs.filter(({ id }) => id !== summary.context.job.id);
  if (jobs.length === 0) return null;
  const latest = jobs.filter(({ retried }) => !retried);
  const failed = failedJobs(summary).length;
  const allowed = allowedFailures(summary).length;
  const hidden = hiddenFailures(summary).length;
  const running = latest.filter(isDownstreamOpen).length;
  const retried = jobs.length - latest.length;
  return {
    label: [link(pipeline.pipeline.url, text(words.jobs.label))],
    state: failed > 0 ? 'failed' : allowed + hidden > 0 ? 'warning' : 'passed',
    result: joined([
      failed > 0 ? words.jobs.failed(failed, latest.length) : words.jobs.allPass(latest.length - allowed),
      allowed > 0 ? `${words.format.count(allowed)} ${words.jobs.allowed}` : null,
      hidden > 0 ? words.jobs.downstreamFailed(hidden) : null,
      running > 0 ? words.jobs.downstreamRunning(running) : null,
      some(retried, words.jobs.retried),
    ]),
    change: '',
  };
}

function durationRow({ comparison }: Summary, words: Language): CheckRow | null {
  const pipeline = comparison.durations?.pipeline ?? null;
  if (pipeline === null) return null;
  const difference = pipeline.seconds - pipeline.medianSeconds;
  const sign = difference < 0 ? '−' : '+';
  return {
    label: [text(words.durations.label)],
    state: pipeline.significant && difference > 0 ? 'up' : 'info',
    result: `${words.format.duration(pipeline.seconds)}, ${words.durations.usual(words.format.duration(pipeline.medianSeconds), pipeline.samples)}`,
    change: pipeline.significant ? `${sign}${words.format.duration(Math.abs(difference))}` : '',
  };
}

/** Only where all gates hold: those that do not have a section of their own. */
function gatesRow({ gates }: Summary, words: Language): CheckRow | null {
  if (gates.length === 0 || gates.some(({ outcome }) => outcome !== 'passed')) return null;
  return {
    label: [text(words.gates.label)],
    state: 'passed',
    result: words.gates.allPass(gates.length),
    change: '',
  };
}

/** The rows of the table of checks, in its order; empty when nothing was found. */
export function checkRows(summary: Summary, words: Language): readonly CheckRow[] {
  return [
    testsRow,
    reportsRow,
    coverageRow,
    findingsRow,
    metricsRow,
    thresholdsRow,
    planRow,
    jobsRow,
    durationRow,
    gatesRow,
  ].flatMap((row) => row(summary, words) ?? []);
}
