import type { Occurrence } from '../../bot/occurrence.ts';
import type { PipelineFacts } from '../../model/facts.ts';
import { applyRules } from './apply-rules.ts';
import { type Handled, ignored } from './bot-world.ts';
import { confirmOccurrence } from './confirm-occurrence.ts';
import type { Desk } from './desk.ts';
import { fetchSubject } from './gather-facts.ts';
import { withProvenNote } from './proven-note.ts';

/** What a rule may know of who did it: a payload's word counts only where the object itself names the same person. */
function provenActor(
  { actorId, names, note }: Occurrence,
  desk: Desk,
  authorId: number | null,
): number | null {
  if (note !== null) return actorId;
  const isByAuthor = actorId !== null && actorId === authorId;
  return isByAuthor && names.some((name) => name.endsWith('.opened')) && actorId !== desk.self.id
    ? actorId
    : null;
}

/** Whether any rule is about such an event, whatever its conditions. */
export function hasRuleFor(names: readonly string[], { settings }: Desk): boolean {
  return settings.rules.some(({ on }) => on.some((name) => names.includes(name)));
}

/** Tries the project's rules. `pipeline` is the one in question where that is not the merge request's own. */
export async function handleByRules(
  told: Occurrence,
  desk: Desk,
  pipeline: PipelineFacts | null = null,
): Promise<Handled> {
  const { world, self, project } = desk;
  if (!hasRuleFor(told.names, desk)) return ignored('no rule is for this event');
  const proven = await withProvenNote(told, desk);
  if (typeof proven === 'string') return ignored(proven);
  const subject = await fetchSubject(proven.subject, world.gitlab);
  if (proven.subject !== null && subject === null) return ignored('the object is gone');
  const { occurrence, deployment } = await confirmOccurrence(proven, subject, desk);
  if (!hasRuleFor(occurrence.names, desk))
    return ignored(`GitLab does not confirm ${proven.names.at(-1) ?? 'it'}, or it has changed since`);
  const known = {
    now: world.clock.now(),
    self,
    project,
    subject,
    actorId: provenActor(occurrence, desk, subject?.author.id ?? null),
    deploymentId: occurrence.deploymentId,
    deployment,
    usernames: [],
    pipeline,
    ownProject: world.scope.ownProject,
    since: null,
  };
  return applyRules(occurrence, known, desk);
}
