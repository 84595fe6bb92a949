import * as z from 'zod';
import type { MergeRequestAddress } from '../../model/context.ts';
import type { HeadPipelines, StandingStatus } from '../ports/head-pipelines.ts';
import { type Api, projectPath } from '../transport/api.ts';
import { getJson } from '../transport/get-json.ts';
import { nullIfGone } from '../transport/null-if-gone.ts';
import { fetchPages } from '../transport/pager.ts';
import { pipelineAnswer, pipelineOf } from './jobs.ts';
import { mergeRequestAnswer, mergeRequestOf } from './merge-requests.ts';

const withHeadAnswer = mergeRequestAnswer.extend({ head_pipeline: pipelineAnswer.nullish() });
const recentAnswer = z.object({ iid: z.number().int(), sha: z.string().nullish() });
const commitAnswer = z.object({ parent_ids: z.array(z.string()).nullish() });
const statusAnswer = z.object({
  name: z.string(),
  status: z.string(),
  description: z.string().nullish(),
  target_url: z.string().nullish(),
  pipeline_id: z.number().int().nullish(),
});
/** 500 jobs and statuses on one commit. */
const maxStatusPages = 5;

type Query = Readonly<Record<string, string>>;
type Ask = <T>(path: string, query: Query, schema: z.ZodType<T>) => Promise<T>;

function mergeRequestPath({ project, iid }: MergeRequestAddress): string {
  return `${projectPath(project)}/merge_requests/${iid}`;
}

/**
 * The part of the port about the pipelines of merge requests. Sources: https://docs.gitlab.com/api/merge_requests/,
 * https://docs.gitlab.com/api/pipelines/, https://docs.gitlab.com/api/commits/
 */
export function createHeadPipelines(api: Api): HeadPipelines {
  const ask: Ask = (path, query, schema) => getJson(api, { path, query }, schema);
  return {
    async fetchMergeRequestWithHead(address) {
      const answer = await ask(mergeRequestPath(address), {}, withHeadAnswer);
      const mergeRequest = mergeRequestOf(answer);
      const { state, head_pipeline: head } = answer;
      const headPipeline = head ? pipelineOf(head, mergeRequest.sourceProjectId) : null;
      return { mergeRequest, state, headPipeline };
    },

    async fetchPipelinesOf(address) {
      const path = `${mergeRequestPath(address)}/pipelines`;
      const answers = await ask(path, { per_page: '100' }, z.array(pipelineAnswer));
      const own = typeof address.project === 'number' ? address.project : 0;
      return answers.map((answer) => pipelineOf(answer, own)).sort((a, b) => b.id - a.id);
    },

    fetchParents: (projectId, sha) => fetchParents(ask, projectId, sha),

    async fetchRecentMergeRequests(projectId, { updatedAfter, max }) {
      const query = {
        state: 'opened',
        scope: 'all',
        order_by: 'updated_at',
        sort: 'desc',
        updated_after: updatedAfter.toISOString(),
        per_page: String(Math.min(max, 100)),
      };
      const answers = await ask(`${projectPath(projectId)}/merge_requests`, query, z.array(recentAnswer));
      return answers.map(({ iid, sha }) => ({ iid, headSha: sha ?? null }));
    },

    async fetchRunningPipelines(projectId) {
      const path = `${projectPath(projectId)}/pipelines`;
      const query = { order_by: 'id', sort: 'desc', per_page: '100' };
      const running = await ask(path, { ...query, scope: 'running' }, z.array(pipelineAnswer));
      const pending = await ask(path, { ...query, scope: 'pending' }, z.array(pipelineAnswer));
      return [...running, ...pending]
        .map((answer) => pipelineOf(answer, projectId))
        .sort((a, b) => b.id - a.id);
    },

    fetchStandingStatuses: (projectId, sha) => fetchStandingStatuses(api, projectId, sha),
  };
}

function standingStatus(answer: z.infer<typeof statusAnswer>): StandingStatus {
  const { name, status: state, description, target_url: targetUrl, pipeline_id: pipelineId } = answer;
  return {
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
  const path = `${projectPath(projectId)}/repository/commits/${encodeURIComponent(sha)}/statuses`;
  const standing: StandingStatus[] = [];
  const request = { path, query: {}, row: statusAnswer, maxPages: maxStatusPages };
  for await (const page of fetchPages(request, api)) standing.push(...page.map(standingStatus));
  return standing;
}

async function fetchParents(ask: Ask, projectId: number, sha: string): Promise<readonly string[] | null> {
  const path = `${projectPath(projectId)}/repository/commits/${encodeURIComponent(sha)}`;
  const commit = await nullIfGone(ask(path, {}, commitAnswer));
  return commit === null ? null : (commit.parent_ids ?? []);
}
