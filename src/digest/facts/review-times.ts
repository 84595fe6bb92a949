/**
 * The parts of a merge request's way from its first commit to its merge, in seconds. A part is null where one of its
 * ends is missing: it is not zero. Negative where the clocks or the history disagree.
 */
import type { Instant, MergeRequestEvent } from '../../model/project-history.ts';
import { firstDeployment } from './deployments.ts';
import { type MergedRequest, mergedRequests } from './merge-requests.ts';
import { remembered } from './remembered.ts';
import { secondsBetween } from './spans.ts';

/** What the details say; null where they were not read. */
export interface ReviewTimes {
  readonly coding: number | null;
  readonly draft: number | null;
  readonly pickup: number | null;
  readonly review: number | null;
  readonly rework: number | null;
  readonly merge: number | null;
  readonly cycle: number | null;
  /** When its first commit was written, at the latest when it was opened. */
  readonly firstCommitAt: Instant | null;
  /** The first commit is younger than the opening, as after a push that rewrote the branch. */
  readonly isRewritten: boolean;
  readonly isReviewed: boolean;
  /** Pushes after the first review; null without a review. */
  readonly rounds: number | null;
  /** Comments of people other than its author. */
  readonly comments: number;
  readonly isReopened: boolean;
}

export interface TimedRequest {
  readonly request: MergedRequest;
  readonly times: ReviewTimes | null;
  /** From the merge to the end of the first deployment that contains it; null where that is not known. */
  readonly deploy: number | null;
  /** When it was deployed; null = not yet, or nobody knows. */
  readonly deployedAt: Instant | null;
}

/** Merged ones, with their times. */
export const timedRequests = remembered((history, settings): readonly TimedRequest[] => {
  const first = firstDeployment(history, settings);
  return mergedRequests(history, settings).map((request) => {
    const deployment = request.mergeSha === null ? null : first(request.mergeSha);
    // The first deployment of all brought the whole history, and nobody knows what was there before.
    const isKnown = (deployment?.predecessor ?? null) !== null;
    const knownAt = isKnown ? (deployment?.at ?? null) : null;
    return {
      request,
      times: reviewTimes(request),
      deploy: secondsBetween(request.mergedAt, knownAt),
      deployedAt: deployment?.at ?? null,
    };
  });
});

function reviewTimes(request: MergedRequest): ReviewTimes | null {
  const { details, createdAt, mergedAt } = request;
  if (details === null) return null;
  const firstCommitAt = details.firstCommitAt === null ? null : Math.min(details.firstCommitAt, createdAt);
  const before = details.events.filter(({ at }) => at <= mergedAt);
  const reviews = reviewsOf(request);
  const firstReview = earliest(reviews);
  const firstApproval = earliest(reviews.filter(({ kind }) => kind === 'approved'));
  const readies = before.filter(({ kind, at }) => kind === 'ready' && at <= (firstReview ?? mergedAt));
  const ready = latest(readies) ?? createdAt;
  const pushes = before.filter(
    ({ kind, at, by }) =>
      kind === 'push' && !by.isBot && firstReview !== null && at > firstReview && at < mergedAt,
  );
  return {
    coding: secondsBetween(firstCommitAt, createdAt),
    draft: secondsBetween(createdAt, ready),
    pickup: secondsBetween(ready, firstReview),
    review: secondsBetween(firstReview, firstApproval),
    rework: secondsBetween(firstReview, latest(pushes)),
    merge: secondsBetween(firstApproval, mergedAt),
    cycle: secondsBetween(firstCommitAt, mergedAt),
    firstCommitAt,
    isRewritten: details.firstCommitAt !== null && details.firstCommitAt > createdAt,
    isReviewed: firstReview !== null,
    rounds: firstReview === null ? null : pushes.length,
    comments: reviews.filter(({ kind }) => kind === 'comment').length,
    isReopened: before.some(({ kind }) => kind === 'reopened'),
  };
}

/** Comments and approvals of people who are not the author, before the merge. */
export function reviewsOf(request: MergedRequest): readonly MergeRequestEvent[] {
  const events = request.details?.events ?? [];
  return events.filter((event) => event.at <= request.mergedAt && isReview(event, request));
}

/** A comment or an approval of a person who is not the author. */
function isReview({ kind, by }: MergeRequestEvent, { author }: MergedRequest): boolean {
  return (kind === 'comment' || kind === 'approved') && !by.isBot && by.username !== author.username;
}

function earliest(events: readonly MergeRequestEvent[]): Instant | null {
  return events.reduce<Instant | null>((first, { at }) => (first === null ? at : Math.min(first, at)), null);
}

function latest(events: readonly MergeRequestEvent[]): Instant | null {
  return events.reduce<Instant | null>((last, { at }) => (last === null ? at : Math.max(last, at)), null);
}

/** How many of the merge requests lost the beginning of their history. */
export function rewrittenOnes(requests: readonly TimedRequest[]): Readonly<Record<string, number>> {
  return {
    'merge requests whose first commit is younger than their opening, as after a push that rewrote the branch':
      requests.filter(({ times }) => times?.isRewritten === true).length,
  };
}
