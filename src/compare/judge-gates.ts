import type { GateVerdict } from '../model/gate.ts';
import type { GateWords } from '../model/gate-words.ts';
import type { Gate, Judgeable, Measured, Threshold } from './gate.ts';
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
 * Whether a condition holds for what was measured. Of a value that may be larger this is known where it is true, or
 * false, of all larger ones, too; else null.
 */
function verdictOn(measured: Measured, condition: Condition): boolean | null {
  const isHeld = holds(measured.value, condition);
  if (measured.mayBeMore === undefined) return isHeld;
  const isForMany = condition.operator.startsWith('>');
  return isHeld === isForMany ? isHeld : null;
}

function unknownWords({ unmeasured }: Gate, summary: Judgeable, words: GateWords): string {
  const why = typeof unmeasured === 'function' ? unmeasured(summary) : unmeasured;
  return words.notJudged(why === null ? '' : words.unmeasured[why]);
}

/** A verdict, with what was measured for it. */
export interface JudgedGate {
  readonly verdict: GateVerdict;
  /** What the gate measures, in words. */
  readonly measures: string;
  /** What was measured, in the unit of the threshold; null where nothing could be. */
  readonly value: number | null;
}

function judged(condition: Condition, summary: Judgeable, words: GateWords): JudgedGate {
  const base = { condition: condition.text, grade: condition.grade, override: null };
  const gate = gateNamed(condition.name);
  const measured = gate?.measure(summary, condition.threshold) ?? null;
  const seen = { measures: gate?.meaning ?? '', value: measured?.value ?? null };
  if (gate === null || measured === null) {
    const message = gate === null ? words.notJudged('') : unknownWords(gate, summary, words);
    return { ...seen, verdict: { ...base, outcome: 'unknown', message } };
  }
  return { ...seen, verdict: { ...base, ...judgedBy(condition, { gate, measured }, words) } };
}

/** The outcome of what was measured, and its words. */
function judgedBy(
  condition: Condition,
  { gate, measured }: { readonly gate: Gate; readonly measured: Measured },
  words: GateWords,
): Pick<GateVerdict, 'outcome' | 'message'> {
  const found = measured.found(words);
  const isHeld = verdictOn(measured, condition);
  if (isHeld === null) {
    const more = measured.mayBeMore === undefined ? '' : words.unmeasured[measured.mayBeMore];
    return { outcome: 'unknown', message: words.notJudged(words.atLeast(found, more)) };
  }
  return isHeld
    ? { outcome: 'failed', message: `${found}; ${words.remedy[gate.remedy]}` }
    : { outcome: 'passed', message: found };
}

/**
 * The verdict on each condition, in their order, with what was measured. A condition that cannot be measured is
 * `unknown`: it fails nothing, and the comment shows it.
 */
export function judgedGates(
  conditions: readonly Condition[],
  summary: Judgeable,
  words: GateWords,
): readonly JudgedGate[] {
  return conditions.map((condition) => judged(condition, summary, words));
}

/** The verdicts alone. */
export function judgeGates(
  conditions: readonly Condition[],
  summary: Judgeable,
  words: GateWords,
): readonly GateVerdict[] {
  return judgedGates(conditions, summary, words).map(({ verdict }) => verdict);
}

/** With `strict`, a condition that fails the job also does so where it could not be measured. */
export function failUnjudged(verdicts: readonly GateVerdict[]): readonly GateVerdict[] {
  return verdicts.map((verdict) =>
    verdict.grade === 'fail' && verdict.outcome === 'unknown' ? { ...verdict, outcome: 'failed' } : verdict,
  );
}

/** Whether a condition holds; null where it cannot be measured. */
export function isMet(condition: Condition, summary: Judgeable): boolean | null {
  const measured = gateNamed(condition.name)?.measure(summary, condition.threshold) ?? null;
  return measured === null ? null : verdictOn(measured, condition);
}
