import { isRecent } from '../../bot/confirmed-names.ts';
import type { Occurrence } from '../../bot/occurrence.ts';
import { releaseTagOf } from '../../bot/release-tag.ts';
import type { PipelineFacts } from '../../model/facts.ts';
import { applyRules } from './apply-rules.ts';
import { type Handled, ignored, type NothingToDo } from './bot-world.ts';
import { type Confirmed, confirmOccurrence } from './confirm-occurrence.ts';
import { confirmPipelineEvent, whyNotOf } from './confirm-pipeline-event.ts';
import type { Desk } from './desk.ts';
import { rangeOfPush } from './fetch-pushed.ts';
import { fetchSubject } from './gather-facts.ts';
import type { Known } from './known-facts.ts';
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

/** The release that the event is about. */
function releaseNamesOf(occurrence: Occurrence): readonly string[] {
  const tag = releaseTagOf(occurrence);
  return tag === null ? [] : [tag];
}

interface Proven {
  readonly occurrence: Occurrence;
  /** The pipeline that the event is about. */
  readonly pipeline: PipelineFacts | null;
}

/** The occurrence with what it is about as GitLab has it, where the payload only claims it. */
async function prove(told: Occurrence, desk: Desk): Promise<Proven | NothingToDo> {
  const { claim } = told;
  if (claim?.kind !== 'pipeline') {
    const occurrence = await withProvenNote(told, desk);
    return 'nothing' in occurrence ? occurrence : { occurrence, pipeline: null };
  }
  const confirmed = await confirmPipelineEvent(told, claim, desk);
  if ('nothing' in confirmed) return confirmed;
  return { ...confirmed, occurrence: { ...confirmed.occurrence, claim: null } };
}

/** Why the pipeline of the event does not count for its merge request; null when it does, or there is none. */
function whyOvertaken(
  pipeline: PipelineFacts | null,
  subject: Awaited<ReturnType<typeof fetchSubject>>,
): string | null {
  return pipeline !== null && subject?.kind === 'merge_request' ? whyNotOf(subject, pipeline.pipeline) : null;
}

/** What is known of an occurrence before its rules ask for anything. */
function knownOf(
  { occurrence, deployment }: Confirmed,
  subject: Known['subject'],
  desk: Desk,
): Omit<Known, 'pipeline'> {
  const { world, self, project, settings } = desk;
  return {
    now: world.clock.now(),
    self,
    project,
    trackers: settings.trackers,
    subject,
    commit: null,
    actorId: provenActor(occurrence, desk, subject?.author.id ?? null),
    deploymentId: occurrence.deploymentId,
    deployment,
    pushed: rangeOfPush(occurrence, project),
    usernames: [],
    ownProject: world.scope.ownProject,
    digestPeriods: [],
    releaseNames: releaseNamesOf(occurrence),
    releaseNotes: settings.releaseNotes,
  };
}

/** What the caller knows already. */
interface Given extends Pick<Known, 'schedule' | 'ownIssues'> {
  /** The pipeline in question where that is not the merge request's own. */
  readonly pipeline?: PipelineFacts;
}

/** Tries the project's rules. */
export async function handleByRules(told: Occurrence, desk: Desk, given: Given = {}): Promise<Handled> {
  if (!hasRuleFor(told.names, desk)) return ignored('no rule is for this event');
  const proof = await prove(told, desk);
  if ('nothing' in proof) return ignored(proof.nothing);
  const { occurrence: proven, pipeline } = proof;
  const subject = await fetchSubject(proven.subject, desk.world.gitlab);
  if (proven.subject !== null && subject === null) return ignored('the object is gone');
  const overtaken = whyOvertaken(pipeline, subject);
  if (overtaken !== null) return ignored(overtaken);
  const confirmed = await confirmOccurrence(proven, subject, desk);
  const { occurrence } = confirmed;
  if (!hasRuleFor(occurrence.names, desk))
    return ignored(`GitLab does not confirm ${told.names.at(-1) ?? 'it'}, or it has changed since`);
  const known = {
    ...knownOf(confirmed, subject, desk),
    ...given,
    pipeline: pipeline ?? given.pipeline ?? null,
  };
  return applyRules(occurrence, known, desk);
}
