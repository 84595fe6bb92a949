import type { HistoryMergeRequest, ProjectHistory } from '../../model/project-history.ts';
import { reviewsOf, type TimedRequest, timedRequests } from '../facts/review-times.ts';
import { isWithin } from '../facts/spans.ts';
import type { TableRow, TableSource } from '../table.ts';

interface Share {
  readonly merged?: number;
  readonly reviewed?: number;
  readonly pickup?: number;
  readonly waiting?: number;
}

function rowOf(username: string, { merged = 0, reviewed = 0, pickup, waiting = 0 }: Share): TableRow {
  return { url: null, cells: [username, merged, reviewed, pickup ?? null, waiting] };
}

/** Its author, those who reviewed it, and how long it had waited for the first of them. */
function rowsOfMerged({ request, times }: TimedRequest): readonly TableRow[] {
  const { author } = request;
  const reviews = reviewsOf(request).toSorted((one, other) => one.at - other.at);
  const first = reviews[0]?.by.username;
  const pickup = times?.pickup ?? -1;
  return [
    ...(author.isBot ? [] : [rowOf(author.username, { merged: 1 })]),
    ...[...new Set(reviews.map(({ by }) => by.username))].map((reviewer) =>
      rowOf(reviewer, { reviewed: 1, ...(reviewer === first && pickup >= 0 ? { pickup } : {}) }),
    ),
  ];
}

/** The people on whom an open one waits: its author, or all of its reviewers. */
function waitedFor({ waitingOn, author, reviewers }: HistoryMergeRequest): readonly string[] {
  if (waitingOn === 'reviewer') return reviewers;
  return waitingOn === 'author' && !author.isBot ? [author.username] : [];
}

function openNow({ mergeRequests }: ProjectHistory): readonly HistoryMergeRequest[] {
  return mergeRequests.filter(({ state }) => state === 'opened');
}

/**
 * What each person did in the span and what waits for them now, by name and not by number: nobody is ranked. Bots are
 * not in it. Reviews are those of the merge requests whose details were read.
 */
export const people: TableSource = {
  id: 'people',
  section: 'merge-requests',
  isAboutPeople: true,
  columns: [
    { id: 'person', unit: 'text' },
    { id: 'merged', unit: 'count' },
    { id: 'reviewed', unit: 'count' },
    { id: 'pickup', unit: 'seconds' },
    { id: 'waiting', unit: 'count' },
  ],
  needs: ['merge-requests', 'merge-request-details', 'open-merge-requests'],
  kind: 'sum',
  medians: [3],
  rank: null,
  limit: 500,
  rows: (history, span, settings) => [
    ...timedRequests(history, settings)
      .filter(({ request }) => isWithin(request.mergedAt, span))
      .flatMap(rowsOfMerged),
    ...openNow(history).flatMap((request) =>
      waitedFor(request).map((username) => rowOf(username, { waiting: 1 })),
    ),
  ],
};
