import * as z from 'zod';
import type { Commits } from '../ports/port.ts';
import { type Api, projectPath } from '../transport/api.ts';
import { getJson } from '../transport/get-json.ts';

const commitAnswer = z.object({ id: z.string(), parent_ids: z.array(z.string()).nullish() });

const statusAnswer = z.object({
  id: z.number().int(),
  status: z.string(),
  pipeline_id: z.number().int().nullish(),
});

/** The part of the port about commits. Source: https://docs.gitlab.com/api/commits/ */
export function createCommits(api: Api): Commits {
  const fetchRows = <T>(
    path: string,
    query: Readonly<Record<string, string>>,
    row: z.ZodType<T>,
  ): Promise<readonly T[]> => {
    return getJson(api, { path, query: { ...query, per_page: '100' } }, z.array(row));
  };
  return {
    async fetchAncestors(projectId, sha) {
      const path = `${projectPath(projectId)}/repository/commits`;
      const commits = await fetchRows(path, { ref_name: sha }, commitAnswer);
      return commits.map(({ id, parent_ids: parents }) => ({ sha: id, parents: parents ?? [] }));
    },

    // GitLab counts jobs among the statuses of a commit, under the job's id.
    async fetchJobsOfCommit(projectId, { sha, ref, jobName }) {
      const path = `${projectPath(projectId)}/repository/commits/${encodeURIComponent(sha)}/statuses`;
      const statuses = await fetchRows(path, { ref, name: jobName, all: 'true' }, statusAnswer);
      return statuses
        .map(({ id, status, pipeline_id: pipelineId }) => ({ id, status, pipelineId: pipelineId ?? null }))
        .sort((a, b) => b.id - a.id);
    },
  };
}
