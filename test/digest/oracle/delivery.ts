/** Delivery as the definitions have it, without a thought for speed. */
import type { HistoryMergeRequest, ProjectHistory } from '../../../src/model/project-history.ts';
import { type Answer, type Asked, count, inside, medianOver, type Oracle, share } from './answer.ts';

interface Deploy {
  readonly place: number;
  readonly environment: string;
  readonly good: boolean;
  readonly sha: string;
  readonly at: number;
}

/** Finished production deployments, by the time they finished. */
function deploys({ history, settings }: Asked): Deploy[] {
  const source = settings.deployments;
  const found: Omit<Deploy, 'place'>[] = [];
  if (source.source === 'environments') {
    for (const deployment of history.deployments) {
      const lower = deployment.environment.toLowerCase();
      const production =
        deployment.tier === 'production' ||
        (deployment.tier === null && /^(prod|production)(\/.*)?$/s.test(lower));
      if (source.names === null ? !production : !source.names.includes(deployment.environment)) continue;
      if (deployment.finishedAt === null) continue;
      if (!['success', 'failed'].includes(deployment.status)) continue;
      found.push({
        environment: deployment.environment,
        good: deployment.status === 'success',
        sha: deployment.sha,
        at: deployment.finishedAt,
      });
    }
  }
  if (source.source === 'releases')
    for (const { sha, releasedAt } of history.releases)
      found.push({ environment: '', good: true, sha, at: releasedAt });
  if (source.source === 'tags')
    for (const { sha, at } of history.tags) found.push({ environment: '', good: true, sha, at });
  if (source.source === 'job')
    for (const job of history.jobs) {
      const pipeline = history.pipelines.find(({ id }) => id === job.pipelineId);
      if (job.name !== source.name || job.finishedAt === null || pipeline === undefined) continue;
      if (!['success', 'failed'].includes(job.status)) continue;
      found.push({ environment: '', good: job.status === 'success', sha: pipeline.sha, at: job.finishedAt });
    }
  return found
    .map((deploy, place) => ({ ...deploy, place }))
    .sort((one, other) => one.at - other.at || one.place - other.place)
    .map((deploy, place) => ({ ...deploy, place }));
}

/** The commit and all that its parents lead to. */
function contents(history: ProjectHistory, sha: string): Set<string> {
  const found = new Set([sha]);
  for (let before = 0; before !== found.size; ) {
    before = found.size;
    for (const commit of history.commits) {
      if (found.has(commit.sha)) for (const parent of commit.parents) found.add(parent);
    }
  }
  return found;
}

function predecessor(all: readonly Deploy[], deploy: Deploy): Deploy | undefined {
  return all
    .filter(
      ({ environment, good, place }) => environment === deploy.environment && good && place < deploy.place,
    )
    .at(-1);
}

/** A re-deployment of the same SHA. */
function isSame(all: readonly Deploy[], deploy: Deploy): boolean {
  return deploy.good && predecessor(all, deploy)?.sha === deploy.sha;
}

function counted(asked: Asked): Deploy[] {
  const all = deploys(asked);
  return all.filter((deploy) => !isSame(all, deploy));
}

/** The first successful deployment that contains it. */
function firstWith(asked: Asked, sha: string | null): Deploy | undefined {
  if (sha === null) return undefined;
  return deploys(asked).find((deploy) => deploy.good && contents(asked.history, deploy.sha).has(sha));
}

export function merged({ history }: Asked): (HistoryMergeRequest & { mergedAt: number })[] {
  const found: (HistoryMergeRequest & { mergedAt: number })[] = [];
  for (const request of history.mergeRequests) {
    if (request.state === 'merged' && request.mergedAt !== null)
      found.push({ ...request, mergedAt: request.mergedAt });
  }
  return found;
}

/** Seconds from the merge to the deployment; a deployment without a predecessor has none. */
export function toDeploy(asked: Asked, request: HistoryMergeRequest): number | null {
  const deploy = firstWith(asked, request.mergeSha);
  if (deploy === undefined || predecessor(deploys(asked), deploy) === undefined) return null;
  return (deploy.at - (request.mergedAt ?? 0)) / 1000;
}

type Cause = 'incident' | 'rollback' | 'revert' | 'failed-deployment' | 'hotfix';

function isIncident({ settings }: Asked, issue: ProjectHistory['issues'][number]): boolean {
  const labels = settings.incidentLabels;
  return (
    issue.kind === 'incident' && (labels === null || issue.labels.some((label) => labels.includes(label)))
  );
}

function isOlder(
  history: ProjectHistory,
  all: readonly Deploy[],
  [one, than]: readonly [Deploy, Deploy],
): boolean {
  if (contents(history, than.sha).has(one.sha)) return true;
  if (contents(history, one.sha).has(than.sha)) return false;
  const firstOf = (deploy: Deploy): number | undefined =>
    all.find(
      ({ environment, good, sha, place }) =>
        environment === deploy.environment && good && sha === deploy.sha && place < one.place,
    )?.place;
  const [first, other] = [firstOf(one), firstOf(than)];
  return first !== undefined && other !== undefined && first < other;
}

