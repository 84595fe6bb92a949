import type { GateVerdict } from '../model/gate.ts';
import type { Judgeable, Threshold } from './gate.ts';
import { type Condition, gateNamed } from './parse-condition.ts';

function holds(value: number, { operator, threshold }: Pick<Condition, 'operator' | 'threshold'>): boolean {
  const limit = limitOf(threshold);
  switch (operator) {
    case '<':
      return value < limit;
    case '<=':
      return value <= limit;
    case '>':
      return value > limit;
    case '>=':
      return value >= limit;
  }
}

/** `>=high` needs at least one of that severity or above. */
function limitOf(threshold: Threshold): number {
  return threshold.kind === 'severity' ? 1 : threshold.value;
}

/**
 * The verdict on each condition, in their order. A condition that cannot be measured is `unknown`: it fails nothing,
 * and the comment shows it.
 */
export function judgeGates(conditions: readonly Condition[], summary: Judgeable): readonly GateVerdict[] {
  return conditions.map((condition) => {
    const base = { condition: condition.text, grade: condition.grade, override: null };
    const gate = gateNamed(condition.name);
    const measured = gate?.measure(summary, condition.threshold) ?? null;
    if (gate === null || measured === null)
      return { ...base, outcome: 'unknown', message: `not judged: ${gate?.unmeasured ?? 'unknown gate'}` };
    return holds(measured.value, condition)
      ? { ...base, outcome: 'failed', message: `${measured.found}; ${gate.remedy}` }
      : { ...base, outcome: 'passed', message: measured.found };
  });
}
