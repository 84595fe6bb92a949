import type { Occurrence } from '../../bot/occurrence.ts';
import type { Rule } from '../../bot/rules/rule.ts';
import type { Noteable } from '../../model/noteable.ts';

/**
 * An occurrence without an event of GitLab: the sweep checks an object, or somebody asks what would happen.
 */
export function occurrenceNow(
  names: readonly string[],
  project: number,
  subject: Noteable | null,
): Occurrence {
  return {
    names,
    project,
    subject,
    actorId: null,
    confidential: false,
    note: null,
    ref: null,
    deploymentId: null,
    claim: null,
    labelChange: { added: [], removed: [] },
  };
}

/** Each rule with an occurrence that it listens to, as if that happened to the object now. */
export function occurrencesOfRules(
  rules: readonly Rule[],
  on: Noteable,
): readonly { readonly rule: Rule; readonly occurrence: Occurrence }[] {
  return rules.map((rule) => ({ rule, occurrence: occurrenceNow(rule.on, on.project, on) }));
}
