import { isRecent } from '../../bot/confirmed-names.ts';
import type { Occurrence } from '../../bot/occurrence.ts';
import type { PipelineFacts } from '../../model/facts.ts';
import { applyRules } from './apply-rules.ts';
import { type Handled, ignored, type NothingToDo } from './bot-world.ts';
import { confirmOccurrence } from './confirm-occurrence.ts';
import type { Desk } from './desk.ts';
import { fetchSubject } from './gather-facts.ts';
import { whyNobodysWords } from './note-to-answer.ts';

/**
 * The occurrence with its comment as GitLab has it: its words and its author, which the payload only claims.
 * Occurrences without a comment stay as they are. Comments of bots, of GitLab itself, and deleted ones are ignored.
 */
async function withProvenNote(
  occurrence: Occurrence,
  { world, self, settings }: Desk,
): Promise<Occurrence | NothingToDo> {
  const { note, subject: on } = occurrence;
  if (note === null) return occurrence;
  const thread =
    on === null || note.threadId === null ? null : await world.gitlab.fetchThread(on, note.threadId);
  const found = thread?.notes.find(({ id }) => id === note.id);
  if (found === undefined) return { nothing: 'the comment is gone, or GitLab does not show it' };
  const nothing = whyNobodysWords(found, self, settings);
  if (nothing !== null) return { nothing };
  const now = world.clock.now();
  if (!isRecent(found.updatedAt, now)) return { nothing: 'the comment is older than the event' };
  const isNew = occurrence.names.includes('note.created') && isRecent(found.createdAt, now);
  const isSo = new Map([
    ['note.created', isNew],
    ['note.edited', found.updatedAt !== found.createdAt],
  ]);
  return {
    ...occurrence,
    names: occurrence.names.filter((name) => isSo.get(name) ?? true),
    // The editor of a comment may not be its author.
    actorId: isNew ? found.authorId : null,
    confidential: occurrence.confidential || found.internal,
    note: { ...note, text: found.body },
  };
}

/** The actor for rules: a payload's claim counts only where the object itself names the same person. */
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
  if ('nothing' in proven) return ignored(proven.nothing);
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
    commit: null,
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
