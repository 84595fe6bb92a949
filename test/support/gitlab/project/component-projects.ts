import { createHash } from 'node:crypto';
import * as z from 'zod';
import { projectOf } from '../../../../src/demo/find-pipelines.ts';
import { type EmbeddedAnswer, type EmbeddedRequest, page } from '../../../../src/demo/http.ts';
import { refused } from '../../../../src/demo/refusals.ts';
import { refusals } from '../refusals.ts';
import { allowed, developer, maintainer } from '../roles.ts';
import { type Route, route } from '../route.ts';
import type { EmbeddedFile } from '../state/repository.ts';
import type { EmbeddedState } from '../state/state.ts';
import { projectJson } from './project-json.ts';

const newProject = z.object({
  name: z.string(),
  path: z.string(),
  namespace_id: z.number(),
  visibility: z.string(),
  description: z.string(),
  ci_config_path: z.string(),
});

/** Source: https://docs.gitlab.com/api/projects/#create-a-project */
function createProject({ body, user }: EmbeddedRequest, state: EmbeddedState): EmbeddedAnswer {
  if (user === null) return refused(refusals.jobToken);
  const { path, namespace_id: groupId, visibility, description, ci_config_path } = newProject.parse(body);
  const group = state.ci.groups.find(({ id }) => id === groupId);
  if (group === undefined) return refused(refusals.noGroup);
  const whole = `${group.full_path}/${path}`;
  if (projectOf(whole, state) !== null) return refused(refusals.projectPathTaken);
  const project = {
    id: state.nextId++,
    path_with_namespace: whole,
    default_branch: 'main',
    visibility,
    description,
    ci_config_path,
  };
  state.projects.push(project);
  return { status: 201, body: projectJson(project) };
}

