import { MergeRequestNotes, MergeRequests } from '@gitbeaker/rest';
import * as z from 'zod';
import type { MergeRequestEvent } from '../../../model/project-history.ts';
import type { CommitOfMergeRequest, History } from '../../ports/history.ts';
import type { Api } from '../../transport/api.ts';
import { requestsOnly } from '../../transport/gitbeaker-requester.ts';
import { walkPages } from '../../transport/pager.ts';
import { actorAnswer } from './actor.ts';
import { instant, instantOrNull } from './instant.ts';
import { maxPages } from './max-pages.ts';
import { fetchMergeRequestBatch } from './merge-request-batch.ts';
import { kindOfNote } from './note-event.ts';
import { withoutNull } from './without-null.ts';

const mergeRequests = new MergeRequests(requestsOnly);
const notes = new MergeRequestNotes(requestsOnly);

const noteRow = z
  .object({
    body: z.string().nullish(),
    system: z.boolean().nullish(),
    created_at: instant,
    author: actorAnswer,
  })
  .transform(({ body, system, created_at: at, author: by }): MergeRequestEvent | null => {
    const kind = kindOfNote({ system: system ?? false, body: body ?? '' });
    return kind === null ? null : { kind, at, by };
  });

const commitRow = z
  .object({ id: z.string(), authored_date: instantOrNull, created_at: instantOrNull })
  .transform(({ id, authored_date: authored, created_at: created }, context): CommitOfMergeRequest => {
    const authoredAt = authored ?? created;
    if (authoredAt !== null) return { sha: id, authoredAt };
    context.addIssue({ code: 'custom', path: ['authored_date'], message: 'not a time' });
    return z.NEVER;
  });

/** Sources: https://docs.gitlab.com/api/notes/, https://docs.gitlab.com/api/merge_requests/#retrieve-merge-request-commits */
export function createMergeRequestDetails(
  api: Api,
): Pick<History, 'fetchMergeRequestEventPages' | 'fetchMergeRequestCommitPages' | 'fetchMergeRequestBatch'> {
  return {
    fetchMergeRequestEventPages(of, iid) {
      const list = notes.all(of.id, iid, { orderBy: 'created_at', sort: 'asc' });
      return withoutNull(walkPages({ list, row: noteRow, maxPages }, api));
    },

    fetchMergeRequestBatch(of, iids) {
      return fetchMergeRequestBatch(api, of, iids);
    },

    fetchMergeRequestCommitPages(of, iid) {
      const list = mergeRequests.allCommits(of.id, iid);
      return walkPages({ list, row: commitRow, maxPages }, api);
    },
  };
}
