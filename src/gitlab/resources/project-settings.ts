import * as z from 'zod';
import { GitLabRefusedError } from '../../errors.ts';
import type { ProjectSettings } from '../../model/setup.ts';
import type { Projects } from '../ports/setup.ts';
import { type Api, projectPath } from '../transport/api.ts';
import { getJson } from '../transport/get-json.ts';
import { nullIfGone } from '../transport/null-if-gone.ts';
import { fetchPages } from '../transport/pager.ts';
import { askJson } from '../transport/send-json.ts';

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
const pipelineVariables = z.array(z.object({ key: z.string(), value: z.string().nullish() }));
const versionAnswer = z.object({ version: z.string() });

/** Null where GitLab refuses, for whatever reason. */
async function nullIfRefused<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof GitLabRefusedError) return null;
    throw error;
  }
}

async function setOverrideRole(project: number, role: string, api: Api): Promise<void> {
  const path = projectPath(project);
  const body = { ci_pipeline_variables_minimum_override_role: role };
  const { minimumOverrideRole: kept } = await askJson({ method: 'PUT', path, body }, settingsAnswer, api);
  if (kept === role) return;
  throw new GitLabRefusedError(
    `GitLab kept ${kept ?? 'another role'} as the role that may set pipeline variables`,
    {
      status: 200,
      request: `PUT ${path}`,
      hint: 'a setting of the group or the instance may override it: ask an owner',
    },
  );
}

/** The part of the port about projects and groups. Sources: https://docs.gitlab.com/api/projects/, https://docs.gitlab.com/api/groups/ */
export function createProjects(api: Api): Projects {
  return {
    fetchProjectSettings: (project) => getJson(api, { path: projectPath(project) }, settingsAnswer),

    async fetchGroup(group) {
      const path = `/groups/${encodeURIComponent(group)}`;
      const query = { with_projects: 'false' };
      const answer = await nullIfGone(getJson(api, { path, query }, groupAnswer));
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
      const answer = await nullIfGone(getJson(api, { path }, branchAnswer));
      return answer?.protected ?? null;
    },

    async fetchTriggered(project, { ref, username }) {
      const path = `${projectPath(project)}/pipelines`;
      const newest = { source: 'trigger', order_by: 'id', sort: 'desc', per_page: '100' };
      const query = { ref, ...newest, ...(username === null ? {} : { username }) };
      const found = await getJson(api, { path, query }, pipelinesAnswer);
      return found.map(({ id, web_url: url }) => ({ id, url }));
    },

    async fetchTriggerPayload(project, pipeline) {
      const path = `${projectPath(project)}/pipelines/${pipeline}/variables`;
      const variables = await nullIfRefused(getJson(api, { path }, pipelineVariables));
      return variables?.find(({ key }) => key === 'TRIGGER_PAYLOAD')?.value ?? null;
    },

    setOverrideRole: (project, role) => setOverrideRole(project, role, api),

    async fetchServerVersion() {
      const answer = await nullIfGone(getJson(api, { path: '/version' }, versionAnswer));
      return answer?.version ?? null;
    },
  };
}
