import { Commits as CommitsResource, Repositories } from '@gitbeaker/rest';
import * as z from 'zod';
import type { Commits } from '../ports/port.ts';
import type { Api } from '../transport/api.ts';
import { getJson } from '../transport/get-json.ts';
import { requestsOnly, untyped } from '../transport/gitbeaker-requester.ts';
import { nullIfGone } from '../transport/null-if-gone.ts';
import { commitFactsAnswer } from './commit-answers.ts';
import { diffAnswer, diffPartOf } from './diffs.ts';

const commits = new CommitsResource(requestsOnly);
const repositories = new Repositories(requestsOnly);

const commitAnswer = z.lazy(() => z.object({ id: z.string(), parent_ids: z.array(z.string()).nullish() }));

const statusAnswer = z.lazy(() =>
  z.object({
    id: z.number().int(),
    status: z.string(),
    pipeline_id: z.number().int().nullish(),
  }),
);

/** Source: https://docs.gitlab.com/api/repositories/#compare-branches-tags-or-commits */
const rangeAnswer = z.lazy(() =>
  z.object({
    commits: z.array(commitFactsAnswer).nullish(),
    diffs: z.array(diffAnswer).nullish(),
    compare_timeout: z.boolean().nullish(),
  }),
);

/** The part of the port about commits. Source: https://docs.gitlab.com/api/commits/ */
export function createCommits(api: Api): Commits {
  return {
    async fetchRange(projectId, { from, to }) {
      const answer = await nullIfGone(getJson(api, repositories.compare(projectId, from, to), rangeAnswer));
      if (answer === null) return null;
      const parts = (answer.diffs ?? []).map(diffPartOf);
      return { commits: answer.commits ?? [], diff: { parts, complete: answer.compare_timeout !== true } };
    },

    async fetchAncestors(projectId, sha) {
      const newest = commits.all(projectId, { refName: sha, perPage: 100 });
      return (await getJson(api, newest, z.array(commitAnswer))).map(({ id, parent_ids: parents }) => ({
        sha: id,
        parents: parents ?? [],
      }));
    },

    // GitLab counts jobs among the statuses of a commit, under the job's id.
    async fetchJobsOfCommit(projectId, { sha, ref, jobName }) {
      const page = { ref, name: jobName, all: true, ...untyped({ per_page: 100 }) };
      const question = commits.allStatuses(projectId, sha, page);
      return (await getJson(api, question, z.array(statusAnswer)))
        .map(({ id, status, pipeline_id: pipelineId }) => ({ id, status, pipelineId: pipelineId ?? null }))
        .sort((a, b) => b.id - a.id);
    },
  };
}
