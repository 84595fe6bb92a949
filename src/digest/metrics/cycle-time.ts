import type { HistoryPart } from '../../model/project-history.ts';
import { nameOfMergeRequest } from '../facts/merge-requests.ts';
import { type ReviewTimes, rewrittenOnes, type TimedRequest, timedRequests } from '../facts/review-times.ts';
import { isWithin, secondsBetween } from '../facts/spans.ts';
import { type MeasureHead, valuesMeasure } from '../item-measures.ts';
import type { Measure } from '../measure.ts';

const head: Omit<MeasureHead, 'id'> = {
  section: 'merge-requests',
  unit: 'seconds',
  better: 'lower',
  needs: ['merge-requests', 'merge-request-details'],
  nothing: 'no merge request with such a time was merged',
  series: 'week',
};

const things = {
  things: timedRequests,
  at: ({ request }: TimedRequest) => request.mergedAt,
  name: ({ request }: TimedRequest) => nameOfMergeRequest(request),
};

function timeOf(
  id: string,
  part: keyof ReviewTimes & ('coding' | 'draft' | 'pickup' | 'review' | 'rework' | 'merge' | 'cycle'),
): Measure {
  return valuesMeasure<TimedRequest>(
    { ...head, id },
    { ...things, value: ({ times }) => times?.[part] ?? null },
  );
}

const doubts: Measure['doubts'] = (history, span, settings) =>
  rewrittenOnes(timedRequests(history, settings).filter(({ request }) => isWithin(request.mergedAt, span)));

/** From the first commit to the merge. */
export const cycleTime = { ...timeOf('cycle-time', 'cycle'), doubts };
/** From the first commit to the opening; a first commit that is younger counts as written then. */
export const codingTime = { ...timeOf('coding-time', 'coding'), doubts };
/** From the opening until it was marked as ready for the last time before its first review. */
export const draftTime = timeOf('draft-time', 'draft');
/** From then until the first comment or approval of a person who is not the author. */
export const pickupTime = timeOf('pickup-time', 'pickup');
/** From the first review to the first approval. */
export const reviewTime = timeOf('review-time', 'review');
/** From the first review to the last push before the merge. */
export const reworkTime = timeOf('rework-time', 'rework');
/** From the first approval to the merge. */
export const mergeTime = timeOf('merge-time', 'merge');

/** From the merge to the end of the first deployment that contains it, of those that were merged in the span. */
export const deployTime = valuesMeasure<TimedRequest>(
  {
    ...head,
    id: 'deploy-time',
    needs: ['merge-requests', 'deployments', 'commits'] satisfies readonly HistoryPart[],
    nothing: 'no merged merge request was deployed',
  },
  { ...things, value: ({ deploy }) => deploy },
);

/** From the opening to the merge. */
export const timeToMerge = valuesMeasure<TimedRequest>(
  { ...head, id: 'time-to-merge', needs: ['merge-requests'], nothing: 'no merge request was merged' },
  { ...things, value: ({ request }) => secondsBetween(request.createdAt, request.mergedAt) },
);
