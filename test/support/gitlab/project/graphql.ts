import { ok } from '../../../../src/demo/http.ts';
import { refused } from '../../../../src/demo/refusals.ts';
import type { EmbeddedUser } from '../../../../src/demo/state.ts';
import { refusals } from '../refusals.ts';
import { type Route, route } from '../route.ts';
import type { EmbeddedState } from '../state/state.ts';

function userOf({ id, username }: EmbeddedUser): object {
  return { id: `gid://gitlab/User/${id}`, username };
}

/** What GraphQL says of a note; null when there is none of that id. */
function noteOf(noteId: string, { mergeRequests, issues }: EmbeddedState): object | null {
  const note = [...mergeRequests, ...issues]
    .flatMap(({ notes }) => notes)
    .find(({ id }) => String(id) === noteId);
  if (note === undefined) return null;
  const { body, author, last_edited_by: editor } = note;
  return { body, author: userOf(author), lastEditedBy: editor === undefined ? null : userOf(editor) };
}

/** The one question of Herald's that REST does not answer. Source: https://docs.gitlab.com/api/graphql/reference/#querynote */
export const graphqlRoutes: readonly Route[] = [
  route('GET', /^\/graphql$/, ({ query, token }, _parts, state) => {
    if (token?.kind === 'job') return refused(refusals.jobTokenAsksGraphql);
    const [, noteId] = /^\{note\(id:"gid:\/\/gitlab\/Note\/(\d+)"\)/.exec(query.get('query') ?? '') ?? [];
    return noteId === undefined
      ? ok({ errors: [{ message: 'The embedded GitLab knows no such query' }] })
      : ok({ data: { note: noteOf(noteId, state) } });
  }),
];
