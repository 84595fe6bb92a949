import { commitGraph } from '../facts/commit-graph.ts';
import { countedDeployments, type Deployment } from '../facts/deployments.ts';
import { nameOfMergeRequest } from '../facts/merge-requests.ts';
import { rewrittenOnes, type TimedRequest, timedRequests } from '../facts/review-times.ts';
import { isWithin, secondsBetween } from '../facts/spans.ts';
import { type MeasureHead, valuesMeasure } from '../item-measures.ts';
import type { Measure } from '../measure.ts';

/** Deployments whose merge requests are not all known, with the reason. */
const doubts: NonNullable<Measure['doubts']> = (history, span, settings) => {
  const graph = commitGraph(history, settings);
  const successes = countedDeployments(history, settings).filter(
    ({ at, isSuccess }) => isSuccess && isWithin(at, span),
  );
  const count = (isSo: (deployment: Deployment) => boolean): number => successes.filter(isSo).length;
  return {
    'deployments without a predecessor in their environment, which are not measured': count(
      ({ predecessor }) => predecessor === null,
    ),
    'deployments of commits that are not among those read': count(({ sha }) => graph.commit(sha) === null),
    'deployments that reach back before the commits that were read': count(
      ({ sha, predecessor }) =>
        graph.commit(sha) !== null && predecessor !== null && graph.commit(predecessor.sha) === null,
    ),
  };
};

const head: Omit<MeasureHead, 'id'> = {
  section: 'delivery',
  unit: 'seconds',
  better: 'lower',
  needs: ['deployments', 'merge-requests', 'commits'],
  nothing: 'no merge request was deployed',
  doubts,
  series: 'week',
};

/**
 * From the merge to the end of the first deployment that contains it, of the merge requests that were deployed in the
 * span: what GitLab calls lead time for changes. https://docs.gitlab.com/user/analytics/dora_metrics/
 */
export const leadTimeFromMerge = valuesMeasure<TimedRequest>(
  { ...head, id: 'lead-time-from-merge' },
  {
    things: timedRequests,
    at: ({ deployedAt }) => deployedAt,
    value: ({ deploy }) => deploy,
    name: ({ request }) => nameOfMergeRequest(request),
  },
);

/** The same from the first commit that is still in the merge request. */
export const leadTimeFromFirstCommit = valuesMeasure<TimedRequest>(
  {
    ...head,
    id: 'lead-time-from-first-commit',
    needs: [...head.needs, 'merge-request-details'],
    doubts: (history, span, settings) => ({
      ...doubts(history, span, settings),
      ...rewrittenOnes(
        timedRequests(history, settings).filter(
          ({ deployedAt }) => deployedAt !== null && isWithin(deployedAt, span),
        ),
      ),
    }),
  },
  {
    things: timedRequests,
    at: ({ deployedAt }) => deployedAt,
    value: ({ deploy, deployedAt, times }) =>
      deploy === null ? null : secondsBetween(times?.firstCommitAt ?? null, deployedAt),
    name: ({ request }) => nameOfMergeRequest(request),
  },
);
