import type { Icon } from '../model/document.ts';
import { failsJob, type GateVerdict } from '../model/gate.ts';
import type { Job } from '../model/pipeline.ts';
import type { Summary } from '../model/summary.ts';
import { destroysOf, planOf } from './terraform-plan.ts';

export type Verdict = 'passed' | 'failed' | 'warning';

/** Jobs that failed in their last attempt and were not allowed to. */
export function failedJobs(summary: Summary): readonly Job[] {
  return (
    summary.pipeline?.jobs.filter((job) => job.status === 'failed' && !job.retried && !job.allowFailure) ?? []
  );
}

/** Failed and errored tests. */
export function failingTests({ tests }: Summary): number {
  return (tests?.totals.failed ?? 0) + (tests?.totals.errored ?? 0);
}

/** A failed gate that fails nothing: a warning, or one that a label allows. */
export function isGateWarning(verdict: GateVerdict): boolean {
  return verdict.outcome === 'failed' && !failsJob(verdict);
}

/** True when no report of any kind was found. */
export function isEmpty({ tests, coverage, findings, metrics }: Summary): boolean {
  return tests === null && coverage === null && findings === null && metrics === null;
}

/**
 * Findings that somebody has to look at before the merge: grave ones of security scanners, critical ones of any tool. Only new ones
 * where that is known.
 */
function hasGraveNews({ comparison, findings }: Summary): boolean {
  const fresh = comparison.findings?.fresh.map(({ finding }) => finding) ?? findings?.findings ?? [];
  return fresh.some(
    ({ category, severity, suppressed }) =>
      !suppressed && (severity === 'critical' || (category === 'security' && severity === 'high')),
  );
}

/** Whether the change is fine, is not, or wants a look. */
export function verdictOf(summary: Summary): Verdict & Icon {
  const { tests, gates, files, metrics } = summary;
  if (failingTests(summary) > 0 || failedJobs(summary).length > 0 || gates.some(failsJob)) return 'failed';
  const plan = planOf(metrics);
  const wantsLook =
    isEmpty(summary) ||
    tests?.totals.total === 0 ||
    files.some(({ error }) => error !== null) ||
    gates.some(isGateWarning) ||
    hasGraveNews(summary) ||
    (plan !== null && destroysOf(plan) > 0);
  return wantsLook ? 'warning' : 'passed';
}
