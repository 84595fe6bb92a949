import { percentOf } from '../model/coverage.ts';
import { failsJob } from '../model/gate.ts';
import type { Summary } from '../model/summary.ts';
import { isMet } from './judge-gates.ts';
import { type Condition, parseCondition } from './parse-condition.ts';

/** A label and whether this result asks for it; null when the result does not say. */
export interface ResultLabel {
  readonly label: string;
  readonly present: boolean | null;
}

/** Below this a change of coverage is rounding, in percentage points. */
const coverageNoise = 0.05;

function coverageChange({ coverage, comparison }: Summary): number | null {
  const now = coverage === null ? null : percentOf(coverage.totals.lines);
  const before = comparison.coverage === null ? null : percentOf(comparison.coverage.before.lines);
  return now === null || before === null ? null : now - before;
}

/**
 * The labels of `labels: results`. Without a report of their kind they are removed, because nothing is known any more.
 */
export function labelsOfResults(summary: Summary): readonly ResultLabel[] {
  const { tests, comparison, gates } = summary;
  const failing = tests === null ? 0 : tests.totals.failed + tests.totals.errored;
  const change = coverageChange(summary) ?? 0;
  const fresh = comparison.findings?.fresh ?? [];
  return [
    { label: 'tests::failing', present: failing > 0 },
    { label: 'tests::passing', present: failing === 0 && (tests?.totals.total ?? 0) > 0 },
    { label: 'coverage::down', present: change < -coverageNoise },
    { label: 'coverage::up', present: change > coverageNoise },
    { label: 'findings::new', present: fresh.some(({ finding }) => finding.category !== 'security') },
    { label: 'security::new', present: fresh.some(({ finding }) => finding.category === 'security') },
    { label: 'gates::failed', present: gates.some(failsJob) },
  ];
}

export interface LabelRule {
  readonly condition: Condition;
  readonly label: string;
}

/** Reads `label-rules`: condition → label. Throws `UsageError` for a condition that is not valid. */
export function parseLabelRules(rules: Readonly<Record<string, string>>): readonly LabelRule[] {
  return Object.entries(rules).map(([condition, label]) => ({
    condition: parseCondition(condition, 'fail', 'label-rules'),
    label,
  }));
}

/** The labels of rules, by the conditions of gates. If a condition cannot be measured, its label stays unchanged. */
export function labelsOfRules(rules: readonly LabelRule[], summary: Summary): readonly ResultLabel[] {
  return rules.map(({ condition, label }) => ({ label, present: isMet(condition, summary) }));
}
