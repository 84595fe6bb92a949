import * as z from 'zod';
import type { NoteHands } from '../ports/conversations.ts';
import type { Api } from '../transport/api.ts';
import { graphqlPath } from '../transport/follow-redirects.ts';
import { getJson } from '../transport/get-json.ts';

const userAnswer = z.lazy(() =>
  z
    .object({ id: z.string().regex(/^gid:\/\/gitlab\/User\/\d{1,15}$/), username: z.string() })
    .transform(({ id, username }) => ({ id: Number(id.slice(id.lastIndexOf('/') + 1)), username })),
);

const answer = z.lazy(() =>
  z.object({
    data: z
      .object({
        note: z
          .object({ body: z.string(), author: userAnswer.nullable(), lastEditedBy: userAnswer.nullable() })
          .nullable(),
      })
      .nullish(),
    errors: z.array(z.unknown()).nullish(),
  }),
);

/**
 * Only GraphQL says who edited a comment; a query may be a GET. Source: https://docs.gitlab.com/api/graphql/reference/#querynote and
 * `app/models/note.rb` of gitlabhq/gitlabhq: `lastEditedBy` is null as long as nobody changed the text.
 */
export async function fetchNoteHands(api: Api, noteId: number): Promise<NoteHands | null> {
  const user = '{id username}';
  const query = `{note(id:"gid://gitlab/Note/${noteId}"){body author${user} lastEditedBy${user}}}`;
  const { data, errors } = await getJson(api, { path: graphqlPath, query: { query } }, answer);
  const note = data?.note;
  if (!note?.author || (errors ?? []).length > 0) return null;
  return { body: note.body, authorId: note.author.id, editor: note.lastEditedBy };
}
