import { Pipelines as PipelinesResource } from '@gitbeaker/rest';
import * as z from 'zod';
import type { Pipelines } from '../ports/port.ts';
import { type Api, projectPath } from '../transport/api.ts';
import { fitAnswer } from '../transport/json-answer.ts';
import { fetchJobs, fetchNewestJobs, pipelineAnswer, pipelineOf } from './jobs.ts';
import { testReportAnswer } from './test-report.ts';

/** The part of the port about pipelines. Source: https://docs.gitlab.com/api/pipelines/ */
export function createPipelines(api: Api): Pipelines {
  const pipelines = new PipelinesResource(api.resources);
  return {
    fetchJobs: (projectId, pipelineId) => fetchJobs(api, projectId, pipelineId),

    fetchNewestJobs: (projectId, pipelineId) => fetchNewestJobs(api, projectId, pipelineId),

    async fetchPipelines(projectId, { ref, perPage }) {
      // With a page named, gitbeaker fetches that one only.
      const answer = await pipelines.all(projectId, { ref, orderBy: 'id', sort: 'desc', page: 1, perPage });
      const request = { method: 'GET', path: `${projectPath(projectId)}/pipelines` };
      return fitAnswer(z.array(pipelineAnswer), answer, request).map((row) => pipelineOf(row, projectId));
    },

    async fetchTestReport(projectId, pipelineId) {
      const path = `${projectPath(projectId)}/pipelines/${pipelineId}/test_report`;
      const report = await pipelines.showTestReport(projectId, pipelineId);
      return fitAnswer(testReportAnswer, report, { method: 'GET', path });
    },
  };
}
