import type * as z from 'zod';
import type { BotAction } from '../../../model/bot-write.ts';
import type { FactName, Facts, IssueFacts, MergeRequestFacts } from '../../../model/facts.ts';
import type { Noteable } from '../../../model/noteable.ts';
import type { Scene } from '../placeholder.ts';
import type { RuleAction } from '../rule.ts';

/** How one key of `do` is read. Adding one is a line in the registry. */
export interface ActionSpec {
  readonly key: string;
  /** For the docs: what it does. */
  readonly meaning: string;
  /** The value after the key in the file, in one line; empty for an action without a value. */
  readonly example: string;
  readonly schema: z.ZodType<RuleAction>;
}

type Plan = (facts: Facts, scene: Scene) => readonly BotAction[];

/** An action that always looks at the same facts and names nobody. */
export function action(name: string, needs: readonly FactName[], plan: Plan): RuleAction {
  return {
    name,
    usernames: [],
    needs: () => needs,
    plan: (occurrence, facts, rule) => plan(facts, { occurrence, rule }),
  };
}

/** An action on a merge request or an issue; nothing where there is none. */
export function onSubject(
  name: string,
  needs: readonly FactName[],
  plan: (subject: MergeRequestFacts | IssueFacts, facts: Facts) => readonly BotAction[],
): RuleAction {
  return {
    name,
    usernames: [],
    needs: (_occurrence, { subject }) => (subject === null ? [] : needs),
    plan: (_occurrence, facts) => (facts.subject === null ? [] : plan(facts.subject, facts)),
  };
}

/** An action on a merge request; nothing where there is none. */
export function onMergeRequest(
  name: string,
  needs: readonly FactName[],
  plan: (subject: MergeRequestFacts, facts: Facts, scene: Scene) => readonly BotAction[],
): RuleAction {
  return {
    name,
    usernames: [],
    needs: (_occurrence, { subject }) => (subject?.kind === 'merge_request' ? needs : []),
    plan: (occurrence, facts, rule) =>
      facts.subject?.kind === 'merge_request' ? plan(facts.subject, facts, { occurrence, rule }) : [],
  };
}

/** The objects of a rule: the merge request or issue, or the merge requests of a deployment. */
export function targetsOf({ subject, deployment }: Facts): readonly Noteable[] {
  return subject === null ? (deployment?.mergeRequests ?? []) : [subject.at];
}
