import type { Facts } from '../model/facts.ts';

type Subject = NonNullable<Facts['subject']>;

const isDraft = (subject: Subject): boolean => subject.kind === 'merge_request' && subject.draft;

/** What must be so for the event to be true still. */
const confirmations: ReadonlyMap<string, (subject: Subject) => boolean> = new Map([
  ['merge_request.merged', ({ state }) => state === 'merged'],
  ['merge_request.closed', ({ state }) => state === 'closed'],
  ['merge_request.reopened', ({ state }) => state === 'opened'],
  ['merge_request.draft', isDraft],
  ['merge_request.ready', (subject) => !isDraft(subject)],
  ['issue.closed', ({ state }) => state === 'closed'],
  ['issue.reopened', ({ state }) => state === 'opened'],
]);

/**
 * Names of an event without those that GitLab contradicts: told late, in another order, or never true. So what was closed and opened again
 * ends the same in whichever order the events come.
 */
export function confirmedNames(names: readonly string[], subject: Facts['subject']): readonly string[] {
  return subject === null ? names : names.filter((name) => confirmations.get(name)?.(subject) ?? true);
}
