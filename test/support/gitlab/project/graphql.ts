import * as z from 'zod';
import { type EmbeddedAnswer, type EmbeddedRequest, ok } from '../../../../src/demo/http.ts';
import { refused } from '../../../../src/demo/refusals.ts';
import type { EmbeddedUser } from '../../../../src/demo/state.ts';
import { isFromVersion } from '../../../../src/model/gitlab-version.ts';
import { pipelineOfMergeRequest } from '../ci/start-and-stop.ts';
import { upstreamOf } from '../ci/trigger-jobs.ts';
import { refusals } from '../refusals.ts';
import { accessLevelOf, developer } from '../roles.ts';
import { type Route, route } from '../route.ts';
import type { EmbeddedState } from '../state/state.ts';
import { answerAboutProject } from './graphql-project.ts';

function userOf({ id, username }: EmbeddedUser): object {
  return { id: `gid://gitlab/User/${id}`, username };
}

/** What GraphQL says of a note; null when there is none of that id. */
function noteOf(noteId: string, { mergeRequests, issues, commits }: EmbeddedState): object | null {
  const note = [...mergeRequests, ...issues, ...commits]
    .flatMap(({ notes }) => notes ?? [])
    .find(({ id }) => String(id) === noteId);
  if (note === undefined) return null;
  const { body, author, last_edited_by: editor } = note;
  return { body, author: userOf(author), lastEditedBy: editor === undefined ? null : userOf(editor) };
}

const pipelineInput = z.object({
  variables: z.object({
    input: z.object({
      projectPath: z.string(),
      mergeRequestIid: z.string(),
      inputs: z.array(z.object({ name: z.string(), value: z.unknown() })),
    }),
  }),
});

/** Source: https://docs.gitlab.com/api/graphql/reference/#mutationpipelinecreate */
function createPipeline({ body, user }: EmbeddedRequest, state: EmbeddedState): EmbeddedAnswer {
  if (!isFromVersion(state.version, 18, 11)) return refused(refusals.noInputsOfMergeRequests);
  const { projectPath, mergeRequestIid, inputs } = pipelineInput.parse(body).variables.input;
  const project = state.projects.find(({ path_with_namespace: path }) => path === projectPath);
  if (project === undefined) return refused(refusals.noProject);
  if (accessLevelOf(user?.id ?? 0, project.id, state) < developer) return refused(refusals.roleTooLow);
  const declared = state.ci.declaredInputs.get(0) ?? [];
  const wrong = inputs.find(({ name }) => !declared.includes(name));
  if (wrong !== undefined) return refused(refusals.undeclaredPipelineInput, wrong.name);
  const mr = state.mergeRequests.find(
    ({ project_id: at, iid }) => at === project.id && String(iid) === mergeRequestIid,
  );
  if (mr === undefined) return refused(refusals.noMergeRequest);
  const started = pipelineOfMergeRequest(mr, state);
  const given = Object.fromEntries(inputs.map(({ name, value }) => [name, value]));
  state.ci.givenInputs.set(started.id, given);
  const id = `gid://gitlab/Ci::Pipeline/${started.id}`;
  return ok({ data: { pipelineCreate: { pipeline: { id }, errors: [] } } });
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

/** Source: https://docs.gitlab.com/api/graphql/reference/#mutationcatalogresourcescreate */
function createCatalogResource({ body, user }: EmbeddedRequest, state: EmbeddedState): EmbeddedAnswer {
  const { projectPath } = catalogInput.parse(body).variables.input;
  const project = state.projects.find(({ path_with_namespace: path }) => path === projectPath);
  const mayDo = state.ci.groupOwners === null || state.ci.groupOwners.has(user?.id ?? 0);
  if (project === undefined || !mayDo) return refused(refusals.catalogNotPermitted);
  project.is_catalog_resource = true;
  return ok({ data: { catalogResourcesCreate: { errors: [] } } });
}

const catalogInput = z.object({ variables: z.object({ input: z.object({ projectPath: z.string() }) }) });

const catalogQuery = /^\{project\(fullPath:"([^"]+)"\)\{isCatalogResource\}\}$/;

function catalogState(path: string, state: EmbeddedState): EmbeddedAnswer {
  if (!isFromVersion(state.version, 17, 0)) return refused(refusals.noCatalog);
  const project = state.projects.find(({ path_with_namespace: of }) => of === path);
  const isCatalogResource = project?.is_catalog_resource ?? false;
  return ok({ data: { project: project === undefined ? null : { isCatalogResource } } });
}

const pipelineQuery =
  /^\{project\(fullPath:"[^"]+"\)\{pipeline\(id:"gid:\/\/gitlab\/Ci::Pipeline\/(\d+)"\)\{upstream\{/;

/** The questions of Herald's that REST does not answer. Source: https://docs.gitlab.com/api/graphql/reference/#querynote */
export const graphqlRoutes: readonly Route[] = [
  route('POST', /^\/graphql$/, (request, _parts, state) =>
    request.token?.kind === 'job'
      ? refused(refusals.jobTokenAsksGraphql)
      : String(request.body['query']).includes('catalogResourcesCreate')
        ? createCatalogResource(request, state)
        : createPipeline(request, state),
  ),
  route('GET', /^\/graphql$/, (request, _parts, state) => {
    const { query, token } = request;
    if (token?.kind === 'job') return refused(refusals.jobTokenAsksGraphql);
    const [, pipelineId] = pipelineQuery.exec(query.get('query') ?? '') ?? [];
    if (pipelineId !== undefined)
      return ok({ data: { project: { pipeline: { upstream: upstreamJson(pipelineId, state) } } } });
    const [, catalogPath] = catalogQuery.exec(query.get('query') ?? '') ?? [];
    if (catalogPath !== undefined) return catalogState(catalogPath, state);
    if (/^\{(?:currentUser\{|project\(fullPath:"[^"]+"\)\{)/.test(query.get('query') ?? ''))
      return answerAboutProject(request, state);
    const [, noteId] = /^\{note\(id:"gid:\/\/gitlab\/Note\/(\d+)"\)/.exec(query.get('query') ?? '') ?? [];
    return noteId === undefined
      ? ok({ errors: [{ message: 'The embedded GitLab knows no such query' }] })
      : ok({ data: { note: noteOf(noteId, state) } });
  }),
];
