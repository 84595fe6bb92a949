import type { PipelineClaim } from '../../bot/claim.ts';
import { isRecent } from '../../bot/confirmed-names.ts';
import type { Occurrence } from '../../bot/occurrence.ts';
import { mergeRequestRef } from '../../context/from-head-pipeline.ts';
import { GitLabRefusedError } from '../../errors.ts';
import type { MergeRequestFacts, PipelineFacts } from '../../model/facts.ts';
import type { Job, Pipeline } from '../../model/pipeline.ts';
import { withDownstream } from '../report/fetch-downstream.ts';
import type { BotWorld, NothingToDo } from './bot-world.ts';
import type { Desk } from './desk.ts';
import { resultBefore } from './pipeline-results.ts';

/** A pipeline event or a job event with only what GitLab confirms. */
export interface ConfirmedPipelineEvent {
  readonly occurrence: Occurrence;
  readonly pipeline: PipelineFacts;
}

/** Enough to find the pipeline of the event among those of its commit, and the one before it on its branch. */
const perPage = 50;

const notShown: NothingToDo = { nothing: 'GitLab does not confirm the event: it shows no such pipeline' };

/** When the last thing happened in it, ISO 8601; null where GitLab does not say. */
function lastMoment({ createdAt }: Pipeline, jobs: readonly Job[]): string | null {
  const moments = [createdAt, ...jobs.flatMap(({ startedAt, finishedAt }) => [startedAt, finishedAt])];
  return moments
    .filter((moment) => moment !== null)
    .reduce<string | null>(
      (last, one) => (last === null || Date.parse(one) > Date.parse(last) ? one : last),
      null,
    );
}

async function hasRecovered(pipeline: Pipeline, { gitlab }: BotWorld): Promise<boolean> {
  const { projectId, ref } = pipeline;
  return resultBefore(await gitlab.fetchPipelines(projectId, { ref, perPage }), pipeline) === 'failed';
}

async function pipelineNames(
  names: readonly string[],
  pipeline: Pipeline,
  world: BotWorld,
): Promise<readonly string[]> {
  const so = names.filter((name) => name === 'pipeline' || name === `pipeline.${pipeline.status}`);
  const mayHaveRecovered = names.includes('pipeline.recovered') && pipeline.status === 'success';
  return mayHaveRecovered && (await hasRecovered(pipeline, world)) ? [...so, 'pipeline.recovered'] : so;
}

function jobNames(names: readonly string[], jobs: readonly Job[], jobId: number | null): readonly string[] {
  const job = jobs.find(({ id }) => id === jobId);
  // What was run again since is no longer the state of things.
  if (job === undefined || job.retried) return [];
  const isAgain = jobs.some(({ name, retried }) => retried && name === job.name);
  return names.filter(
    (name) => name === 'job' || name === `job.${job.status}` || (name === 'job.retried' && isAgain),
  );
}

interface Shown {
  readonly pipeline: Pipeline;
  readonly jobs: readonly Job[];
}

/** The names of the event that are true of what GitLab shows. */
function trueNames(
  { names, jobId }: { names: readonly string[]; jobId: number | null },
  { pipeline, jobs }: Shown,
  world: BotWorld,
): Promise<readonly string[]> | readonly string[] {
  return jobId === null && !names.includes('job')
    ? pipelineNames(names, pipeline, world)
    : jobNames(names, jobs, jobId);
}

/** The pipeline of the event; null where GitLab shows none. */
async function shownPipeline(
  { id, sha, runsIn }: PipelineClaim,
  { gitlab }: BotWorld,
): Promise<Pipeline | null> {
  if (id === null || sha === null) return null;
  const pipelines = await gitlab.fetchPipelines(runsIn, { sha, perPage });
  const pipeline = pipelines.find((one) => one.id === id && one.projectId === runsIn);
  // One that only holds statuses of others may have been made by a status of the bot.
  return pipeline === undefined || pipeline.source === 'external' ? null : pipeline;
}

async function confirm(
  told: Occurrence,
  claim: PipelineClaim,
  { world, project }: Desk,
): Promise<ConfirmedPipelineEvent | NothingToDo> {
  const { gitlab } = world;
  const { runsIn, jobId } = claim;
  const pipeline = await shownPipeline(claim, world);
  if (pipeline === null) return notShown;
  const listed = await gitlab.fetchJobs(runsIn, pipeline.id);
  const last = lastMoment(pipeline, listed.jobs);
  if (last === null || !isRecent(last, world.clock.now())) return { nothing: 'the pipeline is an old one' };
  const names = await trueNames({ names: told.names, jobId }, { pipeline, jobs: listed.jobs }, world);
  const iid = mergeRequestRef(pipeline.ref)?.iid ?? null;
  if (iid === null && runsIn !== project.id) return { nothing: 'the pipeline runs in another project' };
  const subject = iid === null ? null : ({ kind: 'merge_request', project: project.id, iid } as const);
  const jobs = await withDownstream(listed.jobs, runsIn, { gitlab });
  const ref = iid === null ? pipeline.ref : null;
  return { occurrence: { ...told, names, subject, ref }, pipeline: { pipeline, jobs } };
}

/**
 * Confirms a pipeline event or a job event by GitLab's API: that there is the pipeline, what its state is now, and
 * whose it is. Two requests or three, and one for a recovery. If GitLab refuses to answer, nothing is confirmed.
 */
export async function confirmPipelineEvent(
  told: Occurrence,
  claim: PipelineClaim,
  desk: Desk,
): Promise<ConfirmedPipelineEvent | NothingToDo> {
  try {
    return await confirm(told, claim, desk);
  } catch (error) {
    if (!(error instanceof GitLabRefusedError)) throw error;
    return { nothing: `GitLab does not confirm the pipeline: ${error.message}` };
  }
}

/**
 * Why a pipeline does not count for a merge request any more, or never did; null when it does. A fork's pipeline, which
 * anybody can start, must be the one that GitLab shows on the merge request.
 */
export function whyNotOf(
  { headPipeline, targetProjectId }: MergeRequestFacts,
  { id, projectId }: Pipeline,
): string | null {
  if (headPipeline !== null && headPipeline.id > id) return 'a newer pipeline of the merge request has begun';
  return projectId === targetProjectId || headPipeline?.id === id
    ? null
    : 'the pipeline is not the one of the merge request';
}
