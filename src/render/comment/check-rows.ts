import type { FindingsComparison } from '../../model/comparison.ts';
import { type CoveredOf, percentOf } from '../../model/coverage.ts';
import { type Icon, link, text } from '../../model/document.ts';
import type { UnexplainedSign } from '../../model/evidence.ts';
import { severities } from '../../model/findings.ts';
import type { Summary } from '../../model/summary.ts';
import type { TestsReport, TestTotals } from '../../model/tests.ts';
import type { Language } from '../words/english.ts';
import { shortenText } from '../words/shorten-text.ts';
import type { CheckRow } from './check-row.ts';
import { unexplainedPhrase } from './headline-phrases.ts';
import { jobsRow } from './jobs-row.ts';
import { destroysOf, isOfPlan, planActions, planOf } from './terraform-plan.ts';
import { crossedThresholds, failingTests, hasGraveNews, quarantinedFailures } from './verdict.ts';

/** Below this a change of coverage is rounding, in percentage points. */
const coverageNoise = 0.05;
const maxName = 60;

function joined(parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null && part !== '').join(' · ');
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
  const failing = failingTests(summary);
  if (failing > 0) return failing > quarantinedFailures(summary) ? 'failed' : 'warning';
  if (totals.total === totals.skipped || summary.unexplained.some(isAboutTests)) return 'warning';
  return totals.flaky > 0 ? 'flaky' : 'passed';
}

/** Only where GitLab did not answer. */
function unknownRow({ missing }: Summary, part: 'jobs' | 'test-report', words: Language): CheckRow | null {
  if (!missing.some((one) => one.part === part)) return null;
  const { label } = part === 'jobs' ? words.jobs : words.tests;
  return { label: [text(label)], state: 'warning', result: words.missing.unknown, change: '' };
}

/** Failed, passed and skipped ones add up to all tests. */
function testWords({ totals, runs }: TestsReport, summary: Summary, words: Language): string {
  const { passed, failed, errored, skipped, flaky, total } = totals;
  if (total === skipped) return joined([words.tests.noneRan, some(skipped, words.tests.skipped)]);
  const onRetry = flaky > 0 ? `, ${words.tests.onRetry(flaky)}` : '';
  return joined([
    failingWords({ failed, errored, total }, words),
    some(quarantinedFailures(summary), words.tests.quarantined),
    `${words.tests.passed(passed)}${onRetry}`,
    some(skipped, words.tests.skipped),
    runs > total ? words.tests.ran(runs) : null,
  ]);
}

function failingWords(
  { failed, errored, total }: Pick<TestTotals, 'errored' | 'failed' | 'total'>,
  words: Language,
): string | null {
  if (failed === 0) return errored === 0 ? null : words.tests.erroredOf(errored, total);
  const said = words.tests.failedOf(failed + errored, total);
  return errored === 0 ? said : `${said}, ${words.tests.withError(errored)}`;
}

function testChange({ comparison }: Summary, words: Language): string {
  const before = comparison.tests;
  if (before === null) return '';
  const change = joined([
    some(before.newFailures.length, words.tests.moreFailed),
    some(before.fixed.count, words.tests.fixed),
    some(before.added.count, words.tests.added),
    some(before.removed.count, words.tests.removed),
  ]);
  return change === '' ? words.format.difference(0) : change;
}

function testsRow(summary: Summary, words: Language): CheckRow | null {
  const { tests, context } = summary;
  if (tests === null) return unknownRow(summary, 'test-report', words);
  return {
    label: [link(`${context.pipeline.url}/test_report`, text(words.tests.label))],
    state: testsState(summary),
    result: testWords(tests, summary, words),
    change: testChange(summary, words),
  };
}

/** A fall that is more than rounding, in percentage points; a level alone is neither good nor bad. */
function coverageState(delta: number | null): Icon {
  return delta !== null && delta < -coverageNoise ? 'down' : 'info';
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
    state: coverageState(delta),
    result: joined([
      words.coverage.shareOf(words.format.percent(percent), words.coverage.units[coverage.unit]),
      branchPercent === null ? null : words.coverage.ofBranches(words.format.percent(branchPercent)),
      patchPercent === null ? null : words.coverage.patch(words.format.percent(patchPercent)),
    ]),
    change: delta === null ? '' : words.format.points(delta),
  };
}

const maxTools = 3;

/** True where every finding is known to be new or not. */
function isDecided(compared: FindingsComparison | null): boolean {
  return compared !== null && compared.undecided.length === 0;
}

/** Where nobody knows what is new, whose findings they are. */
function toolWords({ findings, comparison }: Summary, words: Language): string {
  const names = new Set(findings?.findings.map(({ tool }) => shortenText(tool, maxName)) ?? []);
  if (isDecided(comparison.findings) || names.size === 0 || names.size > maxTools || names.has('')) return '';
  return `, ${words.findings.by([...names])}`;
}

/** With a baseline only news matter: what was there before is nobody's doing here. */
function wantsLook(summary: Summary): boolean {
  const fresh = summary.comparison.findings?.fresh.length ?? 0;
  return fresh > 0 || (!isDecided(summary.comparison.findings) && hasGraveNews(summary));
}

function findingsChange({ fresh, fixed, undecided }: FindingsComparison, words: Language): string {
  const change = joined([some(fresh.length, words.findings.fresh), some(fixed.count, words.findings.fixed)]);
  return change === '' && undecided.length === 0 ? words.findings.noneFreshCell : change;
}

function findingsRow(summary: Summary, words: Language): CheckRow | null {
  const { findings, comparison } = summary;
  if (findings === null) return null;
  const counts = severities.flatMap((severity) => {
    const count = findings.bySeverity[severity];
    return count > 0 ? [words.findings.ofSeverity(count, words.findings.severity[severity])] : [];
  });
  const before = comparison.findings;
  return {
    label: [text(words.findings.label)],
    state: wantsLook(summary) ? 'warning' : findings.total > 0 ? 'info' : 'passed',
    result: counts.length === 0 ? words.findings.none : `${joined(counts)}${toolWords(summary, words)}`,
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

function pipelineRow(summary: Summary, words: Language): CheckRow | null {
  return jobsRow(summary, words) ?? unknownRow(summary, 'jobs', words);
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
    pipelineRow,
    gatesRow,
  ].flatMap((row) => row(summary, words) ?? []);
}
