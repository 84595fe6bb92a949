import type { CiInputs } from '../../model/ci-inputs.ts';
import { isFromVersion } from '../../model/gitlab-version.ts';
import type { Noteable } from '../../model/noteable.ts';
import { hidesFailure, type Pipeline } from '../../model/pipeline.ts';
import { done, type Performed, type Performer, type PerformerWorld, refused, there } from './performer.ts';

/** Before 18.10 GitLab ignores inputs of jobs, and runs the job without them. Null where it knows them. */
async function whyNoInputs(
  inputs: CiInputs | undefined,
  { gitlab }: PerformerWorld,
): Promise<Performed | null> {
  if (inputs === undefined) return null;
  const version = await gitlab.fetchServerVersion();
  if (isFromVersion(version, 18, 10)) return null;
  const found = version === null ? 'its version is not known' : `it is ${version}`;
  return refused(`Inputs of jobs need GitLab 18.10 or later, and ${found}. Nothing was started.`);
}

/** A merged result runs for a commit of its own, whose parent is the head. */
async function runsFor(sha: string, started: Pipeline, { gitlab }: PerformerWorld): Promise<boolean> {
  if (started.sha === sha) return true;
  const parents = await gitlab.fetchParents(started.projectId, started.sha);
  return parents?.includes(sha) === true;
}

async function startPipeline(
  {
    on: { project, iid },
    ref,
    inputs,
  }: { readonly on: Noteable; readonly ref: string; readonly inputs: CiInputs | undefined },
  { gitlab }: PerformerWorld,
): Promise<Pipeline | null> {
  if (inputs === undefined) return gitlab.createMergeRequestPipeline(project, iid);
  const { id } = await gitlab.createPipelineWithInputs({ project, iid, ref }, inputs);
  const all = await gitlab.fetchMergeRequestPipelines(project, iid);
  return all.find((pipeline) => pipeline.id === id) ?? null;
}

/**
 * Since the request, nobody may have started a pipeline in this project, and the commit must still be the head: this is checked last, right before the start. GitLab accepts no commit and runs the current head, so a short moment remains: a pipeline for a push in that moment is canceled at once. Source: https://docs.gitlab.com/api/merge_requests/#create-merge-request-pipeline
 */
export const performRunMergeRequestPipeline: Performer<'runMergeRequestPipeline'> = async (
  { on, sha, since, inputs },
  _cause,
  world,
) => {
  const { gitlab } = world;
  const started = (await gitlab.fetchMergeRequestPipelines(on.project, on.iid)).find(
    ({ projectId, createdAt }) =>
      projectId === on.project && Date.parse(createdAt ?? '') >= Date.parse(since),
  );
  if (started !== undefined) return there(started.url);
  const mr = await gitlab.fetchMergeRequestFacts(on.project, on.iid);
  const overtaken = `the latest commit is no longer ${sha.slice(0, 8)}`;
  if (mr?.headSha !== sha) return refused(overtaken);
  const own = await startPipeline({ on, ref: mr.sourceBranch, inputs }, world);
  if (own === null) return refused('GitLab started the pipeline, but does not show it');
  if (await runsFor(sha, own, world)) return done(own.url);
  await gitlab.cancelPipeline(own.projectId, own.id);
  return refused(`${overtaken}: the pipeline is canceled`, own.url);
};

/** If an event is handled twice, it happens within this time. */
const recentMilliseconds = 15 * 60_000;
const perPage = 20;

/** At most one pipeline on a ref within 15 minutes: GitLab stores no key by which a pipeline could be found again. */
export const performRunPipeline: Performer<'runPipeline'> = async (
  { project, ref, variables },
  _cause,
  { gitlab, clock },
) => {
  const now = clock.now().getTime();
  const recent = (await gitlab.fetchPipelines(project, { ref, perPage })).find(
    ({ source, createdAt }) => source === 'api' && now - Date.parse(createdAt ?? '') < recentMilliseconds,
  );
  if (recent !== undefined)
    return there(recent.url, `a pipeline was started on ${ref} in the last 15 minutes`);
  const { url } = await gitlab.createPipeline(project, { ref, variables });
  return done(url);
};

const unsuccessful: ReadonlySet<string> = new Set(['failed', 'canceled']);

/** Only attempts that are still the newest ones and still failed: another run has already retried the others. */
export const performRetryJobs: Performer<'retryJobs'> = async (
  { project, pipelineId, jobs, inputs },
  _cause,
  world,
) => {
  const { gitlab } = world;
  const impossible = await whyNoInputs(inputs, world);
  if (impossible !== null) return impossible;
  const now = await gitlab.fetchJobs(project, pipelineId);
  const url = now.pipeline?.url ?? null;
  const left = jobs.filter(({ id }) =>
    now.jobs.some(
      (job) => job.id === id && !job.retried && (unsuccessful.has(job.status) || hidesFailure(job)),
    ),
  );
  if (left.length === 0) return there(url);
  const failed: string[] = [];
  for (const { id, name } of left)
    if ((await gitlab.retryJob(project, id, inputs)) === null) failed.push(name);
  if (failed.length === 0) return done(url);
  return refused(`GitLab does not retry these jobs: ${failed.join(', ')}`, url);
};

const ended: ReadonlySet<string> = new Set(['success', 'failed', 'canceled', 'skipped']);

export const performCancelPipeline: Performer<'cancelPipeline'> = async (
  { project, pipelineId },
  _cause,
  { gitlab },
) => {
  const { pipeline } = await gitlab.fetchJobs(project, pipelineId);
  const url = pipeline?.url ?? null;
  if (pipeline !== null && ended.has(pipeline.status)) return there(url);
  await gitlab.cancelPipeline(project, pipelineId);
  return done(url);
};

/** GitLab itself plays a job once: the second time it is no longer a manual job, so GitLab refuses. */
export const performPlayJob: Performer<'playJob'> = async ({ project, jobId, inputs }, _cause, world) => {
  const impossible = await whyNoInputs(inputs, world);
  if (impossible !== null) return impossible;
  await world.gitlab.playJob(project, jobId, inputs);
  return done();
};
