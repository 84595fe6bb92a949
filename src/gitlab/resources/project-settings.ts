import { Branches, Groups, Pipelines, Projects as ProjectsResource } from '@gitbeaker/rest';
import * as z from 'zod';
import { GitLabRefusedError } from '../../errors.ts';
import type { ProjectSettings } from '../../model/setup.ts';
import type { Group, Projects } from '../ports/setup.ts';
import type { Api } from '../transport/api.ts';
import { getJson } from '../transport/get-json.ts';
import { requestsOnly, untyped } from '../transport/gitbeaker-requester.ts';
import { nullIfGone } from '../transport/null-if-gone.ts';
import { fetchPages } from '../transport/pager.ts';
import { pathByHand } from '../transport/path-by-hand.ts';
import { askJson } from '../transport/send-json.ts';

const branches = new Branches(requestsOnly);
const groups = new Groups(requestsOnly);
const pipelines = new Pipelines(requestsOnly);
const projects = new ProjectsResource(requestsOnly);

/** 50,000 projects: as far as GitLab's pages go. */
const maxPages = 500;

const settingsAnswer = z.lazy(() =>
  z
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
    ),
);

const groupAnswer = z.lazy(() =>
  z
    .object({ id: z.number().int(), full_path: z.string(), visibility: z.string().nullish() })
    .transform(
      ({ id, full_path: path, visibility }): Group => ({ id, path, visibility: visibility ?? 'private' }),
    ),
);
const branchAnswer = z.lazy(() => z.object({ protected: z.boolean() }));
const pipelinesAnswer = z.lazy(() =>
  z.array(
    z.object({
      id: z.number().int(),
      web_url: z.string(),
      status: z.string().catch(''),
      created_at: z.string().nullish(),
    }),
  ),
);
const pipelineVariables = z.lazy(() => z.array(z.object({ key: z.string(), value: z.string().nullish() })));
const versionAnswer = z.lazy(() => z.object({ version: z.string() }));

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
  const request = projects.edit(project, untyped({ ci_pipeline_variables_minimum_override_role: role }));
  const { minimumOverrideRole: kept } = await askJson(request, settingsAnswer, api);
  if (kept === role) return;
  throw new GitLabRefusedError(
    `GitLab kept ${kept ?? 'another role'} as the role that may set pipeline variables`,
    {
      status: 200,
      request: `PUT /projects/${project}`,
      hint: 'a setting of the group or the instance may override it: ask an owner',
    },
  );
}

/** Source: https://docs.gitlab.com/api/pipelines/ */
function createProjectPipelines(
  api: Api,
): Pick<Projects, 'fetchTriggered' | 'fetchScheduledPipelines' | 'fetchTriggerPayload'> {
  return {
    async fetchTriggered(project, { ref, username }) {
      const newest = pipelines.all(project, {
        ref,
        source: 'trigger',
        orderBy: 'id',
        sort: 'desc',
        perPage: 100,
        ...(username === null ? {} : { username }),
      });
      const found = await getJson(api, newest, pipelinesAnswer);
      return found.map(({ id, web_url: url, status }) => ({ id, url, status }));
    },

    async fetchScheduledPipelines(project, ref) {
      const newest = { ref, source: 'schedule', orderBy: 'id', sort: 'desc', perPage: 20 } as const;
      const found = await getJson(api, pipelines.all(project, newest), pipelinesAnswer);
      return found.map(({ id, web_url: url, status, created_at: createdAt }) => ({
        id,
        url,
        status,
        createdAt: createdAt ?? null,
      }));
    },

    async fetchTriggerPayload(project, pipeline) {
      const question = pipelines.allVariables(project, pipeline);
      const variables = await nullIfRefused(getJson(api, question, pipelineVariables));
      return variables?.find(({ key }) => key === 'TRIGGER_PAYLOAD')?.value ?? null;
    },
  };
}

/** The part of the port about projects and groups. Sources: https://docs.gitlab.com/api/projects/, https://docs.gitlab.com/api/groups/ */
export function createProjects(api: Api): Projects {
  return {
    fetchProjectSettings: (project) => getJson(api, projects.show(project), settingsAnswer),

    fetchGroup: (group) => nullIfGone(getJson(api, groups.show(group, { withProjects: false }), groupAnswer)),

    fetchGroupProjectPages: (group, subgroups) =>
      fetchPages(
        {
          list: groups.allProjects(group, {
            includeSubgroups: subgroups,
            withShared: false,
            orderBy: 'id',
            sort: 'asc',
          }),
          row: settingsAnswer,
          maxPages,
        },
        api,
      ),

    async fetchBranchProtection(project, branch) {
      const answer = await nullIfGone(getJson(api, branches.show(project, branch), branchAnswer));
      return answer?.protected ?? null;
    },

    ...createProjectPipelines(api),

    setOverrideRole: (project, role) => setOverrideRole(project, role, api),

    async fetchServerVersion() {
      const answer = await nullIfGone(getJson(api, { path: pathByHand`/version` }, versionAnswer));
      return answer?.version ?? null;
    },
  };
}
