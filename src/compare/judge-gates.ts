import type { GateVerdict } from '../model/gate.ts';
import type { GateWords } from '../model/gate-words.ts';
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
export function judgeGates(
  conditions: readonly Condition[],
  summary: Judgeable,
  words: GateWords,
): readonly GateVerdict[] {
  return conditions.map((condition) => {
    const base = { condition: condition.text, grade: condition.grade, override: null };
    const gate = gateNamed(condition.name);
    const measured = gate?.measure(summary, condition.threshold) ?? null;
    if (gate === null || measured === null) {
      const why = gate?.unmeasured ?? null;
      const message = words.notJudged(why === null ? '' : words.unmeasured[why]);
      return { ...base, outcome: 'unknown', message };
    }
    const found = measured.found(words);
    return holds(measured.value, condition)
      ? { ...base, outcome: 'failed', message: `${found}; ${words.remedy[gate.remedy]}` }
      : { ...base, outcome: 'passed', message: found };
  });
}

/** Whether a condition holds; null where it cannot be measured. */
export function isMet(condition: Condition, summary: Judgeable): boolean | null {
  const measured = gateNamed(condition.name)?.measure(summary, condition.threshold) ?? null;
  return measured === null ? null : holds(measured.value, condition);
}
