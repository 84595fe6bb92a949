import { Pipelines as PipelinesResource } from '@gitbeaker/rest';
import * as z from 'zod';
import type { Pipelines } from '../ports/port.ts';
import type { Api } from '../transport/api.ts';
import { getJson } from '../transport/get-json.ts';
import { requestsOnly } from '../transport/gitbeaker-requester.ts';
import { pipelineAnswer, pipelineOf } from './job-answers.ts';
import { fetchFailedJobs, fetchJobs, fetchNewestJobs } from './jobs.ts';
import { testReportAnswer } from './test-report.ts';
import { createTriggerJobs } from './trigger-jobs.ts';

const pipelines = new PipelinesResource(requestsOnly);

/**
 * The part of the port about pipelines; `version` is GitLab's, where it is known.
 * Source: https://docs.gitlab.com/api/pipelines/
 */
export function createPipelines(api: Api, version: string | undefined): Pipelines {
  const triggerJobs = createTriggerJobs(api, version);
  return {
    fetchJobs: (projectId, pipelineId, mayHaveTriggers) =>
      fetchJobs(api, triggerJobs, { projectId, pipelineId, mayHaveTriggers }),

    fetchFailedJobs: (projectId, pipelineId) => fetchFailedJobs(api, triggerJobs, { projectId, pipelineId }),

    fetchNewestJobs: (projectId, pipelineId) => fetchNewestJobs(api, projectId, pipelineId),

    async fetchPipelines(projectId, { perPage, ...of }) {
      const newest = pipelines.all(projectId, { ...of, orderBy: 'id', sort: 'desc', page: 1, perPage });
      const rows = await getJson(api, newest, z.array(pipelineAnswer));
      return rows.map((row) => pipelineOf(row, projectId));
    },

    fetchTestReport: (projectId, pipelineId) =>
      getJson(api, pipelines.showTestReport(projectId, pipelineId), testReportAnswer),
  };
}
