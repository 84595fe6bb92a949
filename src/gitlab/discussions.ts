import * as z from 'zod';
import type { MergeRequestAddress } from '../model/context.ts';
import type { ReviewThread, ThreadPlace } from '../model/inline-comment.ts';
import { type Api, projectPath } from './api.ts';
import { createOnce } from './create-once.ts';
import { positionBody } from './diff-position.ts';
import { jsonRequest } from './json-request.ts';
import { fetchPages } from './pager.ts';
import type { Users } from './port.ts';
import type { Reviews } from './ports/reviews.ts';

const positionAnswer = z.object({
  head_sha: z.string(),
  new_path: z.string().nullish(),
  new_line: z.number().int().nullish(),
});

const noteAnswer = z.object({
  id: z.number().int(),
  body: z.string(),
  author: z.object({ id: z.number().int() }),
  system: z.boolean().nullish(),
  resolvable: z.boolean().nullish(),
  resolved: z.boolean().nullish(),
  resolved_by: z.object({ id: z.number().int() }).nullish(),
  position: positionAnswer.nullish(),
});

const discussionAnswer = z.object({ id: z.string(), notes: z.array(noteAnswer) });

/** As for notes: GitLab allows 5,000 comments, and system notes on top. */
const maxPages = 100;

function discussionsPath({ project, iid }: MergeRequestAddress): string {
  return `${projectPath(project)}/merge_requests/${iid}/discussions`;
}

function placeOf(position: z.infer<typeof positionAnswer> | null | undefined): ThreadPlace | null {
  if (!position?.new_path) return null;
  return { headSha: position.head_sha, path: position.new_path, line: position.new_line ?? null };
}

/** A thread is resolved when all of its notes that can be are. */
function threadOf({ id, notes }: z.infer<typeof discussionAnswer>): readonly ReviewThread[] {
  const [first, ...others] = notes;
  if (first === undefined || first.system === true) return [];
  const resolvable = notes.filter((note) => note.resolvable === true);
  return [
    {
      id,
      noteId: first.id,
      authorId: first.author.id,
      body: first.body,
      place: placeOf(first.position),
      replies: others.filter(({ system }) => system !== true).map(({ author }) => author.id),
      resolvable: resolvable.length > 0,
      resolved: resolvable.length > 0 && resolvable.every(({ resolved }) => resolved === true),
      resolvedById: first.resolved_by?.id ?? null,
    },
  ];
}

/** The part of the port about threads on a diff. Source: https://docs.gitlab.com/api/discussions/#merge-requests */
export function createDiscussions(
  api: Api,
  users: Users,
): Pick<Reviews, 'fetchReviewThreadPages' | 'startDiffThread' | 'setReviewThreadResolved'> {
  async function* pages(mergeRequest: MergeRequestAddress): AsyncGenerator<readonly ReviewThread[]> {
    const request = { path: discussionsPath(mergeRequest), query: {}, row: discussionAnswer, maxPages };
    for await (const page of fetchPages(request, api)) yield page.flatMap(threadOf);
  }

  /** The thread may be there although the answer was lost; it stands on the last page, and there is no order to ask for. */
  async function findLanded(mergeRequest: MergeRequestAddress, body: string): Promise<true | null> {
    const { id } = await users.fetchCurrentUser();
    for await (const page of pages(mergeRequest))
      if (page.some((thread) => thread.authorId === id && thread.body.trim() === body.trim())) return true;
    return null;
  }

  return {
    fetchReviewThreadPages: pages,

    // Not through gitbeaker, which sends positions as a form, and leaves the ends of a range out.
    async startDiffThread(mergeRequest, comment) {
      const { body } = comment;
      const request = { method: 'POST', path: discussionsPath(mergeRequest) };
      const create = async (): Promise<true> => {
        await api.call(jsonRequest(api, request, { body, position: positionBody(comment) }));
        return true;
      };
      await createOnce({ create, findLanded: () => findLanded(mergeRequest, body) }, api.clock);
    },

    async setReviewThreadResolved(mergeRequest, threadId, resolved) {
      const path = `${discussionsPath(mergeRequest)}/${encodeURIComponent(threadId)}`;
      await api.call(jsonRequest(api, { method: 'PUT', path }, { resolved }));
    },
  };
}
