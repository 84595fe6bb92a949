import { Commits, MergeRequests, Pipelines } from '@gitbeaker/rest';
import * as z from 'zod';
import type { HeadPipelines, StandingStatus } from '../ports/head-pipelines.ts';
import type { Api } from '../transport/api.ts';
import { getJson } from '../transport/get-json.ts';
import { requestsOnly } from '../transport/gitbeaker-requester.ts';
import { nullIfGone } from '../transport/null-if-gone.ts';
import { readPages } from '../transport/read-pages.ts';
import { pipelineAnswer, pipelineOf } from './job-answers.ts';
import { mergeRequestAnswer, mergeRequestOf } from './merge-requests.ts';
import { createUpstream } from './upstream.ts';

const commits = new Commits(requestsOnly);
const mergeRequests = new MergeRequests(requestsOnly);
const pipelines = new Pipelines(requestsOnly);

const withHeadAnswer = z.lazy(() => mergeRequestAnswer.extend({ head_pipeline: pipelineAnswer.nullish() }));
const recentAnswer = z.lazy(() => z.object({ iid: z.number().int(), sha: z.string().nullish() }));
const commitAnswer = z.lazy(() => z.object({ parent_ids: z.array(z.string()).nullish() }));
const statusAnswer = z.lazy(() =>
  z.object({
    id: z.number().int(),
    name: z.string(),
    status: z.string(),
    description: z.string().nullish(),
    target_url: z.string().nullish(),
    pipeline_id: z.number().int().nullish(),
  }),
);
/** 500 jobs and statuses on one commit. */
const maxStatusPages = 5;

/**
 * The part of the port about the pipelines of merge requests. Sources: https://docs.gitlab.com/api/merge_requests/,
 * https://docs.gitlab.com/api/pipelines/, https://docs.gitlab.com/api/commits/
 */
export function createHeadPipelines(api: Api): HeadPipelines {
  return {
    ...createUpstream(api),

    async fetchMergeRequestWithHead({ project, iid }) {
      const answer = await getJson(api, mergeRequests.show(project, iid), withHeadAnswer);
      const mergeRequest = mergeRequestOf(answer);
      const { state, head_pipeline: head } = answer;
      const headPipeline = head ? pipelineOf(head, mergeRequest.sourceProjectId) : null;
      return { mergeRequest, state, headPipeline };
    },

    async fetchPipelinesOf({ project, iid }) {
      const newest = mergeRequests.allPipelines(project, iid, { perPage: 100 });
      const answers = await getJson(api, newest, z.array(pipelineAnswer));
      const own = typeof project === 'number' ? project : 0;
      return answers.map((answer) => pipelineOf(answer, own)).sort((a, b) => b.id - a.id);
    },

    fetchParents: (projectId, sha) => fetchParents(api, projectId, sha),

    async fetchRecentMergeRequests(projectId, { updatedAfter, max }) {
      const recent = mergeRequests.all({
        projectId,
        state: 'opened',
        scope: 'all',
        orderBy: 'updated_at',
        sort: 'desc',
        updatedAfter: updatedAfter.toISOString(),
        perPage: Math.min(max, 100),
      });
      const answers = await getJson(api, recent, z.array(recentAnswer));
      return answers.map(({ iid, sha }) => ({ iid, headSha: sha ?? null }));
    },

    async fetchRunningPipelines(projectId) {
      const newest = { orderBy: 'id', sort: 'desc', perPage: 100 } as const;
      const inScope = (scope: 'running' | 'pending'): Promise<z.infer<typeof pipelineAnswer>[]> =>
        getJson(api, pipelines.all(projectId, { ...newest, scope }), z.array(pipelineAnswer));
      const running = await inScope('running');
      const pending = await inScope('pending');
      return [...running, ...pending]
        .map((answer) => pipelineOf(answer, projectId))
        .sort((a, b) => b.id - a.id);
    },

    fetchStandingStatuses: (projectId, sha) => fetchStandingStatuses(api, projectId, sha),
  };
}

function standingStatus(answer: z.infer<typeof statusAnswer>): StandingStatus {
  const { id, name, status: state, description, target_url: targetUrl, pipeline_id: pipelineId } = answer;
  return {
    id,
    name,
    state,
    description: description ?? null,
    targetUrl: targetUrl ?? null,
    pipelineId: pipelineId ?? null,
  };
}

async function fetchStandingStatuses(
  api: Api,
  projectId: number | string,
  sha: string,
): Promise<readonly StandingStatus[]> {
  const list = commits.allStatuses(projectId, sha);
  const standing = await readPages({ list, row: statusAnswer, maxPages: maxStatusPages }, api);
  return standing.map(standingStatus);
}

async function fetchParents(api: Api, projectId: number, sha: string): Promise<readonly string[] | null> {
  const commit = await nullIfGone(getJson(api, commits.show(projectId, sha), commitAnswer));
  return commit === null ? null : (commit.parent_ids ?? []);
}
