import { MergeRequests } from '@gitbeaker/rest';
import * as z from 'zod';
import type { Reviews } from '../ports/reviews.ts';
import type { Api } from '../transport/api.ts';
import { getJson } from '../transport/get-json.ts';
import { requestsOnly, untyped } from '../transport/gitbeaker-requester.ts';
import { createDraftNotes } from './draft-notes.ts';

const mergeRequests = new MergeRequests(requestsOnly);

const versionsAnswer = z.lazy(() =>
  z.array(
    z.object({
      base_commit_sha: z.string().nullish(),
      start_commit_sha: z.string().nullish(),
      head_commit_sha: z.string().nullish(),
    }),
  ),
);

/** Source: https://docs.gitlab.com/api/merge_requests/#get-merge-request-diff-versions */
function createVersions(api: Api): Pick<Reviews, 'fetchDiffVersion'> {
  return {
    async fetchDiffVersion({ project, iid }) {
      // The newest comes first.
      const [newest] = await getJson(
        api,
        mergeRequests.allDiffVersions(project, iid, untyped({ per_page: 1 })),
        versionsAnswer,
      );
      const { base_commit_sha: baseSha, start_commit_sha: startSha, head_commit_sha: headSha } = newest ?? {};
      return baseSha && startSha && headSha ? { baseSha, startSha, headSha } : null;
    },
  };
}

/** The part of the port about comments on a diff. */
export function createReviews(api: Api): Reviews {
  return { ...createVersions(api), ...createDraftNotes(api) };
}
