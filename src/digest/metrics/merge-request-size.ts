import { type MergedRequest, mergedRequests, nameOfMergeRequest } from '../facts/merge-requests.ts';
import { remembered } from '../facts/remembered.ts';
import { sizeOf } from '../facts/sizes.ts';
import { valuesMeasure } from '../item-measures.ts';

interface Sized {
  readonly request: MergedRequest;
  readonly size: number | null;
}

const sized = remembered((history, settings): readonly Sized[] =>
  mergedRequests(history, settings).map((request) => ({ request, size: sizeOf(request, history, settings) })),
);

/** Added and removed lines of merged ones, where their files or their commits show them for sure. */
export const mergeRequestSize = valuesMeasure<Sized>(
  {
    id: 'merge-request-size',
    section: 'merge-requests',
    unit: 'lines',
    better: 'lower',
    needs: ['merge-requests', 'commits'],
    wants: ['merge-request-details'],
    nothing: 'no merge request of known size was merged',
  },
  {
    things: sized,
    at: ({ request }) => request.mergedAt,
    value: ({ size }) => size,
    name: ({ request }) => nameOfMergeRequest(request),
  },
);
