import { nameOfMergeRequest } from '../facts/merge-requests.ts';
import { type TimedRequest, timedRequests } from '../facts/review-times.ts';
import { type MeasureHead, shareMeasure, valuesMeasure } from '../item-measures.ts';

const head: Omit<MeasureHead, 'id' | 'unit'> = {
  section: 'merge-requests',
  better: 'lower',
  needs: ['merge-requests', 'merge-request-details'],
  nothing: 'no merge request with known details was merged',
};

const things = {
  things: timedRequests,
  at: ({ request }: TimedRequest) => request.mergedAt,
  name: ({ request }: TimedRequest) => nameOfMergeRequest(request),
};

/** Pushes of people between the first review and the merge; one without a review has no value. */
export const reviewRounds = valuesMeasure<TimedRequest>(
  { ...head, id: 'review-rounds', unit: 'count' },
  { ...things, value: ({ times }) => times?.rounds ?? null },
);

/** Comments of people other than the author, before the merge. */
export const reviewComments = valuesMeasure<TimedRequest>(
  { ...head, id: 'review-comments', unit: 'count', better: null },
  { ...things, value: ({ times }) => times?.comments ?? null },
);

/** Merged ones on which no person but the author commented and which none approved. */
export const mergedWithoutReview = shareMeasure<TimedRequest>(
  { ...head, id: 'merged-without-review', unit: 'share', series: 'week' },
  { ...things, has: ({ times }) => (times === null ? null : !times.isReviewed) },
);

/** Merged ones that had been closed and opened again. */
export const reopened = shareMeasure<TimedRequest>(
  { ...head, id: 'merge-requests-reopened', unit: 'share' },
  { ...things, has: ({ times }) => times?.isReopened ?? null },
);
