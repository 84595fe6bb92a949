import { eventNames } from './event-names.ts';
import type { Rule } from './rule.ts';

/** Confidential issues and comments have switches of their own. */
const withConfidential: Readonly<Record<string, string>> = {
  issues_events: 'confidential_issues_events',
  note_events: 'confidential_note_events',
};

/**
 * The switches of a webhook without which rules would not hear of their events, by the names of GitLab's API, sorted.
 * Empty for rules that only the sweep tries. Those of commands are not among them. Source: https://docs.gitlab.com/api/project_webhooks/
 */
export function neededEvents(rules: readonly Pick<Rule, 'on'>[], confidential = false): readonly string[] {
  const names = new Set(rules.flatMap(({ on }) => on));
  const hooks = new Set<string>();
  for (const { name, hook } of eventNames) {
    if (hook === null || !names.has(name)) continue;
    hooks.add(hook);
    const secret = withConfidential[hook];
    if (confidential && secret !== undefined) hooks.add(secret);
  }
  return [...hooks].sort();
}
