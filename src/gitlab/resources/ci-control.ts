import * as z from 'zod';
import { GitLabRefusedError } from '../../errors.ts';
import type { Noteable } from '../../model/noteable.ts';
import type { CiControl } from '../ports/ci-control.ts';
import { type Api, projectPath } from '../transport/api.ts';
import { getJson } from '../transport/get-json.ts';
import { nullIfGone } from '../transport/null-if-gone.ts';
import { readPages } from '../transport/read-pages.ts';
import { askJson, sendJson } from '../transport/send-json.ts';
import { pipelineAnswer, pipelineOf } from './jobs.ts';

const idAnswer = z.object({ id: z.number().int() });
const deploymentAnswer = z.object({
  id: z.number().int(),
  status: z.string(),
  sha: z.string(),
  ref: z.string().nullish(),
  updated_at: z.string().nullish(),
  approvals: z.array(z.object({ status: z.string() })).nullish(),
  environment: z.object({
    name: z.string(),
    tier: z.string().nullish(),
    external_url: z.string().nullish(),
  }),
});
const mergeRequestAnswer = z
  .object({ iid: z.number().int(), project_id: z.number().int() })
  .transform(({ iid, project_id: project }): Noteable => ({ kind: 'merge_request', project, iid }));

type Jobs = Pick<CiControl, 'retryJob' | 'playJob'>;
type Pipelines = Pick<
  CiControl,
  'cancelPipeline' | 'createMergeRequestPipeline' | 'createPipeline' | 'fetchMergeRequestPipelines'
>;

/** Source: https://docs.gitlab.com/api/jobs/#retry-a-job */
function createJobs(api: Api): Jobs {
  const pathOf = (project: number, job: number, verb: string): string =>
    `${projectPath(project)}/jobs/${job}/${verb}`;
  return {
    async retryJob(project, job) {
      try {
        return await askJson(
          { method: 'POST', path: pathOf(project, job, 'retry'), body: {} },
          idAnswer,
          api,
        );
      } catch (error) {
        // A job that runs, was run again already, or may not be run again.
        if (error instanceof GitLabRefusedError && error.status === 403) {
          api.log.warn(`job ${job} was not retried: ${error.message}`);
          return null;
        }
        throw error;
      }
    },
    async playJob(project, job) {
      await sendJson({ method: 'POST', path: pathOf(project, job, 'play'), body: {} }, api);
    },
  };
}

/** Sources: https://docs.gitlab.com/api/pipelines/, https://docs.gitlab.com/api/merge_requests/#create-merge-request-pipeline */
function createPipelines(api: Api): Pipelines {
  const ofMergeRequest = (project: number, iid: number): string =>
    `${projectPath(project)}/merge_requests/${iid}/pipelines`;
  return {
    async cancelPipeline(project, pipeline) {
      const path = `${projectPath(project)}/pipelines/${pipeline}/cancel`;
      await sendJson({ method: 'POST', path, body: {} }, api);
    },

    async createMergeRequestPipeline(project, iid) {
      const request = { method: 'POST', path: ofMergeRequest(project, iid), body: {} } as const;
      return pipelineOf(await askJson(request, pipelineAnswer, api), project);
    },

    async createPipeline(project, { ref, variables }) {
      const pairs = Object.entries(variables).map(([key, value]) => ({ key, value }));
      const body = { ref, ...(pairs.length === 0 ? {} : { variables: pairs }) };
      const request = { method: 'POST', path: `${projectPath(project)}/pipeline`, body } as const;
      return pipelineOf(await askJson(request, pipelineAnswer, api), project);
    },

    async fetchMergeRequestPipelines(project, iid) {
      const question = { path: ofMergeRequest(project, iid), query: { per_page: '100' } };
      const answers = await getJson(api, question, z.array(pipelineAnswer));
      return answers.map((answer) => pipelineOf(answer, project)).sort((a, b) => b.id - a.id);
    },
  };
}

/** Sources: https://docs.gitlab.com/api/deployments/#retrieve-a-specific-deployment and #list-of-merge-requests-associated-with-a-deployment */
async function fetchDeployment(
  api: Api,
  project: number,
  id: number,
): ReturnType<CiControl['fetchDeployment']> {
  const path = `${projectPath(project)}/deployments/${id}`;
  const deployment = await nullIfGone(getJson(api, { path }, deploymentAnswer));
  if (deployment === null) return null;
  const question = { path: `${path}/merge_requests`, query: { per_page: '100' } };
  const mergeRequests = await getJson(api, question, z.array(mergeRequestAnswer));
  const { status, sha, environment, approvals } = deployment;
  return {
    id,
    status,
    sha,
    environment: environment.name,
    tier: environment.tier ?? null,
    externalUrl: environment.external_url ?? null,
    mergeRequests,
    ref: deployment.ref ?? null,
    updatedAt: deployment.updated_at ?? null,
    approvals: (approvals ?? []).map((approval) => approval.status),
  };
}

const deployedAnswer = z
  .object({ deployable: z.object({ id: z.number().int() }).nullish() })
  .transform(({ deployable }) => (deployable ? [deployable.id] : []));

/** 2,000 deployments since a pipeline began. */
const maxDeploymentPages = 20;

/** Source: https://docs.gitlab.com/api/deployments/#list-all-project-deployments */
async function fetchDeployedJobs(
  api: Api,
  project: number,
  { environment, since }: Parameters<CiControl['fetchDeployedJobs']>[1],
): Promise<readonly number[]> {
  const order = { order_by: 'updated_at', sort: 'asc' };
  const query = { ...(environment === null ? {} : { environment }), updated_after: since, ...order };
  const path = `${projectPath(project)}/deployments`;
  const rows = await readPages({ path, query, row: deployedAnswer, maxPages: maxDeploymentPages }, api);
  return rows.flat();
}

/** The part of the port about what starts, stops and repeats. Branches and cherry-picks are in `backports.ts`. */
export function createCiControl(
  api: Api,
): Jobs & Pipelines & Pick<CiControl, 'fetchDeployment' | 'fetchDeployedJobs'> {
  const jobs = createJobs(api);
  const pipelines = createPipelines(api);
  return {
    ...jobs,
    ...pipelines,
    fetchDeployedJobs: (project, of) => fetchDeployedJobs(api, project, of),
    fetchDeployment: (project, id) => fetchDeployment(api, project, id),
  };
}