/** git's own rule, written from its documentation: https://git-scm.com/docs/git-hash-object */
function blobId(content: string | Uint8Array): string {
  const bytes = Buffer.from(content);
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

function filesAt(ref: string | null, projectId: number, { files, branches }: EmbeddedState): EmbeddedFile[] {
  const branch = branches.find(({ project_id: of, sha }) => of === projectId && sha === ref)?.name ?? ref;
  return files.filter(({ project_id: of, ref: at }) => of === projectId && at === branch);
}

/** Source: https://docs.gitlab.com/api/repositories/#list-repository-tree */
function listTree(request: EmbeddedRequest, projectId: number, state: EmbeddedState): EmbeddedAnswer {
  const files = filesAt(request.query.get('ref'), projectId, state);
  if (files.length === 0) return refused(refusals.noTree);
  const folders = new Set(
    files.flatMap(({ path }) =>
      path
        .split('/')
        .slice(0, -1)
        .map((_, at, parts) => parts.slice(0, at + 1).join('/')),
    ),
  );
  const rows = [
    ...[...folders].map((path) => ({
      id: blobId(path),
      name: path.split('/').at(-1),
      path,
      type: 'tree',
      mode: '040000',
    })),
    ...files.map(({ path, content }) => ({
      id: blobId(content),
      name: path.split('/').at(-1),
      path,
      type: 'blob',
      mode: '100644',
    })),
  ];
  return page(rows, request);
}

const commitBody = z.object({
  branch: z.string(),
  commit_message: z.string(),
  actions: z.array(
    z.object({
      action: z.enum(['create', 'update', 'delete']),
      file_path: z.string(),
      content: z.string().optional(),
      encoding: z.enum(['text', 'base64']).optional(),
    }),
  ),
});

/** All or nothing, as a commit is. Source: https://docs.gitlab.com/api/commits/#create-a-commit-with-multiple-files-and-actions */
function createCommit(request: EmbeddedRequest, projectId: number, state: EmbeddedState): EmbeddedAnswer {
  const { branch, commit_message: message, actions } = commitBody.parse(request.body);
  const there = new Set(filesAt(branch, projectId, state).map(({ path }) => path));
  for (const { action, file_path: path } of actions) {
    if (action === 'create' && there.has(path)) return refused(refusals.fileThere);
    if (action !== 'create' && !there.has(path)) return refused(refusals.fileNotThere);
  }
  for (const { action, file_path: path, content = '', encoding = 'text' } of actions) {
    const at = state.files.findIndex(
      (one) => one.project_id === projectId && one.ref === branch && one.path === path,
    );
    if (at >= 0) state.files.splice(at, 1);
    if (action === 'delete') continue;
    const bytes = Buffer.from(content, encoding === 'base64' ? 'base64' : 'utf8');
    state.files.push({ project_id: projectId, ref: branch, path, content: bytes });
  }
  const created = new Date().toISOString();
  const id = createHash('sha1')
    .update(`${projectId} ${state.nextId++} ${message}`)
    .digest('hex');
  const before = state.branches.find((one) => one.project_id === projectId && one.name === branch);
  const parents = before === undefined ? [] : [before.sha];
  state.commits.push({ project_id: projectId, id, parent_ids: parents, title: message, created_at: created });
  if (before === undefined) state.branches.push({ project_id: projectId, name: branch, sha: id });
  else before.sha = id;
  return { status: 201, body: { id, title: message, parent_ids: parents } };
}

/** Source: https://docs.gitlab.com/api/tags/#create-a-new-tag */
function createTag(request: EmbeddedRequest, projectId: number, state: EmbeddedState): EmbeddedAnswer {
  const name = request.query.get('tag_name') ?? String(request.body['tag_name']);
  const ref = request.query.get('ref') ?? String(request.body['ref']);
  const ofProject = state.tags.filter(({ project_id: of }) => of === projectId);
  if (ofProject.some((tag) => tag.name === name)) return refused(refusals.tagThere, name);
  const branch = state.branches.find((one) => one.project_id === projectId && one.name === ref);
  const commit = branch?.sha ?? state.commits.find(({ id }) => id === ref)?.id;
  if (commit === undefined) return refused(refusals.noReference);
  state.tags.push({ project_id: projectId, name, target: commit, commit });
  return { status: 201, body: { name, target: commit, commit: { id: commit } } };
}

/** Source: https://docs.gitlab.com/api/protected_tags/#protect-repository-tags */
function protectTag(request: EmbeddedRequest, projectId: number, state: EmbeddedState): EmbeddedAnswer {
  const value = (key: string): unknown => request.query.get(key) ?? request.body[key];
  const rule = {
    project_id: projectId,
    name: String(value('name')),
    create_access_level: Number(value('create_access_level') ?? maintainer),
  };
  const { protectedTags } = state.ci;
  if (protectedTags.some(({ project_id: of, name }) => of === projectId && name === rule.name))
    return refused(refusals.protectedTagThere);
  protectedTags.push(rule);
  return { status: 201, body: { name: rule.name } };
}

function allowGroup(request: EmbeddedRequest, projectId: number, { ci }: EmbeddedState): EmbeddedAnswer {
  const group = Number(request.body['target_group_id']);
  ci.allowedGroups?.push({ project_id: projectId, group_id: group });
  return { status: 201, body: { source_project_id: projectId, target_group_id: group } };
}

type Handler = (request: EmbeddedRequest, projectId: number, state: EmbeddedState) => EmbeddedAnswer;

/** Below a project, for members with a role. */
function below(method: string, path: string, role: number, handle: Handler): Route {
  return route(method, new RegExp(`^/projects/([^/]+)/${path}$`), (request, [part = ''], state) => {
    const projectId = allowed({ request, state }, part, role);
    return typeof projectId === 'number' ? handle(request, projectId, state) : projectId;
  });
}

/** What makes a project the home of a component. */
export const componentProjectRoutes: readonly Route[] = [
  route('POST', /^\/projects$/, (request, _parts, state) => createProject(request, state)),
  below('GET', 'repository/tree', 10, listTree),
  below('POST', 'repository/commits', developer, createCommit),
  below('GET', 'repository/tags', 10, (request, projectId, { tags }) =>
    page(
      tags
        .filter(({ project_id: of }) => of === projectId)
        .map(({ name, target }) => ({ name, target }))
        .reverse(),
      request,
    ),
  ),
  below('POST', 'repository/tags', developer, createTag),
  below('GET', 'protected_tags', maintainer, (request, projectId, { ci }) =>
    page(
      ci.protectedTags.filter(({ project_id: of }) => of === projectId).map(({ name }) => ({ name })),
      request,
    ),
  ),
  below('POST', 'protected_tags', maintainer, protectTag),
  // Source: https://docs.gitlab.com/api/project_job_token_scopes/
  below('GET', 'job_token_scope/groups_allowlist', maintainer, (request, projectId, { ci }) =>
    ci.allowedGroups === null
      ? refused(refusals.unknownPath)
      : page(
          ci.allowedGroups
            .filter(({ project_id: of }) => of === projectId)
            .map(({ group_id: id }) => ({ id })),
          request,
        ),
  ),
  below('POST', 'job_token_scope/groups_allowlist', maintainer, allowGroup),
];
