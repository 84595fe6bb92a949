import { Commits, ProjectJobTokenScopes, Projects, ProtectedTags, Repositories, Tags } from '@gitbeaker/rest';
import * as z from 'zod';
import type { ComponentProject, FileAction } from '../../model/install.ts';
import type { Install } from '../ports/install.ts';
import type { Api } from '../transport/api.ts';
import { getJson } from '../transport/get-json.ts';
import { requestsOnly, untyped } from '../transport/gitbeaker-requester.ts';
import { nullIfGone } from '../transport/null-if-gone.ts';
import { readPages } from '../transport/read-pages.ts';
import { askJson, send } from '../transport/send-json.ts';
import { addToCatalog, fetchCatalogState } from './catalog.ts';

const allowlists = new ProjectJobTokenScopes(requestsOnly);
const commits = new Commits(requestsOnly);
const projects = new Projects(requestsOnly);
const protectedTags = new ProtectedTags(requestsOnly);
const repositories = new Repositories(requestsOnly);
const tags = new Tags(requestsOnly);

/** 10,000 files: Herald has some hundred. */
const maxPages = 100;

/** The role Maintainer: https://docs.gitlab.com/api/protected_tags/ */
const maintainers = 40;

const projectAnswer = z.lazy(() =>
  z
    .object({
      id: z.number().int(),
      path_with_namespace: z.string(),
      web_url: z.string(),
      default_branch: z.string().nullish(),
      description: z.string().nullish(),
      ci_config_path: z.string().nullish(),
      archived: z.boolean().nullish(),
    })
    .transform(
      (answer): ComponentProject => ({
        id: answer.id,
        path: answer.path_with_namespace,
        url: answer.web_url,
        defaultBranch: answer.default_branch ?? null,
        description: answer.description ?? '',
        ciConfigPath: answer.ci_config_path ?? '',
        archived: answer.archived ?? false,
      }),
    ),
);

const treeRow = z.lazy(() => z.object({ id: z.string(), path: z.string(), type: z.string() }));
const commitAnswer = z.lazy(() => z.object({ id: z.string() }));
const nameRow = z.lazy(() => z.object({ name: z.string() }));
const groupRow = z.lazy(() => z.object({ id: z.number().int() }));

type CommitAction = Parameters<typeof commits.create>[3] extends (infer Action)[] | undefined
  ? Action
  : never;

/** As base64, so that pictures and line ends arrive as they are. */
function commitAction(change: FileAction): CommitAction {
  if (change.action === 'delete') return { action: 'delete', filePath: change.path };
  const { path, content } = change.file;
  const encoded = Buffer.from(content).toString('base64');
  return { action: change.action, filePath: path, content: encoded, encoding: 'base64' };
}

type FilesAndTags = Pick<Install, 'fetchTree' | 'commitFiles' | 'createTag' | 'fetchTagNames'>;

function createFilesAndTags(api: Api): FilesAndTags {
  return {
    async fetchTree(project, ref) {
      const list = repositories.allRepositoryTrees(project, { ref, recursive: true });
      const rows = await nullIfGone(readPages({ list, row: treeRow, maxPages }, api));
      return (rows ?? []).flatMap(({ id, path, type }) => (type === 'blob' ? [{ path, blob: id }] : []));
    },

    async commitFiles(project, { branch, message, actions }) {
      const request = commits.create(project, branch, message, actions.map(commitAction));
      return { sha: (await askJson(request, commitAnswer, api)).id };
    },

    async createTag(project, name, ref) {
      await send(tags.create(project, name, ref), api);
    },

    async fetchTagNames(project) {
      const list = tags.all(project, { orderBy: 'updated', sort: 'desc', perPage: 100 });
      return (await getJson(api, list, z.array(nameRow))).map(({ name }) => name);
    },
  };
}

/** The part of the port about Herald's own project. Sources: ports/install.ts */
export function createInstall(api: Api): Install {
  return {
    ...createFilesAndTags(api),

    findComponentProject: (path) => nullIfGone(getJson(api, projects.show(path), projectAnswer)),

    createComponentProject({ groupId, name, visibility, description, ciConfigPath }) {
      const settings = untyped({ namespaceId: groupId, visibility, description, ciConfigPath });
      return askJson(projects.create({ name, path: name, ...settings }), projectAnswer, api);
    },

    async updateComponentProject(project, settings) {
      await send(projects.edit(project, untyped(settings)), api);
    },

    async fetchProtectedTags(project) {
      const rules = await readPages({ list: protectedTags.all(project), row: nameRow, maxPages }, api);
      return rules.map(({ name }) => name);
    },

    async protectTags(project, pattern) {
      await send(protectedTags.create(project, pattern, untyped({ createAccessLevel: maintainers })), api);
    },

    async fetchAllowedGroups(project) {
      const list = allowlists.showGroupsAllowList(project);
      const groups = await nullIfGone(readPages({ list, row: groupRow, maxPages }, api));
      return groups?.map(({ id }) => id) ?? null;
    },

    async allowGroup(project, group) {
      await send(allowlists.addToGroupsAllowList(project, group), api);
    },

    fetchCatalogState: (path) => fetchCatalogState(path, api),
    addToCatalog: (path) => addToCatalog(path, api),
  };
}
