import type { Facts } from '../model/facts.ts';

type Subject = NonNullable<Facts['subject']>;

/**
 * Events are handled within minutes; a bot that stood still may need a day. What is older was told of then, or was
 * never true.
 */
const recentMilliseconds = 24 * 3_600_000;

/** Whether something that GitLab dates (ISO 8601) can be what an event tells of now. */
export function isRecent(at: string, now: Date): boolean {
  return now.getTime() - Date.parse(at) < recentMilliseconds;
}

const isDraft = (subject: Subject): boolean => subject.kind === 'merge_request' && subject.draft;
const isNew = ({ createdAt }: Subject, now: Date): boolean => isRecent(createdAt, now);

/** What must be so for the event to be true still. */
const confirmations: ReadonlyMap<string, (subject: Subject, now: Date) => boolean> = new Map([
  ['merge_request.opened', isNew],
  ['merge_request.merged', ({ state }) => state === 'merged'],
  ['merge_request.closed', ({ state }) => state === 'closed'],
  ['merge_request.reopened', ({ state }) => state === 'opened'],
  ['merge_request.draft', isDraft],
  ['merge_request.ready', (subject) => !isDraft(subject)],
  ['issue.opened', isNew],
  ['issue.closed', ({ state }) => state === 'closed'],
  ['issue.reopened', ({ state }) => state === 'opened'],
]);

/** What names tell of the object itself: it must have changed lately. */
const aboutIt = /^(?:merge_request|issue)(?:\.|$)/;

/**
 * Names of an event without those that GitLab contradicts: told late, in another order, or never true. So what was
 * closed and opened again ends the same in whichever order the events come.
 */
export function confirmedNames(
  names: readonly string[],
  subject: Facts['subject'],
  now: Date,
): readonly string[] {
  if (subject === null) return names;
  const isChanged = isRecent(subject.updatedAt, now);
  return names.filter(
    (name) => (isChanged || !aboutIt.test(name)) && (confirmations.get(name)?.(subject, now) ?? true),
  );
}
