import { Jobs } from '@gitbeaker/rest';
import * as z from 'zod';
import { type HandedReport, hidesFailure, isFailed, type Job } from '../../model/pipeline.ts';
import type { ArchivedJob, JobsOfPipeline, Pipelines } from '../ports/port.ts';
import type { Api } from '../transport/api.ts';
import { getJson } from '../transport/get-json.ts';
import { requestsOnly } from '../transport/gitbeaker-requester.ts';
import { fetchPages } from '../transport/pager.ts';
import { jobAnswer, pipelineOf } from './job-answers.ts';
import type { TriggerJobAnswer, TriggerJobs } from './trigger-jobs.ts';

/** Only trigger jobs have a downstream pipeline, if only an empty one. */
type JobAnswer = z.infer<typeof jobAnswer> & Partial<Pick<TriggerJobAnswer, 'downstream_pipeline'>>;

const jobsOfGitLab = new Jobs(requestsOnly);

const archivedJobAnswer = z.lazy(() =>
  z.object({
    ...jobAnswer.pick({ id: true, name: true, status: true, coverage: true }).shape,
    artifacts: z.array(z.object({ file_type: z.string() })).nullish(),
    artifacts_expire_at: z.string().nullish(),
  }),
);

export interface PipelineAddress {
  readonly projectId: number;
  readonly pipelineId: number;
}

interface AskedTriggers {
  readonly mayHaveTriggers?: Parameters<Pipelines['fetchJobs']>[2];
}

/** More than any instance lets one pipeline have. */
const maxPages = 50;

/**
 * The jobs of a pipeline in the order they were made, trigger jobs among them, then the attempts that were run again,
 * newest first; with the pipeline itself, which every job names. Trigger jobs are asked for at the same time, or only
 * where there may be some, and that may fail alone. Source: https://docs.gitlab.com/api/jobs/#list-all-jobs-for-a-pipeline
 */
export async function fetchJobs(
  api: Api,
  triggerJobs: TriggerJobs,
  { projectId, pipelineId, mayHaveTriggers }: PipelineAddress & AskedTriggers,
): Promise<JobsOfPipeline> {
  const asking = fetchOwnJobs(api, { projectId, pipelineId });
  const mayHaveAny = async (): Promise<boolean> => {
    if (mayHaveTriggers === undefined) return true;
    const jobs = await asking;
    return mayHaveTriggers(jobs.filter(latestOf(jobs)).map(({ id }) => id));
  };
  const askForTriggers = async (): ReturnType<TriggerJobs['attempt']> =>
    (await mayHaveAny()) ? triggerJobs.attempt(projectId, pipelineId) : { answers: [], error: null };
  const [own, triggers] = await Promise.all([asking, askForTriggers()]);
  const ascending = [...own, ...triggers.answers].sort((a, b) => a.id - b.id);
  const isLatest = latestOf(ascending);
  const [first] = ascending;
  return {
    pipeline: first === undefined ? null : pipelineOf(first.pipeline, projectId),
    jobs: [
      ...ascending.filter(isLatest).map((job) => jobOf(job, { projectId, retried: false })),
      ...ascending
        .filter((job) => !isLatest(job))
        .reverse()
        .map((job) => jobOf(job, { projectId, retried: true })),
    ],
    ...(triggers.error === null ? {} : { triggersError: triggers.error }),
  };
}

/** True for the last attempt of a job. */
function latestOf(jobs: readonly JobAnswer[]): (job: JobAnswer) => boolean {
  const ascending = jobs.toSorted((a, b) => a.id - b.id);
  const latest = new Map(ascending.map((job) => [nameInPipeline(job), job.id]));
  return (job) => latest.get(nameInPipeline(job)) === job.id;
}

async function fetchOwnJobs(
  api: Api,
  { projectId, pipelineId }: PipelineAddress,
): Promise<readonly JobAnswer[]> {
  const answers = new Map<number, JobAnswer>();
  const list = jobsOfGitLab.all(projectId, { pipelineId, includeRetried: true });
  // A job that starts meanwhile moves the others: one can be on two pages.
  for await (const page of fetchPages({ list, row: jobAnswer, maxPages }, api)) {
    for (const job of page) answers.set(job.id, job);
  }
  return [...answers.values()];
}

