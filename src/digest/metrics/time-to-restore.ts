import type { HistoryIssue, Instant } from '../../model/project-history.ts';
import { type Deployment, deploymentsOf, nameOfDeployment } from '../facts/deployments.ts';
import { incidentsOf, nameOfIssue } from '../facts/issues.ts';
import { remembered } from '../facts/remembered.ts';
import { secondsBetween } from '../facts/spans.ts';
import { valuesMeasure } from '../item-measures.ts';

/** How long the incidents that were closed in the span had been open. */
export const timeToRestore = valuesMeasure<HistoryIssue>(
  {
    id: 'time-to-restore',
    section: 'delivery',
    unit: 'seconds',
    better: 'lower',
    needs: ['incidents'],
    nothing: 'no incident was closed',
    series: 'week',
  },
  {
    things: incidentsOf,
    at: ({ closedAt }) => closedAt,
    value: ({ createdAt, closedAt }) => secondsBetween(createdAt, closedAt),
    name: nameOfIssue,
  },
);

interface Failed {
  readonly deployment: Deployment;
  readonly recoveredAt: Instant | null;
}

const failed = remembered((history, settings): readonly Failed[] => {
  const recoveries = new Map<string, Instant>();
  return deploymentsOf(history, settings)
    .toReversed()
    .flatMap((deployment) => {
      const { environment, isSuccess, at } = deployment;
      if (!isSuccess) return [{ deployment, recoveredAt: recoveries.get(environment) ?? null }];
      recoveries.set(environment, at);
      return [];
    })
    .toReversed();
});

/** From a failed deployment to the next successful one in its environment; one without has no value. */
export const deploymentRecovery = valuesMeasure<Failed>(
  {
    id: 'deployment-recovery',
    section: 'delivery',
    unit: 'seconds',
    better: 'lower',
    needs: ['deployments'],
    nothing: 'no deployment failed and was followed by a successful one',
  },
  {
    things: failed,
    at: ({ deployment }) => deployment.at,
    value: ({ deployment, recoveredAt }) => secondsBetween(deployment.at, recoveredAt),
    name: ({ deployment }) => nameOfDeployment(deployment),
  },
);
