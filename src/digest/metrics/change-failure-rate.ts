import type { HistoryPart, ProjectHistory } from '../../model/project-history.ts';
import { type ChangeFailureCause, changeFailures, failureCauses } from '../facts/change-failures.ts';
import { countedDeployments, type Deployment, nameOfDeployment } from '../facts/deployments.ts';
import { remembered } from '../facts/remembered.ts';
import { countMeasure, shareMeasure } from '../item-measures.ts';
import type { Measure, MeasureSettings } from '../measure.ts';

interface Judged {
  readonly deployment: Deployment;
  readonly causes: ReadonlySet<ChangeFailureCause>;
}

const judged = remembered((history, settings): readonly Judged[] => {
  const failures = changeFailures(history, settings);
  return countedDeployments(history, settings).map((deployment) => ({
    deployment,
    causes: failures.get(deployment) ?? new Set(),
  }));
});

const nameOf = ({ deployment, causes }: Judged): ReturnType<typeof nameOfDeployment> => {
  const named = nameOfDeployment(deployment);
  return { ...named, title: `${named.title}: ${[...causes].sort().join(', ')}` };
};

/** Finished deployments with at least one cause, of all that finished, failed ones included. */
export const changeFailureRate = shareMeasure<Judged>(
  {
    id: 'change-failure-rate',
    section: 'delivery',
    unit: 'share',
    better: 'lower',
    needs: ['deployments'],
    wants: ['incidents', 'merge-requests', 'commits'],
    nothing: 'there were no deployments',
    series: 'week',
  },
  {
    things: judged,
    at: ({ deployment }) => deployment.at,
    has: ({ causes }) => causes.size > 0,
    name: nameOf,
  },
);

/** What each cause is read from, besides deployments. */
const readFrom: Readonly<Record<ChangeFailureCause, readonly HistoryPart[]>> = {
  incident: ['incidents'],
  rollback: [],
  revert: ['merge-requests', 'commits'],
  'failed-deployment': [],
  hotfix: ['merge-requests'],
};

/** Deployments by cause; one with two causes is in both. */
export const changeFailuresByCause: readonly Measure[] = failureCauses.map((cause) =>
  countMeasure<Judged>(
    {
      id: `change-failures-by-${cause}`,
      section: 'delivery',
      unit: 'count',
      better: 'lower',
      needs: ['deployments', ...readFrom[cause]],
      nothing: 'there were no deployments',
    },
    {
      things: (history: ProjectHistory, settings: MeasureSettings) =>
        judged(history, settings).filter(({ causes }) => causes.has(cause)),
      at: ({ deployment }) => deployment.at,
      weight: null,
      name: nameOf,
    },
  ),
);
