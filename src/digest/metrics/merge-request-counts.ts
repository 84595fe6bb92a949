import type { Span } from '../../model/digest.ts';
import type { HistoryMergeRequest, Instant, ProjectHistory } from '../../model/project-history.ts';
import {
  endOf,
  isOpenAt,
  type MergedRequest,
  mergedRequests,
  nameOfMergeRequest,
} from '../facts/merge-requests.ts';
import { byValue, firstOf, offendersKept } from '../facts/worst.ts';
import { countMeasure, countSample, shareMeasure, valuesSample } from '../item-measures.ts';
import type { Measure } from '../measure.ts';

/** Merge requests that were opened in the span. */
export const mergeRequestsOpened = countMeasure<HistoryMergeRequest>(
  {
    id: 'merge-requests-opened',
    section: 'merge-requests',
    unit: 'count',
    better: null,
    needs: ['merge-requests'],
    nothing: 'no merge request was opened',
    series: 'day',
  },
  {
    things: ({ mergeRequests }) => mergeRequests,
    at: ({ createdAt }) => createdAt,
    weight: null,
    name: null,
  },
);

const merged = { things: mergedRequests, at: ({ mergedAt }: MergedRequest): Instant => mergedAt };

/** Merge requests that were merged in the span. */
export const mergeRequestsMerged = countMeasure<MergedRequest>(
  {
    id: 'merge-requests-merged',
    section: 'merge-requests',
    unit: 'count',
    better: 'higher',
    needs: ['merge-requests'],
    nothing: 'no merge request was merged',
    series: 'day',
  },
  { ...merged, weight: null, name: null },
);

/** The same a week. */
export const throughput = countMeasure<MergedRequest>(
  {
    id: 'throughput',
    section: 'merge-requests',
    unit: 'per-week',
    better: 'higher',
    needs: ['merge-requests'],
    nothing: 'no merge request was merged',
    series: 'week',
  },
  { ...merged, weight: null, name: null },
);

function openAtEnd(history: ProjectHistory, { until }: Span): readonly HistoryMergeRequest[] {
  return history.mergeRequests.filter((request) => isOpenAt(request, until));
}

/** Age at the end of the span, in seconds; at most until the reading. */
function ageOf({ createdAt }: HistoryMergeRequest, { until }: Span, history: ProjectHistory): number {
  return (Math.min(until, history.read['open-merge-requests'].until) - createdAt) / 1000;
}

/** Merge requests that are open at the end of the span. */
export const mergeRequestsOpen: Measure = {
  id: 'merge-requests-open',
  section: 'merge-requests',
  unit: 'count',
  better: 'lower',
  needs: ['merge-requests', 'open-merge-requests'],
  nothing: 'no merge request was open',
  sample: (history, span) => countSample(openAtEnd(history, span).length),
};

/** How long those had been open. */
export const openMergeRequestAge: Measure = {
  id: 'open-merge-request-age',
  section: 'merge-requests',
  unit: 'seconds',
  better: 'lower',
  needs: ['merge-requests', 'open-merge-requests'],
  nothing: 'no merge request was open',
  sample: (history, span) =>
    valuesSample(openAtEnd(history, span).map((request) => ageOf(request, span, history))),
  offenders: (history, span) =>
    firstOf(
      openAtEnd(history, span).map((request) => ({
        ...nameOfMergeRequest(request),
        value: ageOf(request, span, history),
      })),
      byValue,
      offendersKept,
    ),
};

/** Of the merge requests that ended in the span, those that were closed without a merge. */
export const abandoned = shareMeasure<HistoryMergeRequest>(
  {
    id: 'merge-requests-abandoned',
    section: 'merge-requests',
    unit: 'share',
    better: 'lower',
    needs: ['merge-requests'],
    nothing: 'no merge request was merged or closed',
  },
  {
    things: ({ mergeRequests }) => mergeRequests,
    at: endOf,
    has: ({ state }) => state === 'closed',
    name: nameOfMergeRequest,
  },
);
