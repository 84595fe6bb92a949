import { grouped } from '../../model/grouped.ts';
import type { HistoryMergeRequest, ProjectHistory } from '../../model/project-history.ts';
import { nameOfMergeRequest } from '../facts/merge-requests.ts';
import type { TableSource } from '../table.ts';

const base = { section: 'merge-requests', needs: ['open-merge-requests'] } as const;

function openNow({ mergeRequests }: ProjectHistory): readonly HistoryMergeRequest[] {
  return mergeRequests.filter(({ state }) => state === 'opened');
}

/** Open merge requests, the oldest first, and on whom each waits. */
export const oldestMergeRequests: TableSource = {
  ...base,
  id: 'oldest-merge-requests',
  columns: [
    { id: 'merge-request', unit: 'text' },
    { id: 'title', unit: 'text' },
    { id: 'waiting-on', unit: 'text' },
    { id: 'age', unit: 'seconds' },
  ],
  kind: 'worst',
  rank: 3,
  limit: 20,
  rows: (history) =>
    openNow(history).map((request) => {
      const { name, title, url } = nameOfMergeRequest(request);
      const age = (history.read['open-merge-requests'].until - request.createdAt) / 1000;
      return { url, cells: [name, title, request.waitingOn, Math.max(0, age)] };
    }),
};

/** How many open merge requests wait on whom. */
export const waitingMergeRequests: TableSource = {
  ...base,
  id: 'waiting-merge-requests',
  columns: [
    { id: 'waiting-on', unit: 'text' },
    { id: 'merge-requests', unit: 'count' },
  ],
  kind: 'sum',
  rank: 1,
  limit: 10,
  rows: (history) =>
    [...grouped(openNow(history), ({ waitingOn }) => waitingOn)].map(([waitingOn, ones]) => ({
      url: null,
      cells: [waitingOn, ones.length],
    })),
};
