/** Which deployments failed in production, and by which causes that can be counted. */

import { grouped } from '../../model/grouped.ts';
import type { HistoryMergeRequest, Instant, ProjectHistory } from '../../model/project-history.ts';
import type { MeasureSettings } from '../measure.ts';
import { countedDeployments, type Deployment, firstDeployment } from './deployments.ts';
import { incidentsOf } from './issues.ts';
import { mergedRequests } from './merge-requests.ts';
import { remembered } from './remembered.ts';

export const failureCauses = ['incident', 'rollback', 'revert', 'failed-deployment', 'hotfix'] as const;
export type ChangeFailureCause = (typeof failureCauses)[number];

export type ChangeFailures = ReadonlyMap<Deployment, ReadonlySet<ChangeFailureCause>>;

/** The counted deployments that have a cause. */
export const changeFailures = remembered((history, settings): ChangeFailures => {
  const failures = new Map<Deployment, Set<ChangeFailureCause>>();
  const blame = (deployment: Deployment | null, cause: ChangeFailureCause): void => {
    if (deployment === null) return;
    const causes = failures.get(deployment) ?? new Set();
    failures.set(deployment, causes);
    causes.add(cause);
  };
  const deployments = countedDeployments(history, settings);
  for (const deployment of deployments) {
    if (!deployment.isSuccess) blame(deployment, 'failed-deployment');
    if (deployment.isRollback) blame(counted(deployment.predecessor), 'rollback');
  }
  const before = lastBefore(deployments.filter(({ isSuccess }) => isSuccess));
  for (const { createdAt } of incidentsOf(history, settings)) blame(before(createdAt), 'incident');
  for (const { createdAt, labels } of mergedRequests(history, settings)) {
    if (labels.some((label) => settings.hotfixLabels.includes(label))) blame(before(createdAt), 'hotfix');
  }
  for (const deployment of revertedDeployments(history, settings)) blame(counted(deployment), 'revert');
  return failures;
});

/** What was deployed again was brought by an earlier deployment. */
function counted(deployment: Deployment | null): Deployment | null {
  let found = deployment;
  while (found?.isAgain === true) found = found.predecessor;
  return found;
}

/**
 * The last one that had finished before a moment: DevLake's rule for incidents.
 * https://devlake.apache.org/docs/Metrics/CFR
 */
function lastBefore(deployments: readonly Deployment[]): (at: Instant) => Deployment | null {
  return (at) => {
    let [low, high] = [0, deployments.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((deployments[middle]?.at ?? Infinity) < at) low = middle + 1;
      else high = middle;
    }
    return deployments[low - 1] ?? null;
  };
}

/**
 * The first deployments of merge requests that were reverted later: one that has its revert in it did not fail. What
 * the first deployment of all brought is not known.
 */
function revertedDeployments(history: ProjectHistory, settings: MeasureSettings): readonly Deployment[] {
  const first = firstDeployment(history, settings);
  return revertsOf(history, settings).flatMap(({ reverted, by }) => {
    const deployment = first(reverted);
    const isKnown = (deployment?.predecessor ?? null) !== null && first(by) !== deployment;
    return deployment !== null && isKnown ? [deployment] : [];
  });
}

/** Commits by which merge requests came, and the commits that took them back. */
function revertsOf(
  history: ProjectHistory,
  settings: MeasureSettings,
): readonly { readonly reverted: string; readonly by: string }[] {
  const merged = mergedRequests(history, settings);
  const brought = new Set(merged.map(({ mergeSha }) => mergeSha));
  const byCommits = history.commits.flatMap(({ sha, reverts }) =>
    reverts.flatMap((reverted) => (brought.has(reverted) ? [{ reverted, by: sha }] : [])),
  );
  const titled = grouped(merged, ({ title }) => title);
  const byMergeRequests = merged.flatMap((by) => {
    const reverted = (titled.get(revertedTitle(by.title) ?? '') ?? []).findLast(
      ({ mergedAt }) => mergedAt < by.createdAt,
    );
    return reverted === undefined || reverted.mergeSha === null || by.mergeSha === null
      ? []
      : [{ reverted: reverted.mergeSha, by: by.mergeSha }];
  });
  return [...byCommits, ...byMergeRequests];
}

/**
 * GitLab calls the merge request that its button "Revert" makes `Revert "title"`; null = the title is not such a one.
 */
function revertedTitle(title: HistoryMergeRequest['title']): string | null {
  return title.startsWith('Revert "') && title.endsWith('"') ? title.slice('Revert "'.length, -1) : null;
}
