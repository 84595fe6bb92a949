import type { RuleVerdict } from './rule.ts';

function actionsOf({ actions }: RuleVerdict): string {
  return actions.map((action) => action.do).join(', ');
}

function lineOf(verdict: RuleVerdict): string {
  const { rule, outcome, whyNot, actions } = verdict;
  switch (outcome) {
    case 'matched':
      return `${rule}: matches; ${actions.length === 0 ? 'there is nothing left to do' : actionsOf(verdict)}`;
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
