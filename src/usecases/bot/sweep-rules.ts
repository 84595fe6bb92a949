import type { Noteable } from '../../model/noteable.ts';
import type { Handled } from './bot-world.ts';
import type { Desk } from './desk.ts';
import { handleByRules, hasRuleFor } from './handle-by-rules.ts';
import { occurrenceNow } from './rules-now.ts';

const names = ['schedule'];
const maxObjects = 500;

/** Tries the rules about time on every open merge request and issue. */
export async function sweepRules(desk: Desk): Promise<readonly Handled[]> {
  if (!hasRuleFor(names, desk)) return [];
  const { world, project } = desk;
  const handled: Handled[] = [];
  const kinds: readonly Noteable['kind'][] = ['merge_request', 'issue'];
  for (const kind of kinds) {
    const filter = { kind, state: 'opened', since: null, max: maxObjects } as const;
    const work = await world.gitlab.fetchWork(project.id, filter);
    if (work.length === maxObjects)
      world.log.warn(`${project.path}: only the ${maxObjects} that changed last are looked at`);
    for (const on of work) {
      const one = await handleByRules(occurrenceNow(names, project.id, on), desk);
      if (one.outcome === 'handled') handled.push(one);
    }
  }
  return handled;
}
