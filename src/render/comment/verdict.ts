import type { Icon } from '../../model/document.ts';
import { failsJob, type GateVerdict } from '../../model/gate.ts';
import type { ThresholdResult } from '../../model/metrics.ts';
import type { PartName } from '../../model/missing-part.ts';
import { hidesFailure, isFailed, type Job } from '../../model/pipeline.ts';
import { countQuarantined } from '../../model/quarantine.ts';
import type { Summary } from '../../model/summary.ts';
import { destroysOf, planOf } from './terraform-plan.ts';

/** `info`: nothing is wrong as far as Herald knows, and nothing shows that all is well. */
export type Verdict = 'passed' | 'failed' | 'warning' | 'info';

/** Jobs that failed in their last attempt and were not allowed to. */
export function failedJobs(summary: Summary): readonly Job[] {
  return summary.pipeline?.jobs.filter(isFailed) ?? [];
}

/** Jobs that failed in their last attempt, and may fail. */
export function allowedFailures({ pipeline }: Summary): readonly Job[] {
  return pipeline?.jobs.filter((job) => job.status === 'failed' && !job.retried && job.allowFailure) ?? [];
}

/** Trigger jobs that succeeded although the pipeline that they started failed. */
export function hiddenFailures({ pipeline }: Summary): readonly Job[] {
  return pipeline?.jobs.filter(hidesFailure) ?? [];
}

/** Limits that tools check themselves and found crossed, and what they could not measure. */
export function crossedThresholds({ metrics }: Summary): readonly ThresholdResult[] {
  return metrics?.thresholds.filter(({ passed }) => !passed) ?? [];
}

/** Failed and errored tests. */
export function failingTests({ tests }: Summary): number {
  return (tests?.totals.failed ?? 0) + (tests?.totals.errored ?? 0);
}

/** Those of them that the target branch has in quarantine: the report shows them, and they fail nothing. */
export function quarantinedFailures({ comparison }: Summary): number {
  return countQuarantined(comparison.quarantined);
}

/** A failed gate that fails nothing: a warning, or one that a label allows. */
export function isGateWarning(verdict: GateVerdict): boolean {
  return verdict.outcome === 'failed' && !failsJob(verdict);
}

/** What could be red where it is not known. */
type OpenPart = Extract<PartName, 'baseline' | 'diff' | 'jobs' | 'test-report'>;

/**
 * Parts that GitLab did not give and that could be red: its jobs, its reading of test reports, and what a gate needs
 * that could not be judged. Without the others a report is redder at most.
 */
export function openParts({ missing, gates }: Summary): readonly OpenPart[] {
  const isUnjudged = gates.some(({ outcome }) => outcome === 'unknown');
  return missing.flatMap(({ part }) => {
    if (part === 'jobs' || part === 'test-report') return [part];
    return isUnjudged && (part === 'baseline' || part === 'diff') ? [part] : [];
  });
}

/** True when no report of any kind was found. */
export function isEmpty({ tests, coverage, findings, metrics }: Summary): boolean {
  return tests === null && coverage === null && findings === null && metrics === null;
}

/** True for a report of tests of which not one ran: skipped is not passed. */
function hasRunNoTest(tests: Summary['tests']): boolean {
  return tests !== null && tests.totals.skipped === tests.totals.total;
}

/**
 * Findings that somebody has to look at before the merge: grave ones of security scanners, critical ones of any tool.
 * Only new ones where that is known.
 */
export function hasGraveNews({ comparison, findings }: Summary): boolean {
  const fresh = comparison.findings?.fresh.map(({ finding }) => finding) ?? findings?.findings ?? [];
  const possible = [...fresh, ...(comparison.findings?.undecided ?? [])];
  return possible.some(
    ({ category, severity, suppressed }) =>
      !suppressed && (severity === 'critical' || (category === 'security' && severity === 'high')),
  );
}

function hasFailed(summary: Summary): boolean {
  return (
    failingTests(summary) > quarantinedFailures(summary) ||
    failedJobs(summary).length > 0 ||
    crossedThresholds(summary).length > 0 ||
    summary.gates.some(failsJob)
  );
}

/** True for grave findings that may be of the target branch already: there is nothing to compare with. */
function hasGraveOldOrNew({ findings, comparison }: Summary): boolean {
  if (comparison.findings !== null)
    return comparison.findings.undecided.some(
      ({ severity }) => severity === 'critical' || severity === 'high',
    );
  if (findings === null) return false;
  return findings.bySeverity.critical + findings.bySeverity.high > 0;
}

/**
 * True where nothing can pass: only numbers without a limit, and no earlier run to compare them with. No finding at all
 * is a result, and so is a plan that destroys nothing.
 */
function isWithoutResult(summary: Summary): boolean {
  const { tests, gates, metrics } = summary;
  return !(
    tests !== null ||
    gates.some(({ outcome }) => outcome === 'passed') ||
    (metrics?.thresholds.length ?? 0) > 0 ||
    planOf(metrics) !== null ||
    isCompared(summary)
  );
}

function isCompared({ coverage, metrics, findings, comparison }: Summary): boolean {
  return (
    (coverage !== null && comparison.coverage !== null) ||
    (metrics !== null && comparison.metrics !== null) ||
    (findings !== null && (findings.total === 0 || comparison.findings !== null))
  );
}

function wantsLook(summary: Summary): boolean {
  const { tests, gates, unexplained, metrics } = summary;
  const plan = planOf(metrics);
  return (
    isEmpty(summary) ||
    hasRunNoTest(tests) ||
    quarantinedFailures(summary) > 0 ||
    unexplained.length > 0 ||
    openParts(summary).length > 0 ||
    allowedFailures(summary).length > 0 ||
    hiddenFailures(summary).length > 0 ||
    gates.some(isGateWarning) ||
    hasGraveNews(summary) ||
    (plan !== null && destroysOf(plan) > 0)
  );
}

/** Whether the change is fine, is not, wants a look, or cannot be judged. */
export function verdictOf(summary: Summary): Verdict & Icon {
  if (hasFailed(summary)) return 'failed';
  if (wantsLook(summary)) return 'warning';
  return hasGraveOldOrNew(summary) || isWithoutResult(summary) ? 'info' : 'passed';
}
