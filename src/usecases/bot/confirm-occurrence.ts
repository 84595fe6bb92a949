import { confirmedNames, isRecent } from '../../bot/confirmed-names.ts';
import type { Occurrence } from '../../bot/occurrence.ts';
import { GitLabRefusedError } from '../../errors.ts';
import type { LabelChange } from '../../gitlab/ports/evidence.ts';
import type { DeploymentFacts, Facts } from '../../model/facts.ts';
import { confirmClaim } from './confirm-claim.ts';
import type { Desk } from './desk.ts';

type Subject = NonNullable<Facts['subject']>;

export interface Confirmed {
  /** The event with only the facts that GitLab confirms. */
  readonly occurrence: Occurrence;
  readonly deployment: DeploymentFacts | null;
}

async function recentLabelChanges({ at }: Subject, { world }: Desk): Promise<readonly LabelChange[]> {
  try {
    const now = world.clock.now();
    return (await world.gitlab.fetchLabelChanges(at)).filter((change) => isRecent(change.at, now));
  } catch (error) {
    if (!(error instanceof GitLabRefusedError)) throw error;
    world.log.warn(`GitLab does not say which labels changed: ${error.message}`);
    return [];
  }
}

/** Added and removed labels by GitLab's records: the last change of each label counts. */
async function withLabelChange(occurrence: Occurrence, subject: Subject, desk: Desk): Promise<Occurrence> {
  const { added, removed } = occurrence.labelChange;
  const isNamed = occurrence.names.some((name) => name.endsWith('.labels'));
  if (!isNamed && added.length + removed.length === 0) return occurrence;
  const recent = await recentLabelChanges(subject, desk);
  const last = new Map(recent.map(({ label, action }) => [label, action]));
  const labelChange = {
    added: added.filter((label) => last.get(label) === 'add'),
    removed: removed.filter((label) => last.get(label) === 'remove'),
  };
  const isTrue = labelChange.added.length + labelChange.removed.length > 0;
  const names = occurrence.names.filter((name) => isTrue || !name.endsWith('.labels'));
  return { ...occurrence, names, labelChange };
}

/** The approval may have been revoked, or never have existed. */
async function withApproval(occurrence: Occurrence, { at }: Subject, { world }: Desk): Promise<Occurrence> {
  const approved = 'merge_request.approved';
  if (!occurrence.names.includes(approved)) return occurrence;
  const approvers = await world.gitlab.fetchApprovers(at.project, at.iid);
  if (approvers.length > 0) return occurrence;
  return { ...occurrence, names: occurrence.names.filter((name) => name !== approved) };
}

/** GitLab's words for reviews that somebody submitted. */
const statesOf: ReadonlyMap<string, readonly string[]> = new Map([
  ['merge_request.reviewed', ['reviewed', 'requested_changes', 'approved']],
  ['merge_request.changes-requested', ['requested_changes']],
]);

/** The review of somebody may have been withdrawn, or be the bot's own. */
async function withReviews(
  occurrence: Occurrence,
  { at }: Subject,
  { world, self }: Desk,
): Promise<Occurrence> {
  if (!occurrence.names.some((name) => statesOf.has(name))) return occurrence;
  const reviews = await world.gitlab.fetchReviews(at.project, at.iid);
  const states = new Set(reviews.flatMap(({ reviewer, state }) => (reviewer.id === self.id ? [] : [state])));
  const isTrue = (name: string): boolean => statesOf.get(name)?.some((state) => states.has(state)) ?? true;
  return { ...occurrence, names: occurrence.names.filter(isTrue) };
}

/**
 * The part of an event that GitLab's API confirms: everybody who knows the address of the trigger can send any payload.
 * Sends requests only for facts that the event's object does not show.
 */
export async function confirmOccurrence(
  told: Occurrence,
  subject: Facts['subject'],
  desk: Desk,
): Promise<Confirmed> {
  const { world, project } = desk;
  const now = world.clock.now();
  if (told.claim !== null) {
    const { gitlab, log } = world;
    const warn = (words: string): void => {
      log.warn(words);
    };
    const where = { project: project.id, now, gitlab, warn };
    const { names, deployment } = await confirmClaim(told.claim, told.names, where);
    const ref = told.claim.kind === 'deployment' ? (deployment?.ref ?? null) : told.ref;
    return { occurrence: { ...told, names, ref }, deployment };
  }
  const occurrence = { ...told, names: confirmedNames(told.names, subject, now) };
  if (subject === null || occurrence.names.length === 0) return { occurrence, deployment: null };
  const labelled = await withLabelChange(occurrence, subject, desk);
  const approved = await withApproval(labelled, subject, desk);
  return { occurrence: await withReviews(approved, subject, desk), deployment: null };
}
