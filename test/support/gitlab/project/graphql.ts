import { ok } from '../../../../src/demo/http.ts';
import { refused } from '../../../../src/demo/refusals.ts';
import type { EmbeddedUser } from '../../../../src/demo/state.ts';
import { upstreamOf } from '../ci/trigger-jobs.ts';
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

/** The pipelines that one comes from, as nested as they are asked for; null for none. */
function upstreamJson(pipelineId: string, state: EmbeddedState): object | null {
  const pipeline = state.pipelines.find(({ id }) => String(id) === pipelineId);
  const upstream = pipeline === undefined ? null : upstreamOf(pipeline, state);
  if (upstream === null) return null;
  return {
    id: `gid://gitlab/Ci::Pipeline/${upstream.id}`,
    project: { id: `gid://gitlab/Project/${upstream.project_id}` },
    upstream: upstreamJson(String(upstream.id), state),
  };
}

const pipelineQuery =
  /^\{project\(fullPath:"[^"]+"\)\{pipeline\(id:"gid:\/\/gitlab\/Ci::Pipeline\/(\d+)"\)\{upstream\{/;

/** The questions of Herald's that REST does not answer. Source: https://docs.gitlab.com/api/graphql/reference/#querynote */
export const graphqlRoutes: readonly Route[] = [
  route('GET', /^\/graphql$/, ({ query, token }, _parts, state) => {
    if (token?.kind === 'job') return refused(refusals.jobTokenAsksGraphql);
    const [, pipelineId] = pipelineQuery.exec(query.get('query') ?? '') ?? [];
    if (pipelineId !== undefined)
      return ok({ data: { project: { pipeline: { upstream: upstreamJson(pipelineId, state) } } } });
    const [, noteId] = /^\{note\(id:"gid:\/\/gitlab\/Note\/(\d+)"\)/.exec(query.get('query') ?? '') ?? [];
    return noteId === undefined
      ? ok({ errors: [{ message: 'The embedded GitLab knows no such query' }] })
      : ok({ data: { note: noteOf(noteId, state) } });
  }),
];
