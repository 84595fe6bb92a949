import { MergeRequestDraftNotes } from '@gitbeaker/rest';
import * as z from 'zod';
import { GitLabRefusedError } from '../../errors.ts';
import type { MergeRequestAddress } from '../../model/context.ts';
import type { DraftNote } from '../../model/inline-comment.ts';
import type { Reviews } from '../ports/reviews.ts';
import type { Api } from '../transport/api.ts';
import { createOnce } from '../transport/create-once.ts';
import { getJson } from '../transport/get-json.ts';
import { requestsOnly, untyped } from '../transport/gitbeaker-requester.ts';
import { nullIfGone } from '../transport/null-if-gone.ts';
import { pathByHand } from '../transport/path-by-hand.ts';
import { send } from '../transport/send-json.ts';
import { positionBody } from './diff-position.ts';

const drafts = new MergeRequestDraftNotes(requestsOnly);

const draftsAnswer = z.lazy(() =>
  z.array(
    z
      .object({
        id: z.number().int(),
        note: z.string(),
        position: z.object({ head_sha: z.string().nullish() }).nullish(),
      })
      .transform(
        ({ id, note, position }): DraftNote => ({ id, body: note, headSha: position?.head_sha ?? null }),
      ),
  ),
);

/** GitLab before 15.9 has no drafts in its API, and 403 says that they are not for this token. */
function isMissing(error: unknown): boolean {
  return error instanceof GitLabRefusedError && (error.status === 404 || error.status === 403);
}

async function listDrafts({ project, iid }: MergeRequestAddress, api: Api): Promise<readonly DraftNote[]> {
  // The list has no pages.
  return getJson(api, drafts.all(project, iid), draftsAnswer);
}

/** The part of the port about drafts of a review. Source: https://docs.gitlab.com/api/draft_notes/ */
export function createDraftNotes(
  api: Api,
): Pick<Reviews, 'fetchDraftNotes' | 'createDraftNote' | 'deleteDraftNote' | 'publishDraftNotes'> {
  const list = (mergeRequest: MergeRequestAddress): Promise<readonly DraftNote[]> =>
    listDrafts(mergeRequest, api);

  return {
    async fetchDraftNotes(mergeRequest) {
      try {
        return await list(mergeRequest);
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    },

    async createDraftNote(mergeRequest, comment) {
      const { body: note } = comment;
      const { project, iid } = mergeRequest;
      const position = positionBody(comment);
      const create = async (): Promise<true> => {
        await send(drafts.create(project, iid, note, untyped({ position })), api);
        return true;
      };
      const findLanded = async (): Promise<true | null> =>
        (await list(mergeRequest)).some((draft) => draft.body.trim() === note.trim()) || null;
      await createOnce({ create, findLanded }, api.clock);
    },

    async deleteDraftNote(mergeRequest, draftId) {
      const { project, iid } = mergeRequest;
      await nullIfGone(send(drafts.remove(project, iid, draftId), api));
    },

    async publishDraftNotes(mergeRequest, note) {
      const path = pathByHand`/projects/${mergeRequest.project}/merge_requests/${mergeRequest.iid}/draft_notes/bulk_publish`;
      const create = async (): Promise<true> => {
        const body = note === undefined ? {} : { body: { note, reviewer_state: 'requested_changes' } };
        await send({ method: 'POST', path, ...body }, api);
        return true;
      };
      const findLanded = async (): Promise<true | null> => (await list(mergeRequest)).length === 0 || null;
      await createOnce({ create, findLanded }, api.clock);
    },
  };
}
