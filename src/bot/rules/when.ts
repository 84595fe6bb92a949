import * as z from 'zod';
import type { FactName, Facts } from '../../model/facts.ts';
import type { Occurrence } from '../occurrence.ts';
import type { ConditionSpec } from './conditions/condition-spec.ts';
import { conditionSpecs } from './conditions/registry.ts';
import { fails, holds, unknown } from './judgement.ts';
import type { Condition, Judgement } from './rule.ts';

/** The combined result of all conditions. */
function judgeAll(group: readonly Condition[], occurrence: Occurrence, facts: Facts): Judgement {
  const judged = group.map((condition) => ({ condition, judgement: condition.judge(occurrence, facts) }));
  const against =
    judged.find(({ judgement }) => judgement.outcome === 'fails') ??
    judged.find(({ judgement }) => judgement.outcome === 'unknown');
  if (against === undefined || against.judgement.outcome === 'holds') return holds;
  const { condition, judgement } = against;
  return { outcome: judgement.outcome, words: `${condition.name}: ${judgement.words}` };
}

function missing(condition: Condition, occurrence: Occurrence, facts: Facts): readonly FactName[] {
  return condition.needs(occurrence, facts).filter((name) => facts[name] === null);
}

/** Facts that the group still needs; empty as soon as a known fact makes one of its conditions fail. */
function needsOf(group: readonly Condition[], occurrence: Occurrence, facts: Facts): readonly FactName[] {
  const open = group.map((condition) => ({ condition, lacks: missing(condition, occurrence, facts) }));
  const isDecided = open.some(
    ({ condition, lacks }) => lacks.length === 0 && condition.judge(occurrence, facts).outcome === 'fails',
  );
  return isDecided ? [] : open.flatMap(({ lacks }) => lacks);
}

function notCondition(group: readonly Condition[]): Condition {
  return {
    name: 'not',
    needs: (occurrence, facts) => needsOf(group, occurrence, facts),
    judge: (occurrence, facts) => {
      const judgement = judgeAll(group, occurrence, facts);
      if (judgement.outcome === 'fails') return holds;
      if (judgement.outcome === 'unknown') return judgement;
      return fails(`${group.map(({ name }) => name).join(' and ')} of it holds`);
    },
  };
}

function anyOfCondition(groups: readonly (readonly Condition[])[]): Condition {
  return {
    name: 'any-of',
    needs: (occurrence, facts) => {
      const isDecided = groups.some(
        (group) =>
          group.every((condition) => missing(condition, occurrence, facts).length === 0) &&
          judgeAll(group, occurrence, facts).outcome === 'holds',
      );
      return isDecided ? [] : [...new Set(groups.flatMap((group) => needsOf(group, occurrence, facts)))];
    },
    judge: (occurrence, facts) => {
      const judged = groups.map((group) => judgeAll(group, occurrence, facts));
      const against = judged.flatMap((judgement) => (judgement.outcome === 'holds' ? [] : [judgement]));
      if (against.length < judged.length) return holds;
      const words = against.map((judgement) => judgement.words).join('; ');
      return against.some(({ outcome }) => outcome === 'unknown') ? unknown(words) : fails(words);
    },
  };
}

type Shape = Record<string, z.ZodOptional<z.ZodType<Condition>>>;

const specs: readonly ConditionSpec[] = conditionSpecs;
const plain: Shape = Object.fromEntries(specs.map(({ key, schema }) => [key, schema.optional()]));

function conditionsIn(values: Readonly<Record<string, Condition | undefined>>): readonly Condition[] {
  return Object.values(values).flatMap((condition) => condition ?? []);
}

const group = z.lazy(() => z.strictObject(plain).transform(conditionsIn));
const negation = z.lazy(() =>
  group.refine((conditions) => conditions.length > 0, 'at least one condition').transform(notCondition),
);
const withNegation = z.lazy(() =>
  z.strictObject({ ...plain, not: negation.optional() }).transform(conditionsIn),
);

const alternatives = z.lazy(() =>
  z
    .array(withNegation.refine((conditions) => conditions.length > 0, 'at least one condition'))
    .min(1, 'at least one set of conditions')
    .max(20, 'at most 20 sets of conditions')
    .transform(anyOfCondition),
);

/** The value of `when`: conditions by their keys, all of which must hold, with `not` and `any-of` over them. */
export const whenSchema = z.lazy(() =>
  z
    .strictObject({ ...plain, not: negation.optional(), 'any-of': alternatives.optional() })
    .transform(conditionsIn),
);
