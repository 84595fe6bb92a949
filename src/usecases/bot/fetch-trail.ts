import { AnswerTooLargeError, GitLabRefusedError } from '../../errors.ts';
import type { MergedMergeRequest, ShippedMergeRequest } from '../../gitlab/ports/deployments.ts';
import type {
  BranchFailure,
  DeploymentStep,
  DeploymentTrail,
  EnvironmentTrail,
  TrackedMergeRequest,
  TrailNews,
} from '../../model/deployment-trail.ts';
import type {
  CommitFacts,
  DeploymentFacts,
  Facts,
  MergeRequestFacts,
  PipelineFacts,
} from '../../model/facts.ts';
import { emptyTrail } from '../../trail/deployments/join-trails.ts';
import { movesOfDeployment, movesOfOlderCommit } from '../../trail/deployments/moves-of-deployment.ts';
import { failingStretch } from '../../trail/first-bad.ts';
import { revertedBy } from '../../trail/reverts.ts';
import type { FactSource } from './bot-world.ts';
import { hasResult } from './pipeline-results.ts';

/** Merge requests of one deployment that get a comment. */
const maxShipped = 500;
/** The first deployment to an environment names every merge request that was ever merged: old ones get no comment. */
const maxAge = 90 * 86_400_000;
/** Deployments that one rollback takes away, with a request each. */
const maxMoved = 20;
const perPage = 100;

const none: TrailNews = { news: [], omitted: 0 };

type Source = Pick<FactSource, 'gitlab' | 'log' | 'clock'>;
type MovesSource = Pick<Source, 'gitlab' | 'log'> & { readonly project: number };

function inEnvironment(
  environment: string,
  steps: Partial<Omit<EnvironmentTrail, 'environment'>>,
): DeploymentTrail {
  const entry = { environment, shipped: null, latest: null, failed: null, ...steps };
  return { ...emptyTrail, environments: [entry] };
}

function stepOf({ id, sha, updatedAt, finishedAt = null, job = null }: DeploymentFacts): DeploymentStep {
  return { id, sha, at: finishedAt ?? updatedAt, job };
}

/** The commits that `other` has and `sha` has not; null where GitLab does not say. */
async function commitsBeyond(
  project: number,
  { sha, other }: { readonly sha: string; readonly other: string },
  { gitlab, log }: Pick<Source, 'gitlab' | 'log'>,
): Promise<readonly CommitFacts[] | null> {
  try {
    return (await gitlab.fetchRange(project, { from: sha, to: other }))?.commits ?? null;
  } catch (error) {
    if (!(error instanceof GitLabRefusedError || error instanceof AnswerTooLargeError)) throw error;
    log.warn(`GitLab does not compare ${sha} with ${other}: ${error.message}`);
    return null;
  }
}

interface Shipment {
  readonly by: DeploymentStep;
  readonly rows: readonly ShippedMergeRequest[];
}

/** Merge requests that somebody may still want to hear of, the newest first. */
function told({ rows, by }: Shipment, now: Date): readonly ShippedMergeRequest[] {
  const since = Date.parse(by.at ?? now.toISOString()) - maxAge;
  return rows.filter(({ mergedAt }) => mergedAt === null || Date.parse(mergedAt) >= since);
}

/** GitLab relates merge requests to a deployment in a job of its own, which may run after the event was sent. */
const relatedAfter = 10_000;

async function shippedBy(
  { by, known }: { readonly by: DeploymentStep; readonly known: Shipment['rows'] | null },
  { project, now, deployment }: Facts,
  { gitlab, clock }: Source,
): Promise<Shipment['rows']> {
  const rows = known ?? (await gitlab.fetchShippedMergeRequests(project.id, by.id, maxShipped + 1));
  const isFresh = by.id === deployment?.id && now.getTime() - Date.parse(by.at ?? '') < relatedAfter;
  if (rows.length > 0 || !isFresh) return rows;
  await clock.sleep(relatedAfter);
  return gitlab.fetchShippedMergeRequests(project.id, by.id, maxShipped + 1);
}

interface Moves {
  readonly isRollback: boolean;
  /** Oldest first. */
  readonly moved: readonly DeploymentStep[];
  /** What GitLab relates to the deployment itself; null where it was not asked. */
  readonly own: Shipment['rows'] | null;
}

/** Those deployments whose commits another one has. */
async function thoseWithin(
  { sha }: DeploymentStep,
  steps: readonly DeploymentStep[],
  { project, ...source }: MovesSource,
): Promise<readonly DeploymentStep[]> {
  const within: DeploymentStep[] = [];
  for (const one of steps) {
    const missing = await commitsBeyond(project, { sha, other: one.sha }, source);
    if (missing?.length === 0) within.push(one);
  }
  return within;
}

/**
 * What the deployment brings or takes away. A commit that is not in the list may be older than the list: where GitLab
 * relates no merge request to its deployment, one request more shows whether it is.
 */
async function movesOf(
  step: DeploymentStep,
  environment: string,
  { project, ...source }: MovesSource,
): Promise<Moves> {
  const { gitlab } = source;
  const listed = await gitlab.fetchEnvironmentDeployments(project, environment);
  const { isRollback, moved, unsure } = movesOfDeployment(step, listed);
  const previous = listed.find(({ id }) => id < step.id);
  const isUnlisted = !isRollback && moved.at(-1)?.id === step.id;
  const own =
    previous === undefined || !isUnlisted
      ? null
      : await gitlab.fetchShippedMergeRequests(project, step.id, maxShipped + 1);
  if (previous !== undefined && own?.length === 0) {
    const taken = await commitsBeyond(project, { sha: step.sha, other: previous.sha }, source);
    const older = movesOfOlderCommit(step, listed, taken ?? []);
    if (older !== null) return { ...older, own };
  }
  const there = await thoseWithin(step, unsure.slice(-maxMoved), { project, ...source });
  return { isRollback, moved: [...there, ...moved], own };
}

