import * as z from 'zod';
import type { Reviews } from '../ports/reviews.ts';
import { type Api, projectPath } from '../transport/api.ts';
import { fitAnswer, readJson } from '../transport/json-answer.ts';

const versionsAnswer = z.array(
  z.object({
    base_commit_sha: z.string().nullish(),
    start_commit_sha: z.string().nullish(),
    head_commit_sha: z.string().nullish(),
  }),
);

/** The part of the port about versions of a diff. Source: https://docs.gitlab.com/api/merge_requests/#get-merge-request-diff-versions */
export function createMergeRequestVersions(api: Api): Pick<Reviews, 'fetchDiffVersion'> {
  return {
    async fetchDiffVersion({ project, iid }) {
      const path = `${projectPath(project)}/merge_requests/${iid}/versions`;
      // The newest comes first.
      const request = { method: 'GET', path, query: 'per_page=1', body: null, maxBytes: api.maxBytes };
      const [newest] = fitAnswer(versionsAnswer, readJson(request, await api.call(request)), request);
      const { base_commit_sha: baseSha, start_commit_sha: startSha, head_commit_sha: headSha } = newest ?? {};
      return baseSha && startSha && headSha ? { baseSha, startSha, headSha } : null;
    },
  };
}