/** Those that failed, trigger jobs among them, in the order they were made. */
export async function fetchFailedJobs(
  api: Api,
  triggerJobs: TriggerJobs,
  { projectId, pipelineId }: PipelineAddress,
): Promise<readonly Job[]> {
  const failed = jobsOfGitLab.all(projectId, { pipelineId, scope: 'failed', perPage: 100 });
  const [own, triggers] = await Promise.all([
    getJson(api, failed, z.array(jobAnswer)),
    triggerJobs.attempt(projectId, pipelineId),
  ]);
  return [...own, ...triggers.answers]
    .sort((a, b) => a.id - b.id)
    .map((job) => jobOf(job, { projectId, retried: false }))
    .filter((job) => isFailed(job) || hidesFailure(job));
}

/** The newest hundred, in one request. Source: https://docs.gitlab.com/api/jobs/#list-all-jobs-for-a-pipeline */
export async function fetchNewestJobs(
  api: Api,
  projectId: number,
  pipelineId: number,
): Promise<readonly ArchivedJob[]> {
  const newest = jobsOfGitLab.all(projectId, { pipelineId, includeRetried: true, perPage: 100 });
  const jobs = await getJson(api, newest, z.array(archivedJobAnswer));
  return jobs
    .map(({ id, name, status, coverage, artifacts, artifacts_expire_at: expiresAt }) => ({
      id,
      name,
      status,
      coverage: percentOf(coverage ?? ''),
      hasArchive: (artifacts ?? []).some(({ file_type: type }) => type === 'archive'),
      archiveExpiresAt: expiresAt ?? null,
    }))
    .sort((a, b) => b.id - a.id);
}

/** A job that runs again keeps its name and stage; only its id is new. */
function nameInPipeline({ name, stage }: JobAnswer): string {
  return `${stage}\0${name}`;
}

/** A trigger job runs no script, so that it has no artifacts, whatever is not in the answer. */
function triggerOf({ downstream_pipeline: downstream }: JobAnswer, projectId: number): Partial<Job> {
  if (downstream === undefined) return {};
  const started = downstream === null ? null : pipelineOf(downstream, projectId);
  return { hasArtifacts: false, trigger: { downstream: started, failedJobs: null } };
}

function jobOf(
  answer: JobAnswer,
  { projectId, retried }: { readonly projectId: number; readonly retried: boolean },
): Job {
  return {
    id: answer.id,
    name: answer.name,
    stage: answer.stage,
    status: answer.status,
    allowFailure: answer.allow_failure ?? false,
    failureReason: answer.failure_reason ?? null,
    createdAt: answer.created_at ?? null,
    startedAt: answer.started_at ?? null,
    finishedAt: answer.finished_at ?? null,
    durationSeconds: answer.duration ?? null,
    queuedSeconds: answer.queued_duration ?? null,
    url: answer.web_url,
    coverage: percentOf(answer.coverage ?? ''),
    hasArtifacts: answer.artifacts?.some(({ file_type: type }) => type === 'archive') ?? null,
    reports: reportsOf(answer),
    artifactsExpireAt: answer.artifacts_expire_at ?? null,
    retried,
    ...triggerOf(answer, projectId),
  };
}

/** What GitLab makes itself is among them, too. Source: `Enums::Ci::JobArtifact` of GitLab */
const noReports: ReadonlySet<string> = new Set(['archive', 'metadata', 'trace']);

function reportsOf({ artifacts }: JobAnswer): readonly HandedReport[] {
  return (artifacts ?? [])
    .filter(({ file_type: type }) => !noReports.has(type))
    .map(({ file_type: type, size, filename }) => ({
      type,
      sizeBytes: size ?? 0,
      fileName: filename ?? '',
    }));
}

function percentOf(coverage: number | string): number | null {
  const percent = typeof coverage === 'number' ? coverage : Number.parseFloat(coverage);
  return Number.isFinite(percent) ? percent : null;
}
