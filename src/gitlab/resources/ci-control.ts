import {
  Deployments,
  Jobs as JobsResource,
  MergeRequests,
  Pipelines as PipelinesResource,
} from '@gitbeaker/rest';
import * as z from 'zod';
import { GitLabRefusedError } from '../../errors.ts';
import type { CiInputs } from '../../model/ci-inputs.ts';
import type { Noteable } from '../../model/noteable.ts';
import type { CiControl } from '../ports/ci-control.ts';
import type { Api } from '../transport/api.ts';
import { getJson } from '../transport/get-json.ts';
import { requestsOnly } from '../transport/gitbeaker-requester.ts';
import { nullIfGone } from '../transport/null-if-gone.ts';
import { pathByHand } from '../transport/path-by-hand.ts';
import { readPages } from '../transport/read-pages.ts';
import { askJson, type JsonRequest, sendJson } from '../transport/send-json.ts';
import { pipelineAnswer, pipelineOf } from './job-answers.ts';
import { createPipelineWithInputs } from './pipelines-with-inputs.ts';

const deployments = new Deployments(requestsOnly);
const jobs = new JobsResource(requestsOnly);
const mergeRequests = new MergeRequests(requestsOnly);
const pipelines = new PipelinesResource(requestsOnly);

const idAnswer = z.lazy(() => z.object({ id: z.number().int() }));
const deploymentAnswer = z.lazy(() =>
  z.object({
    id: z.number().int(),
    status: z.string(),
    sha: z.string(),
    ref: z.string().nullish(),
    updated_at: z.string().nullish(),
    approvals: z.array(z.object({ status: z.string() })).nullish(),
    deployable: z.object({ id: z.number().int(), finished_at: z.string().nullish() }).nullish(),
    environment: z.object({
      name: z.string(),
      tier: z.string().nullish(),
      external_url: z.string().nullish(),
    }),
  }),
);
const mergeRequestAnswer = z
  .object({ iid: z.number().int(), project_id: z.number().int() })
  .transform(({ iid, project_id: project }): Noteable => ({ kind: 'merge_request', project, iid }));

type Jobs = Pick<CiControl, 'retryJob' | 'playJob'>;
type Pipelines = Pick<
  CiControl,
  'cancelPipeline' | 'createMergeRequestPipeline' | 'createPipeline' | 'fetchMergeRequestPipelines'
>;

/** The request with inputs; null without any. */
function withInputs(inputs: CiInputs | undefined, path: string): JsonRequest | null {
  return inputs === undefined ? null : { method: 'POST', path, body: { job_inputs: inputs } };
}

/** Source: https://docs.gitlab.com/api/jobs/#retry-a-job */
function createJobs(api: Api): Jobs {
  return {
    async retryJob(project, job, inputs) {
      try {
        const path = pathByHand`/projects/${project}/jobs/${job}/retry`;
        return await askJson(withInputs(inputs, path) ?? jobs.retry(project, job), idAnswer, api);
      } catch (error) {
        // A job that runs, was run again already, or may not be run again.
        if (error instanceof GitLabRefusedError && error.status === 403) {
          api.log.warn(`job ${job} was not retried: ${error.message}`);
          return null;
        }
        throw error;
      }
    },
    async playJob(project, job, inputs) {
      const path = pathByHand`/projects/${project}/jobs/${job}/play`;
      await sendJson(withInputs(inputs, path) ?? jobs.play(project, job), api);
    },
  };
}

/** Sources: https://docs.gitlab.com/api/pipelines/, https://docs.gitlab.com/api/merge_requests/#create-merge-request-pipeline */
function createPipelines(api: Api): Pipelines {
  return {
    async cancelPipeline(project, pipeline) {
      await sendJson(pipelines.cancel(project, pipeline), api);
    },

    async createMergeRequestPipeline(project, iid) {
      return pipelineOf(
        await askJson(mergeRequests.createPipeline(project, iid), pipelineAnswer, api),
        project,
      );
    },

    async createPipeline(project, { ref, variables }) {
      const pairs = Object.entries(variables).map(([key, value]) => ({ key, value }));
      const request = pipelines.create(project, ref, pairs.length === 0 ? {} : { variables: pairs });
      return pipelineOf(await askJson(request, pipelineAnswer, api), project);
    },

    async fetchMergeRequestPipelines(project, iid) {
      const question = mergeRequests.allPipelines(project, iid, { perPage: 100 });
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
  const deployment = await nullIfGone(getJson(api, deployments.show(project, id), deploymentAnswer));
  if (deployment === null) return null;
  const question = deployments.allMergeRequests(project, id, { perPage: 100 });
  const deployed = await getJson(api, question, z.array(mergeRequestAnswer));
  const { status, sha, environment, approvals, deployable } = deployment;
  return {
    id,
    status,
    sha,
    environment: environment.name,
    tier: environment.tier ?? null,
    externalUrl: environment.external_url ?? null,
    mergeRequests: deployed,
    ref: deployment.ref ?? null,
    updatedAt: deployment.updated_at ?? null,
    ...(deployable ? { finishedAt: deployable.finished_at ?? null, job: deployable.id } : {}),
    approvals: (approvals ?? []).map((approval) => approval.status),
  };
}

const deployedAnswer = z.lazy(() =>
  z
    .object({ deployable: z.object({ id: z.number().int() }).nullish() })
    .transform(({ deployable }) => (deployable ? [deployable.id] : [])),
);

/** 2,000 deployments since a pipeline began. */
const maxDeploymentPages = 20;

/** Source: https://docs.gitlab.com/api/deployments/#list-all-project-deployments */
async function fetchDeployedJobs(
  api: Api,
  project: number,
  { environment, since }: Parameters<CiControl['fetchDeployedJobs']>[1],
): Promise<readonly number[]> {
  const list = deployments.all(project, {
    ...(environment === null ? {} : { environment }),
    updatedAfter: since,
    orderBy: 'updated_at',
    sort: 'asc',
  });
  const rows = await readPages({ list, row: deployedAnswer, maxPages: maxDeploymentPages }, api);
  return rows.flat();
}

/** The part of the port about what starts, stops and repeats. Branches and cherry-picks are in `backports.ts`. */
export function createCiControl(
  api: Api,
): Jobs & Pipelines & Pick<CiControl, 'createPipelineWithInputs' | 'fetchDeployment' | 'fetchDeployedJobs'> {
  return {
    createPipelineWithInputs: (of, inputs) => createPipelineWithInputs(api, of, inputs),
    ...createJobs(api),
    ...createPipelines(api),
    fetchDeployedJobs: (project, of) => fetchDeployedJobs(api, project, of),
    fetchDeployment: (project, id) => fetchDeployment(api, project, id),
  };
}
