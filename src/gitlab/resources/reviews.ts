import * as z from 'zod';
import type { Reviews } from '../ports/reviews.ts';
import { type Api, projectPath } from '../transport/api.ts';
import { getJson } from '../transport/get-json.ts';
import { createDraftNotes } from './draft-notes.ts';

const versionsAnswer = z.array(
  z.object({
    base_commit_sha: z.string().nullish(),
    start_commit_sha: z.string().nullish(),
    head_commit_sha: z.string().nullish(),
  }),
);

/** Source: https://docs.gitlab.com/api/merge_requests/#get-merge-request-diff-versions */
function createVersions(api: Api): Pick<Reviews, 'fetchDiffVersion'> {
  return {
    async fetchDiffVersion({ project, iid }) {
      const path = `${projectPath(project)}/merge_requests/${iid}/versions`;
      // The newest comes first.
      const [newest] = await getJson(api, { path, query: { per_page: '1' } }, versionsAnswer);
      const { base_commit_sha: baseSha, start_commit_sha: startSha, head_commit_sha: headSha } = newest ?? {};
      return baseSha && startSha && headSha ? { baseSha, startSha, headSha } : null;
    },
  };
}

/** The part of the port about comments on a diff. */
export function createReviews(api: Api): Reviews {
  return { ...createVersions(api), ...createDraftNotes(api) };
}
