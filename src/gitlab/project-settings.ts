import * as z from 'zod';
import type { ProjectSettings } from '../model/setup.ts';
import { type Api, projectPath } from './api.ts';
import { askJson } from './ask-json.ts';
import { nullIfGone } from './null-if-gone.ts';
import { fetchPages } from './pager.ts';
import type { Projects } from './ports/setup.ts';

/** 50,000 projects: as far as GitLab's pages go. */
const maxPages = 500;

const settingsAnswer = z
  .object({
    id: z.number().int(),
    path_with_namespace: z.string(),
    web_url: z.string(),
    default_branch: z.string().nullish(),
    archived: z.boolean().nullish(),
    marked_for_deletion_on: z.string().nullish(),
    marked_for_deletion_at: z.string().nullish(),
    builds_access_level: z.string().nullish(),
    jobs_enabled: z.boolean().nullish(),
    ci_pipeline_variables_minimum_override_role: z.string().nullish(),
  })
  .transform(
    (answer): ProjectSettings => ({
      id: answer.id,
      path: answer.path_with_namespace,
      url: answer.web_url,
      defaultBranch: answer.default_branch ?? null,
      archived: answer.archived ?? false,
      pendingDeletion: (answer.marked_for_deletion_on ?? answer.marked_for_deletion_at ?? null) !== null,
      ciEnabled: answer.builds_access_level !== 'disabled' && answer.jobs_enabled !== false,
      minimumOverrideRole: answer.ci_pipeline_variables_minimum_override_role ?? null,
    }),
  );

const groupAnswer = z.object({ id: z.number().int(), full_path: z.string() });
const branchAnswer = z.object({ protected: z.boolean() });
const pipelinesAnswer = z.array(z.object({ id: z.number().int(), web_url: z.string() }));
const versionAnswer = z.object({ version: z.string() });

/** The part of the port about projects and groups. Sources: https://docs.gitlab.com/api/projects/, https://docs.gitlab.com/api/groups/ */
export function createProjects(api: Api): Projects {
  return {
    fetchProjectSettings: (project) =>
      askJson({ method: 'GET', path: projectPath(project) }, settingsAnswer, api),

    async fetchGroup(group) {
      const path = `/groups/${encodeURIComponent(group)}`;
      const query = { with_projects: 'false' };
      const answer = await nullIfGone(askJson({ method: 'GET', path, query }, groupAnswer, api));
      return answer === null ? null : { id: answer.id, path: answer.full_path };
    },

    fetchGroupProjectPages: (group, subgroups) =>
      fetchPages(
        {
          path: `/groups/${group}/projects`,
          query: {
            include_subgroups: String(subgroups),
            with_shared: 'false',
            order_by: 'id',
            sort: 'asc',
          },
          row: settingsAnswer,
          maxPages,
        },
        api,
      ),

    async fetchBranchProtection(project, branch) {
      const path = `${projectPath(project)}/repository/branches/${encodeURIComponent(branch)}`;
      const answer = await nullIfGone(askJson({ method: 'GET', path }, branchAnswer, api));
      return answer?.protected ?? null;
    },

    async fetchNewestTriggered(project, ref) {
      const path = `${projectPath(project)}/pipelines`;
      const query = { ref, source: 'trigger', order_by: 'id', sort: 'desc', per_page: '1' };
      const [newest] = await askJson({ method: 'GET', path, query }, pipelinesAnswer, api);
      return newest === undefined ? null : { id: newest.id, url: newest.web_url };
    },

    async fetchServerVersion() {
      const answer = await nullIfGone(askJson({ method: 'GET', path: '/version' }, versionAnswer, api));
      return answer?.version ?? null;
    },
  };
}
