import type { DeploymentStep } from '../../model/deployment-trail.ts';
import type { CommitFacts } from '../../model/facts.ts';

/** What a successful deployment changes: the deployments whose merge requests it brings there, or takes away. */
export interface DeploymentMoves {
  readonly isRollback: boolean;
  /** Oldest first. */
  readonly moved: readonly DeploymentStep[];
  /**
   * Those that a rollback took away before, and that may be in this commit or not: what is asked next. Oldest first.
   */
  readonly unsure: readonly DeploymentStep[];
}

/** The first deployment of the same commit, as far as the list reaches back. */
function originOf(step: DeploymentStep, earlier: readonly DeploymentStep[]): DeploymentStep {
  return earlier.filter(({ sha, id }) => sha === step.sha && id < step.id).at(-1) ?? step;
}

/**
 * GitLab names a merge request once for each environment: with the first deployment that shipped it. Deploying a commit
 * again takes away what came after its first deployment (a rollback), or brings back what such a rollback took away.
 * `earlier` are the successful deployments of the environment, newest first; later ones do not count.
 */
export function movesOfDeployment(
  deployment: DeploymentStep,
  earlier: readonly DeploymentStep[],
): DeploymentMoves {
  const before = earlier.filter(({ id }) => id < deployment.id);
  const [previous] = before;
  if (previous === undefined) return { isRollback: false, moved: [deployment], unsure: [] };
  const now = originOf(deployment, before);
  const then = originOf(previous, before);
  const between = (low: number, high: number): readonly DeploymentStep[] =>
    before
      .filter(
        ({ id, sha }) =>
          id > low && id <= high && originOf({ id, sha, at: null, job: null }, before).id === id,
      )
      .toReversed();
  if (now.id < then.id) return { isRollback: true, moved: between(now.id, then.id), unsure: [] };
  if (now.id !== deployment.id) return { isRollback: false, moved: between(then.id, now.id), unsure: [] };
  return { isRollback: false, moved: [deployment], unsure: between(then.id, deployment.id - 1) };
}

/**
 * What takes a commit there that the list does not have, where the one deployed before contains it: a rollback, however
 * long ago it was deployed, and whether it ever was. `taken` are the commits that the one deployed before has and this
 * one has not. Null where it is not a rollback: the commit is an ancestor exactly where it is a parent of one of them.
 */
export function movesOfOlderCommit(
  deployment: DeploymentStep,
  earlier: readonly DeploymentStep[],
  taken: readonly Pick<CommitFacts, 'parents' | 'sha'>[],
): DeploymentMoves | null {
  const before = earlier.filter(({ id }) => id < deployment.id);
  const [previous] = before;
  const isAncestor = taken.some(({ parents = [] }) => parents.includes(deployment.sha));
  if (previous === undefined || !isAncestor) return null;
  const shas = new Set(taken.map(({ sha }) => sha));
  const then = originOf(previous, before);
  const moved = before.filter(
    (step) => step.id <= then.id && shas.has(step.sha) && originOf(step, before).id === step.id,
  );
  return { isRollback: true, moved: moved.toReversed(), unsure: [] };
}
