import { Jobs } from '@gitbeaker/rest';
import * as z from 'zod';
import type { Job, Pipeline } from '../../model/pipeline.ts';
import type { ArchivedJob } from '../ports/port.ts';
import type { Api } from '../transport/api.ts';
import { getJson } from '../transport/get-json.ts';
import { requestsOnly } from '../transport/gitbeaker-requester.ts';
import { fetchPages } from '../transport/pager.ts';

const jobsOfGitLab = new Jobs(requestsOnly);

/** GitLab gives a pipeline inside each job and in lists of pipelines. */
export const pipelineAnswer = z.object({
  id: z.number().int(),
  project_id: z.number().int().nullish(),
  web_url: z.string(),
  status: z.string(),
  ref: z.string(),
  sha: z.string(),
  source: z.string().nullish(),
  created_at: z.string().nullish(),
});

const jobAnswer = z.object({
  id: z.number().int(),
  name: z.string(),
  stage: z.string(),
  status: z.string(),
  allow_failure: z.boolean().nullish(),
  failure_reason: z.string().nullish(),
  created_at: z.string().nullish(),
  started_at: z.string().nullish(),
  finished_at: z.string().nullish(),
  duration: z.number().nullish(),
  queued_duration: z.number().nullish(),
  web_url: z.string(),
  /** A number, or one as text. */
  coverage: z.union([z.number(), z.string()]).nullish(),
  /** Empty when they expired. */
  artifacts: z.array(z.object({ file_type: z.string() })).nullish(),
  pipeline: pipelineAnswer,
});

type JobAnswer = z.infer<typeof jobAnswer>;

const archivedJobAnswer = z.object({
  ...jobAnswer.pick({ id: true, name: true, status: true, coverage: true }).shape,
  artifacts: z.array(z.object({ file_type: z.string() })).nullish(),
  artifacts_expire_at: z.string().nullish(),
});

/** More than any instance lets one pipeline have. */
const maxPages = 50;

/** The model's pipeline of GitLab's. */
export function pipelineOf(answer: z.infer<typeof pipelineAnswer>, projectId: number): Pipeline {
  return {
    id: answer.id,
    projectId: answer.project_id ?? projectId,
    url: answer.web_url,
    status: answer.status,
    ref: answer.ref,
    sha: answer.sha,
    source: answer.source ?? null,
    createdAt: answer.created_at ?? null,
  };
}

/**
 * The jobs of a pipeline in the order they were made, then the attempts that were run again, newest first; with the
 * pipeline itself, which every job names. Source: https://docs.gitlab.com/api/jobs/#list-all-jobs-for-a-pipeline
 */
export async function fetchJobs(
  api: Api,
  projectId: number,
  pipelineId: number,
): Promise<{ readonly pipeline: Pipeline | null; readonly jobs: readonly Job[] }> {
  const answers = new Map<number, JobAnswer>();
  const list = jobsOfGitLab.all(projectId, { pipelineId, includeRetried: true });
  // A job that starts meanwhile moves the others: one can be on two pages.
  for await (const page of fetchPages({ list, row: jobAnswer, maxPages }, api)) {
    for (const job of page) answers.set(job.id, job);
  }
  const ascending = [...answers.values()].sort((a, b) => a.id - b.id);
  const latest = new Map(ascending.map((job) => [nameInPipeline(job), job.id]));
  const isLatest = (job: JobAnswer): boolean => latest.get(nameInPipeline(job)) === job.id;
  const [first] = ascending;
  return {
    pipeline: first === undefined ? null : pipelineOf(first.pipeline, projectId),
    jobs: [
      ...ascending.filter(isLatest).map((job) => jobOf(job, false)),
      ...ascending
        .filter((job) => !isLatest(job))
        .reverse()
        .map((job) => jobOf(job, true)),
    ],
  };
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

function jobOf(answer: JobAnswer, retried: boolean): Job {
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
    retried,
  };
}

function percentOf(coverage: number | string): number | null {
  const percent = typeof coverage === 'number' ? coverage : Number.parseFloat(coverage);
  return Number.isFinite(percent) ? percent : null;
}
