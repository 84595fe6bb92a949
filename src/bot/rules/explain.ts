import type { RuleVerdict } from './rule.ts';

function actionsOf({ actions }: RuleVerdict): string {
  return actions.map((action) => action.do).join(', ');
}

function doneBy(verdict: RuleVerdict): readonly string[] {
  if (verdict.actions.length > 0) return [actionsOf(verdict)];
  return verdict.unable === undefined ? ['there is nothing left to do'] : [];
}

function lineOf(verdict: RuleVerdict): string {
  const { rule, outcome, whyNot, actions } = verdict;
  switch (outcome) {
    case 'matched':
      return `${rule}: matches; ${[...doneBy(verdict), ...(verdict.unable ?? [])].join('; ')}`;
    case 'stopped':
      return `${rule}: not tried, because an earlier rule stopped the evaluation`;
    case 'other event':
      return `${rule}: is about other events`;
    case 'not matched': {
      const reasons = whyNot.map(({ condition, words }) => `${condition}: ${words}`).join('; ');
      return `${rule}: does not match; ${reasons}${actions.length === 0 ? '' : `; otherwise: ${actionsOf(verdict)}`}`;
    }
  }
}

/** One line a rule, those that match first, those about other events last. For logs and dry runs. */
export function explainVerdicts(verdicts: readonly RuleVerdict[]): readonly string[] {
  const order: readonly RuleVerdict['outcome'][] = ['matched', 'not matched', 'stopped', 'other event'];
  return order.flatMap((outcome) => verdicts.filter((verdict) => verdict.outcome === outcome)).map(lineOf);
}
