import { type Noteable, noteableName } from '../../model/noteable.ts';
import type { Handled, SweepWorld } from './bot-world.ts';
import type { Desk } from './desk.ts';
import { deskAbout } from './desk-about.ts';
import { handleByRules, hasRuleFor } from './handle-by-rules.ts';
import { onItsOwn } from './on-its-own.ts';
import { occurrenceNow } from './rules-now.ts';

const names = ['schedule'];
const maxObjects = 500;

/** Tries the rules about time on every open merge request and issue. */
export async function sweepRules(desk: Desk, world: SweepWorld): Promise<readonly Handled[]> {
  if (!hasRuleFor(names, desk)) return [];
  const { project } = desk;
  const handled: Handled[] = [];
  const kinds: readonly Noteable['kind'][] = ['merge_request', 'issue'];
  for (const kind of kinds) {
    const filter = { kind, state: 'opened', since: null, max: maxObjects } as const;
    const work = await world.gitlab.fetchWork(project.id, filter);
    if (work.length === maxObjects)
      world.log.warn(`${project.path}: only the ${maxObjects} that changed last are checked`);
    for (const on of work) {
      const what = `${project.path}: ${noteableName(on)}`;
      const tried = await onItsOwn(
        what,
        async () => [
          await handleByRules(
            occurrenceNow(names, project.id, on),
            deskAbout(desk, { event: 'schedule', object: on }),
          ),
        ],
        world,
      );
      handled.push(...tried.filter(({ outcome }) => outcome !== 'ignored'));
    }
  }
  return handled;
}
