import { MergeRequests } from '@gitbeaker/rest';
import * as z from 'zod';
import { GitLabRefusedError } from '../../errors.ts';
import type { MergeRequestAddress } from '../../model/context.ts';
import type { DiffList, DiffPart, Diffs } from '../ports/port.ts';
import type { Api } from '../transport/api.ts';
import { getJson } from '../transport/get-json.ts';
import { requestsOnly } from '../transport/gitbeaker-requester.ts';
import { nullIfGone } from '../transport/null-if-gone.ts';
import { pathByHand } from '../transport/path-by-hand.ts';
import { readPages } from '../transport/read-pages.ts';
import { send } from '../transport/send-json.ts';

const mergeRequests = new MergeRequests(requestsOnly);

export const diffAnswer = z.lazy(() =>
  z.object({
    old_path: z.string(),
    new_path: z.string(),
    a_mode: z.string().nullish(),
    b_mode: z.string().nullish(),
    new_file: z.boolean().nullish(),
    renamed_file: z.boolean().nullish(),
    deleted_file: z.boolean().nullish(),
    diff: z.string().nullish(),
    /** Omitted, since GitLab's page shows it only when it is asked to. Since 18.4. */
    collapsed: z.boolean().nullish(),
    too_large: z.boolean().nullish(),
  }),
);

const changesAnswer = z.lazy(() =>
  z.object({ changes: z.array(diffAnswer), overflow: z.boolean().nullish() }),
);

/** Files that a diff has at most, by default and on an instance that allows as many as GitLab can. Source: https://docs.gitlab.com/administration/instance_limits/#diff-limits */
const usualFiles = 1_000;
const mostFiles = 3_000;
/** Whatever is asked for. Source: `lib/gitlab/diff/file_collection/paginated_merge_request_diff.rb` of GitLab */
const filesPerPage = 30;
const maxPages = mostFiles / filesPerPage + 1;

/** The part of the port about what a merge request changes. Source: https://docs.gitlab.com/api/merge_requests/ */
export function createDiffs(api: Api): Diffs {
  return {
    async fetchRawDiff({ project, iid }, maxBytes) {
      const path = pathByHand`/projects/${project}/merge_requests/${iid}/raw_diffs`;
      // GitLab before 17.9 has no such address.
      const answer = await nullIfGone(send({ method: 'GET', path }, { ...api, maxBytes }));
      return answer?.body ?? null;
    },

    async fetchDiffList(mergeRequest) {
      try {
        return await listedBy(mergeRequest, api);
      } catch (error) {
        // GitLab before 15.7 has no such address.
        if (!(error instanceof GitLabRefusedError) || error.status !== 404) throw error;
        return await listedBefore157(mergeRequest, api);
      }
    },
  };
}

async function listedBy({ project, iid }: MergeRequestAddress, api: Api): Promise<DiffList> {
  const list = mergeRequests.allDiffs(project, iid);
  const rows = await readPages({ list, row: diffAnswer, maxPages }, api);
  // A longer list may have been cut, and GitLab does not say so.
  return { parts: rows.map(diffPartOf), complete: rows.length < usualFiles };
}

async function listedBefore157({ project, iid }: MergeRequestAddress, api: Api): Promise<DiffList> {
  const question = mergeRequests.showChanges(project, iid, { accessRawDiffs: true });
  const { changes, overflow } = await getJson(api, question, changesAnswer);
  return { parts: changes.map(diffPartOf), complete: overflow !== true };
}

type DiffAnswer = z.infer<typeof diffAnswer>;

function changeOf({ new_file: isNew, deleted_file: isGone, renamed_file: isRenamed }: DiffAnswer) {
  if (isNew === true) return 'added';
  if (isGone === true) return 'deleted';
  return isRenamed === true ? 'renamed' : 'modified';
}

/** Before 18.4 GitLab does not say why there are no lines: another name or mode explains it, anything else does not. */
function hasAllLines(answer: DiffAnswer): boolean {
  const { diff, collapsed, too_large: isTooLarge, a_mode: before, b_mode: after } = answer;
  if ((diff ?? '') !== '') return true;
  if (typeof collapsed === 'boolean' || typeof isTooLarge === 'boolean')
    return collapsed !== true && isTooLarge !== true;
  const change = changeOf(answer);
  return change === 'renamed' || (change === 'modified' && before !== after);
}

/** One file of a diff. */
export function diffPartOf(answer: DiffAnswer): DiffPart {
  return {
    oldPath: answer.old_path,
    newPath: answer.new_path,
    change: changeOf(answer),
    patch: answer.diff ?? '',
    complete: hasAllLines(answer),
  };
}
