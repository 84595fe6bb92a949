import type { Facts } from '../model/facts.ts';

type Subject = NonNullable<Facts['subject']>;

/**
 * Events are handled within minutes; after an outage the bot may need a day. Older changes were reported in their time,
 * or never happened.
 */
const recentMilliseconds = 24 * 3_600_000;

/** Whether an event can be about something with this date of GitLab (ISO 8601). */
export function isRecent(at: string, now: Date): boolean {
  return now.getTime() - Date.parse(at) < recentMilliseconds;
}

const isDraft = (subject: Subject): boolean => subject.kind === 'merge_request' && subject.draft;
const isNew = ({ createdAt }: Subject, now: Date): boolean => isRecent(createdAt, now);

/** Conditions under which the event is still true. */
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

/** Names that are about the object itself: it must have changed recently. */
const aboutIt = /^(?:merge_request|issue)(?:\.|$)/;

/**
 * Names of an event without those that GitLab contradicts, because the event came late, in another order, or was never
 * true. So closing and reopening has the same result in every order of events.
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
