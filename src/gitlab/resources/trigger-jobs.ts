import { Jobs } from '@gitbeaker/rest';
import * as z from 'zod';
import { GitLabRefusedError, HeraldError } from '../../errors.ts';
import type { Api } from '../transport/api.ts';
import { getJson } from '../transport/get-json.ts';
import { requestsOnly } from '../transport/gitbeaker-requester.ts';
import { pathByHand } from '../transport/path-by-hand.ts';
import { readPages } from '../transport/read-pages.ts';
import { jobAnswer, pipelineAnswer } from './job-answers.ts';

const jobsOfGitLab = new Jobs(requestsOnly);

/** A missing pipeline is an empty one: none was started yet. */
const triggerJobAnswer = z.lazy(() =>
  jobAnswer.extend({
    downstream_pipeline: pipelineAnswer.nullish().transform((downstream) => downstream ?? null),
  }),
);

export type TriggerJobAnswer = z.infer<typeof triggerJobAnswer>;

/** More than any pipeline may start: https://docs.gitlab.com/ci/pipelines/downstream_pipelines/ */
const maxPages = 10;
const perPage = 100;

const names = ['bridges', 'trigger_jobs'] as const;
type RouteName = (typeof names)[number];

type List = (api: Api, projectId: number, pipelineId: number) => Promise<readonly TriggerJobAnswer[]>;

const listOf: Readonly<Record<RouteName, List>> = {
  bridges(api, projectId, pipelineId) {
    const list = jobsOfGitLab.allPipelineBridges(projectId, pipelineId);
    return readPages({ list, row: triggerJobAnswer, maxPages }, api);
  },

  async trigger_jobs(api, projectId, pipelineId) {
    const path = pathByHand`/projects/${projectId}/pipelines/${pipelineId}/trigger_jobs`;
    const answers: TriggerJobAnswer[] = [];
    for (let page = 1; page <= maxPages; page += 1) {
      const query = { per_page: String(perPage), page: String(page) };
      const rows = await getJson(api, { path, query }, z.array(triggerJobAnswer));
      answers.push(...rows);
      if (rows.length < perPage) break;
    }
    return answers;
  },
};

export interface TriggerJobs {
  /** The last attempts of the trigger jobs of a pipeline, or why they could not be had. */
  attempt(
    projectId: number,
    pipelineId: number,
  ): Promise<{ readonly answers: readonly TriggerJobAnswer[]; readonly error: HeraldError | null }>;
}

/** True from 19.2 on, where the new name came and the old one is deprecated. */
function knowsNewName(version: string | undefined): boolean {
  const [, major = '0', minor = '0'] = /^(\d{1,4})\.(\d{1,4})/.exec(version ?? '') ?? [];
  return Number(major) > 19 || (Number(major) === 19 && Number(minor) >= 2);
}

/**
 * Trigger jobs under the name that this GitLab knows: `bridges`, or since 19.2 `trigger_jobs`. Without a version the
 * old name is asked for first; where GitLab does not know a name, the other one is tried, once, and what works is
 * remembered. Source: https://docs.gitlab.com/api/jobs/#list-all-trigger-jobs-for-a-pipeline
 */
export function createTriggerJobs(api: Api, version: string | undefined): TriggerJobs {
  let name: RouteName = knowsNewName(version) ? 'trigger_jobs' : 'bridges';
  let isSure = false;
  const ask = async (
    route: RouteName,
    projectId: number,
    pipelineId: number,
  ): Promise<readonly TriggerJobAnswer[]> => {
    const answers = await listOf[route](api, projectId, pipelineId);
    [name, isSure] = [route, true];
    return answers;
  };
  const askEither: typeof ask = async (route, projectId, pipelineId) => {
    try {
      return await ask(route, projectId, pipelineId);
    } catch (error) {
      const isUnknown = error instanceof GitLabRefusedError && error.status === 404;
      const other = names.find((one) => one !== route);
      if (isSure || !isUnknown || other === undefined) throw error;
      isSure = true;
      return ask(other, projectId, pipelineId);
    }
  };
  return {
    async attempt(projectId, pipelineId) {
      try {
        return { answers: await askEither(name, projectId, pipelineId), error: null };
      } catch (error) {
        if (!(error instanceof HeraldError)) throw error;
        api.log.info(`the trigger jobs of pipeline ${pipelineId}: ${error.message}`);
        return { answers: [], error };
      }
    },
  };
}
