import type { HistoryMergeRequest, Instant } from '../../model/project-history.ts';
import { remembered } from './remembered.ts';

/** One that was merged, and when. */
export type MergedRequest = HistoryMergeRequest & { readonly mergedAt: Instant };

/** Merged ones, in the order in which they were merged. */
export const mergedRequests = remembered(({ mergeRequests }): readonly MergedRequest[] =>
  mergeRequests
    .flatMap((request) =>
      request.state === 'merged' && request.mergedAt !== null
        ? [{ ...request, mergedAt: request.mergedAt }]
        : [],
    )
    .sort((one, other) => one.mergedAt - other.mergedAt || one.iid - other.iid),
);

/**
 * When it was merged or closed; null while it is open. GitLab keeps the time of an earlier closing on one that was
 * reopened, so the state decides.
 */
export function endOf({ state, mergedAt, closedAt }: HistoryMergeRequest): Instant | null {
  if (state === 'merged') return mergedAt;
  return state === 'closed' ? closedAt : null;
}

/** Whether it was open just before a moment, as far as its state now says. */
export function isOpenAt(request: HistoryMergeRequest, moment: Instant): boolean {
  if (request.createdAt >= moment) return false;
  if (request.state === 'opened') return true;
  const end = endOf(request);
  return end !== null && end >= moment;
}

/** As people call it. */
export function nameOfMergeRequest({ iid, title, url }: HistoryMergeRequest): {
  readonly name: string;
  readonly title: string;
  readonly url: string;
} {
  return { name: `!${iid}`, title, url };
}
