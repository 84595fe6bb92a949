import { Jobs, Pipelines } from '@gitbeaker/rest';
import * as z from 'zod';
import { addressInProject } from '../../../model/project-address.ts';
import type { HistoryJob, HistoryPipeline } from '../../../model/project-history.ts';
import type { Changed, History, HistoryPlace, JobOfPipeline } from '../../ports/history.ts';
import type { Api } from '../../transport/api.ts';
import { requestsOnly, untyped } from '../../transport/gitbeaker-requester.ts';
import { walkPages } from '../../transport/pager.ts';
import { walkFailedSuites } from './failed-suites.ts';
import { instant, instantOrNull } from './instant.ts';
import { maxPages } from './max-pages.ts';
import { walkPipelinesWithJobs } from './pipelines-with-jobs.ts';

const jobs = new Jobs(requestsOnly);
const pipelines = new Pipelines(requestsOnly);

const pipelineAnswer = z.object({
  id: z.number().int(),
  status: z.string(),
  source: z.string().nullish(),
  ref: z.string().nullish(),
  sha: z.string(),
  created_at: instant,
  updated_at: instantOrNull,
});

const jobAnswer = z.object({
  id: z.number().int(),
  name: z.string(),
  stage: z.string().nullish(),
  status: z.string(),
  allow_failure: z.boolean().nullish(),
  failure_reason: z.string().nullish(),
  created_at: instant,
  started_at: instantOrNull,
  finished_at: instantOrNull,
  duration: z.number().nullish(),
  queued_duration: z.number().nullish(),
  /** A number, or one as text. */
  coverage: z.union([z.number(), z.string()]).nullish(),
  pipeline: pipelineAnswer,
});

function pipelineOf(row: z.infer<typeof pipelineAnswer>, of: HistoryPlace): Changed<HistoryPipeline> {
  const { id, status, sha, created_at: createdAt, updated_at: updatedAt } = row;
  const url = addressInProject(of.url, 'pipelines', id);
  const thing = {
    id,
    url,
    status,
    source: row.source ?? null,
    ref: row.ref ?? '',
    sha,
    createdAt,
    updatedAt,
  };
  return { changedAt: updatedAt ?? createdAt, thing };
}

function percentOf(coverage: number | string | null | undefined): number | null {
  const percent = typeof coverage === 'number' ? coverage : Number.parseFloat(coverage ?? '');
  return Number.isFinite(percent) ? percent : null;
}

function jobOf(row: z.infer<typeof jobAnswer>): HistoryJob {
  return {
    id: row.id,
    pipelineId: row.pipeline.id,
    name: row.name,
    stage: row.stage ?? '',
    status: row.status,
    allowFailure: row.allow_failure ?? false,
    failureReason: row.failure_reason ?? null,
    createdAt: row.created_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    durationSeconds: row.duration ?? null,
    queuedSeconds: row.queued_duration ?? null,
    coverage: percentOf(row.coverage),
    cause: null,
  };
}

function jobRow(of: HistoryPlace): z.ZodType<JobOfPipeline> {
  return jobAnswer.transform((row) => ({ job: jobOf(row), pipeline: pipelineOf(row.pipeline, of) }));
}

/** Pages by number end at 50,000 rows; GitLab counts no jobs. */
const keyset = { pagination: 'keyset', order_by: 'id', sort: 'desc' };

/** Sources: https://docs.gitlab.com/api/jobs/, https://docs.gitlab.com/api/pipelines/ */
export function createJobHistory(
  api: Api,
): Pick<
  History,
  | 'fetchJobPages'
  | 'fetchFailedJobPages'
  | 'fetchPipelineJobPages'
  | 'fetchPipelinePages'
  | 'fetchPipelineWithJobsPages'
  | 'fetchFailedSuitePages'
> {
  return {
    fetchJobPages(of) {
      return walkPages({ list: jobs.all(of.id, untyped(keyset)), row: jobRow(of), maxPages }, api);
    },

    fetchFailedJobPages(of) {
      const list = jobs.all(of.id, { scope: 'failed', ...untyped(keyset) });
      return walkPages({ list, row: jobRow(of), maxPages }, api);
    },

    fetchPipelineWithJobsPages(of, wish) {
      return walkPipelinesWithJobs(api, of, wish);
    },

    fetchFailedSuitePages(of, changedSince) {
      return walkFailedSuites(api, of, changedSince);
    },

    fetchPipelineJobPages(of, pipelineId) {
      const list = jobs.all(of.id, { pipelineId, includeRetried: true });
      return walkPages({ list, row: jobRow(of), maxPages }, api);
    },

    fetchPipelinePages(of, changedSince) {
      const list = pipelines.all(of.id, {
        updatedAfter: new Date(changedSince).toISOString(),
        orderBy: 'updated_at',
        sort: 'desc',
      });
      const row = pipelineAnswer.transform((one) => pipelineOf(one, of));
      return walkPages({ list, row, maxPages }, api);
    },
  };
}
