/** The deployments that count, from the source that the settings name, and what each of them is. */
import type { HistoryPart, Instant, ProjectHistory } from '../../model/project-history.ts';
import type { MeasureSettings } from '../measure.ts';
import { commitGraph } from './commit-graph.ts';
import { remembered } from './remembered.ts';

export interface Deployment {
  readonly environment: string;
  readonly isSuccess: boolean;
  readonly sha: string;
  readonly ref: string;
  /** When it had finished. */
  readonly at: Instant;
  readonly url: string | null;
  /** The last successful one before it in its environment; null = none was read. */
  readonly predecessor: Deployment | null;
  /** It succeeded, and brought the commit that was there already. */
  readonly isAgain: boolean;
  /** It succeeded, and brought an older commit than the one that was there. */
  readonly isRollback: boolean;
}

type Raw = Omit<Deployment, 'predecessor' | 'isAgain' | 'isRollback'>;

/** The parts of the history that deployments are taken from. */
export function partsOfSource({ deployments }: MeasureSettings): readonly HistoryPart[] {
  if (deployments.source === 'environments') return ['deployments'];
  return deployments.source === 'job' ? ['jobs', 'pipelines'] : [deployments.source];
}

/** Which deployments count, in words. */
export function sourceInWords({ deployments }: MeasureSettings): string {
  switch (deployments.source) {
    case 'environments':
      return deployments.names === null
        ? 'environments of the tier production, or called production or prod where GitLab names no tier'
        : `environments called ${deployments.names.join(', ')}`;
    case 'releases':
      return 'each release counts as a deployment';
    case 'tags':
      return 'each tag counts as a deployment';
    case 'job':
      return `each run of the job ${deployments.name} counts as a deployment`;
  }
}

/** Finished ones, successful or failed, in the order in which they finished. */
export const deploymentsOf = remembered((history, settings): readonly Deployment[] => {
  const raw = [...rawDeployments(history, settings)].sort((one, other) => one.at - other.at);
  const last = new Map<string, Deployment>();
  const firsts = new Map<string, Map<string, number>>();
  return raw.map((one, index) => {
    const predecessor = last.get(one.environment) ?? null;
    const first = firsts.get(one.environment) ?? new Map<string, number>();
    const isAgain = one.isSuccess && predecessor?.sha === one.sha;
    const isRollback =
      one.isSuccess &&
      predecessor !== null &&
      !isAgain &&
      isOlder({ history, settings, first }, one, predecessor);
    const deployment = { ...one, predecessor, isAgain, isRollback };
    if (one.isSuccess) {
      last.set(one.environment, deployment);
      firsts.set(one.environment, first);
      if (!first.has(one.sha)) first.set(one.sha, index);
    }
    return deployment;
  });
});

/**
 * By the graph where it shows that one comes from the other, else by which of them came first to the environment; a
 * commit that is there for the first time is not older.
 */
function isOlder(
  known: {
    readonly history: ProjectHistory;
    readonly settings: MeasureSettings;
    readonly first: ReadonlyMap<string, number>;
  },
  one: Raw,
  than: Raw,
): boolean {
  const graph = commitGraph(known.history, known.settings);
  if (graph.isAncestor(one.sha, than.sha)) return true;
  if (graph.isAncestor(than.sha, one.sha)) return false;
  const [first, firstOfOther] = [known.first.get(one.sha), known.first.get(than.sha)];
  return first !== undefined && firstOfOther !== undefined && first < firstOfOther;
}

function rawDeployments(history: ProjectHistory, { deployments }: MeasureSettings): readonly Raw[] {
  switch (deployments.source) {
    case 'environments':
      return ofEnvironments(history, deployments.names);
    case 'releases':
      return history.releases.map(({ tag, sha, releasedAt, url }) => ({
        environment: 'releases',
        isSuccess: true,
        sha,
        ref: tag,
        at: releasedAt,
        url,
      }));
    case 'tags':
      return history.tags.map(({ name, sha, at }) => ({
        environment: 'tags',
        isSuccess: true,
        sha,
        ref: name,
        at,
        url: null,
      }));
    case 'job':
      return ofJob(history, deployments.name);
  }
}

function ofEnvironments(history: ProjectHistory, names: readonly string[] | null): readonly Raw[] {
  return history.deployments.flatMap(({ environment, tier, status, sha, ref, finishedAt, url }) => {
    const counts = names === null ? isProduction(environment, tier) : names.includes(environment);
    if (!counts || finishedAt === null || (status !== 'success' && status !== 'failed')) return [];
    return [{ environment, isSuccess: status === 'success', sha, ref, at: finishedAt, url }];
  });
}

/** GitLab's tier decides; without one, the name or the folder of the name. https://docs.gitlab.com/ci/environments/ */
function isProduction(environment: string, tier: string | null): boolean {
  if (tier !== null) return tier === 'production';
  const [folder = ''] = environment.toLowerCase().split('/');
  return folder === 'production' || folder === 'prod';
}

function ofJob(history: ProjectHistory, wanted: string): readonly Raw[] {
  const pipelines = new Map(history.pipelines.map((pipeline) => [pipeline.id, pipeline]));
  return history.jobs.flatMap(({ name, status, finishedAt, pipelineId }) => {
    const pipeline = pipelines.get(pipelineId);
    if (name !== wanted || finishedAt === null || pipeline === undefined) return [];
    if (status !== 'success' && status !== 'failed') return [];
    const { sha, ref, url } = pipeline;
    return [{ environment: name, isSuccess: status === 'success', sha, ref, at: finishedAt, url }];
  });
}

/** What is counted as a deployment: all but those that brought the commit that was there already. */
export const countedDeployments = remembered((history, settings): readonly Deployment[] =>
  deploymentsOf(history, settings).filter(({ isAgain }) => !isAgain),
);

/** The first successful deployment that contains a commit, by the graph; null = none, or nobody knows. */
export type FirstDeployment = (sha: string) => Deployment | null;

/** Each commit is marked by the first deployment that reaches it; what is marked has all of its parents marked. */
export const firstDeployment = remembered((history, settings): FirstDeployment => {
  const graph = commitGraph(history, settings);
  const firsts = new Map<string, Deployment>();
  for (const deployment of deploymentsOf(history, settings)) {
    if (!deployment.isSuccess) continue;
    const waiting = [deployment.sha];
    for (let sha = waiting.pop(); sha !== undefined; sha = waiting.pop()) {
      if (firsts.has(sha)) continue;
      firsts.set(sha, deployment);
      waiting.push(...(graph.commit(sha)?.parents ?? []));
    }
  }
  return (sha) => firsts.get(sha) ?? null;
});

/** As people call it: the environment and what was deployed. */
export function nameOfDeployment({ environment, ref, sha, url }: Deployment): {
  readonly name: string;
  readonly title: string;
  readonly url: string | null;
} {
  return { name: environment, title: `${ref} ${sha.slice(0, 8)}`, url };
}
