import { MergeRequests } from '@gitbeaker/rest';
import * as z from 'zod';
import type { DiffPart, Diffs } from '../ports/port.ts';
import type { Api } from '../transport/api.ts';
import { requestsOnly } from '../transport/gitbeaker-requester.ts';
import { nullIfGone } from '../transport/null-if-gone.ts';
import { fetchPages } from '../transport/pager.ts';
import { pathByHand } from '../transport/path-by-hand.ts';
import { send } from '../transport/send-json.ts';

const mergeRequests = new MergeRequests(requestsOnly);

const diffAnswer = z.object({
  old_path: z.string(),
  new_path: z.string(),
  new_file: z.boolean().nullish(),
  renamed_file: z.boolean().nullish(),
  deleted_file: z.boolean().nullish(),
  diff: z.string().nullish(),
  /** Omitted, since GitLab's page shows it only on request. */
  collapsed: z.boolean().nullish(),
  too_large: z.boolean().nullish(),
});

/** GitLab gives at most 3,000 files of a diff. */
const maxPages = 30;

/** The part of the port about what a merge request changes. Source: https://docs.gitlab.com/api/merge_requests/ */
export function createDiffs(api: Api): Diffs {
  return {
    async fetchRawDiff({ project, iid }, maxBytes) {
      const path = pathByHand`/projects/${project}/merge_requests/${iid}/raw_diffs`;
      // GitLab before 17.9 has no such address.
      const answer = await nullIfGone(send({ method: 'GET', path }, { ...api, maxBytes }));
      return answer?.body ?? null;
    },

    async *fetchDiffPages({ project, iid }) {
      const list = mergeRequests.allDiffs(project, iid);
      for await (const page of fetchPages({ list, row: diffAnswer, maxPages }, api)) {
        yield page.map(partOf);
      }
    },
  };
}

function partOf(answer: z.infer<typeof diffAnswer>): DiffPart {
  const patch = answer.diff ?? '';
  const leftOut = answer.collapsed === true || answer.too_large === true;
  return {
    oldPath: answer.old_path,
    newPath: answer.new_path,
    change:
      answer.new_file === true
        ? 'added'
        : answer.deleted_file === true
          ? 'deleted'
          : answer.renamed_file === true
            ? 'renamed'
            : 'modified',
    patch,
    complete: patch !== '' || !leftOut,
  };
}