function has(asked: Asked, deploy: Deploy, cause: Cause): boolean {
  const { history, settings } = asked;
  const all = deploys(asked);
  const blamed = (moment: number): boolean =>
    counted(asked)
      .filter(({ good, at }) => good && at < moment)
      .at(-1)?.place === deploy.place;
  switch (cause) {
    case 'failed-deployment':
      return !deploy.good;
    case 'incident':
      return history.issues.some((issue) => isIncident(asked, issue) && blamed(issue.createdAt));
    case 'hotfix':
      return merged(asked).some(
        ({ labels, createdAt }) =>
          labels.some((label) => settings.hotfixLabels.includes(label)) && blamed(createdAt),
      );
    case 'rollback':
      return all.some((later) => {
        if (!later.good || isSame(all, later)) return false;
        const before = predecessor(all, later);
        return (
          before !== undefined &&
          isOlder(history, all, [later, before]) &&
          origin(all, before).place === deploy.place
        );
      });
    case 'revert':
      return reverts(asked).some(({ reverted, by }) => {
        const first = firstWith(asked, reverted);
        if (first === undefined || predecessor(all, first) === undefined) return false;
        return firstWith(asked, by)?.place !== first.place && origin(all, first).place === deploy.place;
      });
  }
}

/** The deployment that brought what a re-deployment brought again. */
function origin(all: readonly Deploy[], deploy: Deploy): Deploy {
  const before = predecessor(all, deploy);
  return before !== undefined && isSame(all, deploy) ? origin(all, before) : deploy;
}

function reverts(asked: Asked): { reverted: string; by: string }[] {
  const found: { reverted: string; by: string }[] = [];
  const requests = merged(asked);
  for (const commit of asked.history.commits)
    for (const reverted of commit.reverts)
      if (requests.some(({ mergeSha }) => mergeSha === reverted)) found.push({ reverted, by: commit.sha });
  for (const by of requests) {
    const [target] = requests
      .filter(({ title, mergedAt }) => by.title === `Revert "${title}"` && mergedAt < by.createdAt)
      .sort((one, other) => other.mergedAt - one.mergedAt || other.iid - one.iid);
    const reverted = target?.mergeSha ?? null;
    if (reverted !== null && by.mergeSha !== null) found.push({ reverted, by: by.mergeSha });
  }
  return found;
}

const causes: readonly Cause[] = ['incident', 'rollback', 'revert', 'failed-deployment', 'hotfix'];

function leadTime(asked: Asked, from: (request: HistoryMergeRequest) => number | null): Answer {
  const deployed = merged(asked).filter((request) =>
    inside(firstWith(asked, request.mergeSha)?.at ?? null, asked.span),
  );
  return medianOver(
    deployed.map((request) => {
      const wait = toDeploy(asked, request);
      const start = from(request);
      if (wait === null || start === null) return null;
      return wait + (request.mergedAt - start) / 1000;
    }),
  );
}

export const delivery: Oracle = {
  deployments: (asked) => count(counted(asked).filter(({ good, at }) => good && inside(at, asked.span))),
  'deploy-days': (asked) => {
    const days = counted(asked)
      .filter(({ good, at }) => good && inside(at, asked.span))
      .map(({ at }) => new Date(at).toLocaleDateString('sv-SE', { timeZone: asked.settings.timeZone }));
    return { days: [...new Set(days)].sort() };
  },
  redeployments: (asked) => {
    const all = deploys(asked);
    return count(all.filter((deploy) => isSame(all, deploy) && inside(deploy.at, asked.span)));
  },
  'lead-time-from-merge': (asked) => leadTime(asked, ({ mergedAt }) => mergedAt),
  'lead-time-from-first-commit': (asked) =>
    leadTime(asked, ({ details, createdAt }) => {
      const first = details?.firstCommitAt ?? null;
      return first === null ? null : Math.min(first, createdAt);
    }),
  'change-failure-rate': (asked) =>
    share(
      counted(asked)
        .filter(({ at }) => inside(at, asked.span))
        .map((deploy) => causes.some((cause) => has(asked, deploy, cause))),
    ),
  ...Object.fromEntries(
    causes.map((cause) => [
      `change-failures-by-${cause}`,
      (asked: Asked) =>
        count(counted(asked).filter((deploy) => inside(deploy.at, asked.span) && has(asked, deploy, cause))),
    ]),
  ),
  'time-to-restore': (asked) =>
    medianOver(
      asked.history.issues
        .filter((issue) => isIncident(asked, issue) && inside(issue.closedAt, asked.span))
        .map(({ closedAt, createdAt }) => ((closedAt ?? 0) - createdAt) / 1000),
    ),
  'deployment-recovery': (asked) => {
    const all = deploys(asked);
    return medianOver(
      all
        .filter(({ good, at }) => !good && inside(at, asked.span))
        .map((failed) => {
          const next = all.find(
            ({ environment, good, place }) =>
              environment === failed.environment && good && place > failed.place,
          );
          return next === undefined ? null : (next.at - failed.at) / 1000;
        }),
    );
  },
};