async function newsOfSuccess(deployment: DeploymentFacts, facts: Facts, source: Source): Promise<TrailNews> {
  const { project, now } = facts;
  const { environment } = deployment;
  const step = stepOf(deployment);
  const { isRollback, moved, own } = await movesOf(step, environment, { project: project.id, ...source });
  const all = moved.slice(-maxMoved);
  if (all.length < moved.length)
    source.log.warn(
      `${environment}: only the last ${maxMoved} deployments that this one changes are looked at`,
    );
  const latest = { ...step, isThere: !isRollback };
  const news: { mergeRequest: TrackedMergeRequest; trail: DeploymentTrail }[] = [];
  let omitted = 0;
  for (const by of all.toReversed()) {
    const rows = await shippedBy({ by, known: by.id === step.id ? own : null }, facts, source);
    const fresh = told({ rows, by }, now);
    omitted += rows.length - fresh.length;
    for (const { mergedAt: _mergedAt, ...mergeRequest } of fresh)
      news.push({ mergeRequest, trail: inEnvironment(environment, { shipped: by, latest }) });
  }
  return { news: news.slice(0, maxShipped), omitted: omitted + Math.max(0, news.length - maxShipped) };
}

/**
 * Those whose merge made this very commit. Of a fast-forward merge that GitLab rebased no answer shows the commit: then
 * the only one that GitLab relates to it counts.
 */
async function mergedAs(
  project: number,
  sha: string,
  { gitlab }: Source,
): Promise<readonly MergedMergeRequest[]> {
  const all = await gitlab.fetchMergedMergeRequestsOfCommit(project, sha);
  const own = all.filter(({ on }) => on.project === project);
  const exact = own.filter(({ shas }) => shas.includes(sha));
  const rebased = own.filter(({ isFastForward }) => isFastForward);
  return exact.length > 0 || rebased.length > 1 ? exact : rebased;
}

function newsOf(mergeRequests: readonly TrackedMergeRequest[], trail: DeploymentTrail): TrailNews {
  const news = mergeRequests.map(({ on, url, labels }) => ({ mergeRequest: { on, url, labels }, trail }));
  return { news, omitted: 0 };
}

/** GitLab relates a failed deployment to no merge request: it is that of its commit. */
async function newsOfFailure(
  deployment: DeploymentFacts,
  { project }: Facts,
  source: Source,
): Promise<TrailNews> {
  const failed = stepOf(deployment);
  const own = await mergedAs(project.id, failed.sha, source);
  return newsOf(own, inEnvironment(deployment.environment, { failed }));
}

async function newsOfBranch({ pipeline }: PipelineFacts, source: Source): Promise<TrailNews> {
  const { projectId, ref } = pipeline;
  const listed = await source.gitlab.fetchPipelines(projectId, { ref, perPage });
  const stretch = failingStretch(listed.filter(hasResult), pipeline);
  if (stretch === null) return none;
  const { first, before } = stretch;
  // Without a pipeline that passed it is not known which one was the first; after the same commit it is not the commit.
  if (before === null || before.sha === first.sha) return none;
  const own = await mergedAs(projectId, first.sha, source);
  const fixed = pipeline.status === 'success' ? { id: pipeline.id, at: pipeline.createdAt } : null;
  const at = first.createdAt;
  const failure: BranchFailure = { branch: ref, pipeline: { id: first.id, at }, issue: null, fixed };
  return newsOf(own, { ...emptyTrail, failures: [failure] });
}

async function revertedBranches(
  mr: MergeRequestFacts,
  { gitlab, ...source }: Source,
): Promise<readonly TrackedMergeRequest[]> {
  const { project } = mr.at;
  const commits = await gitlab.fetchCommitsOf(project, mr.at.iid);
  const found = await Promise.all(
    revertedBy(commits.map(({ message }) => message)).map(async (one) => {
      if (one.kind === 'commit') return mergedAs(project, one.sha, { gitlab, ...source });
      const facts = await gitlab.fetchMergeRequestFacts(project, one.iid);
      if (facts?.state !== 'merged') return [];
      return [{ on: facts.at, url: facts.url, labels: facts.labels, targetBranch: facts.targetBranch }];
    }),
  );
  // What is undone on one branch is still on another.
  return found
    .flat()
    .filter(({ targetBranch, on }) => targetBranch === mr.targetBranch && on.iid !== mr.at.iid);
}

async function newsOfMerge(mr: MergeRequestFacts, source: Source): Promise<TrailNews> {
  if (mr.state !== 'merged') return none;
  const trail = { ...emptyTrail, reverts: [{ iid: mr.at.iid, at: mr.mergedAt ?? null }] };
  return newsOf(await revertedBranches(mr, source), trail);
}

/**
 * What an event says of merge requests that are merged already: a deployment that reached an environment, failed or was
 * rolled back; a branch that fails since the commit of one; a merge that undoes another.
 */
export async function fetchTrail(facts: Facts, source: Source): Promise<TrailNews> {
  const { deployment, subject, pipeline } = facts;
  if (deployment !== null) {
    if (deployment.status === 'success') return newsOfSuccess(deployment, facts, source);
    return deployment.status === 'failed' ? newsOfFailure(deployment, facts, source) : none;
  }
  if (subject?.kind === 'merge_request') return newsOfMerge(subject, source);
  return subject === null && pipeline !== null ? newsOfBranch(pipeline, source) : none;
}
