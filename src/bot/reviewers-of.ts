import type { Facts } from '../model/facts.ts';
import type { Person } from '../model/person.ts';

/**
 * The people who are asked for a review. From GitLab 19.4 a submitted review makes its author a reviewer, the bot too:
 * it is never counted, and every change of the reviewers takes it off.
 */
export function reviewersOf({ subject, self }: Facts): readonly Person[] {
  return subject?.kind === 'merge_request' ? subject.reviewers.filter(({ id }) => id !== self.id) : [];
}
