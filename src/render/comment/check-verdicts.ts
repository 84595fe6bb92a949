import type { NewFinding } from '../../model/comparison.ts';
import { type Severity, severities } from '../../model/findings.ts';
import { failsJob, type GateVerdict } from '../../model/gate.ts';
import type { Summary } from '../../model/summary.ts';
import type { Language } from '../words/english.ts';
import { coveragePhrase, testsPhrase, unexplainedPhrase } from './headline-phrases.ts';
import { destroysOf, isOfPlan, planActions, planOf } from './terraform-plan.ts';
import { failingTests } from './verdict.ts';

/** What one commit status per check is about, in the order they are set. */
export const checkNames = [
  'tests',
  'coverage',
  'quality',
  'security',
  'metrics',
  'plan',
  'pipeline',
  'reports',
] as const;

export type CheckName = (typeof checkNames)[number];

export interface CheckVerdict {
  readonly check: CheckName;
  /** `failed` only when a gate of this check fails the job. */
  readonly state: 'success' | 'failed';
  readonly words: string;
}

/** The checks that a gate speaks of, by the gate's name; with several it counts for those that there are. */
export const checksOfGates: Readonly<Record<string, readonly CheckName[]>> = {
  failures: ['tests'],
  errors: ['tests'],
  'new-failures': ['tests'],
  'new-stable-failures': ['tests'],
  flaky: ['tests'],
  skipped: ['tests'],
  'newly-skipped': ['tests'],
  'removed-tests': ['tests'],
  tests: ['tests'],
  coverage: ['coverage'],
  'branch-coverage': ['coverage'],
  'coverage-drop': ['coverage'],
  'patch-coverage': ['coverage'],
  findings: ['quality', 'security'],
  'new-findings': ['quality', 'security'],
  vulnerabilities: ['security'],
  'new-vulnerabilities': ['security'],
  'size-increase': ['metrics'],
  'worse-metrics': ['metrics'],
  thresholds: ['metrics'],
  'plan-destroys': ['plan'],
  'duration-increase': ['pipeline'],
  'failed-jobs': ['pipeline'],
  'code-owner-approval': ['pipeline'],
  'missing-report': ['reports'],
};

type Words = Partial<Record<CheckName, string>>;

function nothingLeftOut(parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null && part !== '').join(', ');
}

function testWords(summary: Summary, words: Language): string | null {
  const said = testsPhrase(summary, words);
  const flaky = summary.tests?.totals.flaky ?? 0;
  if (said === null) return null;
  // Where all pass, the phrase names the flaky ones itself.
  const isTold = failingTests(summary) === 0;
  return nothingLeftOut([said, flaky > 0 && !isTold ? words.tests.passedOnRetry(flaky) : null]);
}

function worstOf(fresh: readonly NewFinding[]): Severity {
  return (
    severities.find((severity) => fresh.some(({ finding }) => finding.severity === severity)) ?? 'unknown'
  );
}

/** Security findings and all others are two checks: other people look after them. */
function findingWords({ findings, comparison }: Summary, words: Language): Words {
  if (findings === null) return {};
  const told = (isSecurity: boolean): string => {
    const fresh = comparison.findings?.fresh.filter(
      ({ finding }) => (finding.category === 'security') === isSecurity,
    );
    const mayBeMore = comparison.findings?.undecided.some(
      ({ category }) => (category === 'security') === isSecurity,
    );
    if (fresh === undefined || (fresh.length === 0 && mayBeMore === true)) {
      const ofKind = findings.findings.filter(({ category }) => (category === 'security') === isSecurity);
      const counts = severities.map((severity) => {
        const count = ofKind.filter((finding) => finding.severity === severity).length;
        return count === 0 ? null : words.findings.ofSeverity(count, words.findings.severity[severity]);
      });
      return nothingLeftOut(counts) || words.findings.none;
    }
    if (fresh.length === 0) return words.findings.noneFresh;
    return isSecurity
      ? words.findings.freshSecurityPhrase(fresh.length, words.findings.severity[worstOf(fresh)])
      : words.findings.freshPhrase(fresh.length);
  };
  const hasSecurity = findings.findings.some(({ category }) => category === 'security');
  const hasOthers = findings.findings.some(({ category }) => category !== 'security');
  return {
    ...(hasOthers || !hasSecurity ? { quality: told(false) } : {}),
    ...(hasSecurity ? { security: told(true) } : {}),
  };
}

function metricWords({ metrics, comparison }: Summary, words: Language): Words {
  const count = metrics === null ? 0 : metrics.metrics.filter((metric) => !isOfPlan(metric)).length;
  const limits = metrics?.thresholds ?? [];
  if (count === 0 && limits.length === 0) return {};
  const crossed = limits.filter(({ passed }) => !passed).length;
  const worse =
    comparison.metrics?.changes.filter(({ significant, verdict }) => significant && verdict === 'worse')
      .length ?? 0;
  return {
    metrics: nothingLeftOut([
      crossed > 0 ? words.thresholds.crossed(crossed, limits.length) : null,
      count > 0 ? words.metrics.count(count) : null,
      worse > 0 ? words.metrics.worse(worse) : null,
    ]),
  };
}

function planWords({ metrics }: Summary, words: Language): Words {
  const plan = planOf(metrics);
  if (plan === null) return {};
  const destroys = destroysOf(plan);
  if (destroys > 0) return { plan: words.plan.destroysPhrase(destroys) };
  const changes = planActions.map((action) => (plan[action] > 0 ? words.plan[action](plan[action]) : null));
  return { plan: nothingLeftOut(changes) || words.plan.nothing };
}

/** The checks that a gate counts for: of those it may speak of the ones that there are, else the first. */
function checksOf({ condition }: GateVerdict, found: Words): readonly CheckName[] {
  const name = /^[a-z-]+/i.exec(condition.trim())?.[0]?.toLowerCase() ?? '';
  const possible = checksOfGates[name] ?? ['reports'];
  const there = possible.filter((check) => found[check] !== undefined);
  return there.length > 0 ? there : possible.slice(0, 1);
}

function verdictOfCheck(
  check: CheckName,
  said: string | undefined,
  gates: readonly GateVerdict[],
): CheckVerdict | null {
  const failed = gates.filter(failsJob);
  if (failed.length > 0)
    return { check, state: 'failed', words: failed.map(({ message }) => message).join('; ') };
  if (said !== undefined) return { check, state: 'success', words: said };
  if (gates.length === 0) return null;
  return { check, state: 'success', words: gates.map(({ message }) => message).join('; ') };
}

/**
 * One verdict per check that was found or that a gate speaks of. It fails only when a gate fails the job; its words are
 * then what the gate found, else the result. For commit statuses: plain text, not cut.
 */
export function checkVerdicts(summary: Summary, words: Language): readonly CheckVerdict[] {
  const tests = testWords(summary, words);
  const coverage = coveragePhrase(summary, words);
  const unexplained = unexplainedPhrase(summary, words);
  const found: Words = {
    ...(tests === null ? {} : { tests }),
    ...(coverage === null ? {} : { coverage }),
    ...findingWords(summary, words),
    ...metricWords(summary, words),
    ...planWords(summary, words),
    ...(unexplained === null ? {} : { reports: unexplained }),
  };
  return checkNames.flatMap((check) => {
    const gates = summary.gates.filter((gate) => checksOf(gate, found).includes(check));
    return verdictOfCheck(check, found[check], gates) ?? [];
  });
}
