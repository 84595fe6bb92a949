import { Projects, RepositoryFiles } from '@gitbeaker/rest';
import * as z from 'zod';
import type { FilePlace, Project, Repository } from '../ports/repository.ts';
import type { Api } from '../transport/api.ts';
import type { HttpAnswer } from '../transport/exchange.ts';
import { getJson } from '../transport/get-json.ts';
import { preparedRequest, requestsOnly } from '../transport/gitbeaker-requester.ts';
import { nullIfGone } from '../transport/null-if-gone.ts';
import { nullIfNoFile } from '../transport/null-if-no-file.ts';
import { send } from '../transport/send-json.ts';

const files = new RepositoryFiles(requestsOnly);
const projects = new Projects(requestsOnly);

export const projectAnswer = z.lazy(() =>
  z.object({
    id: z.number().int(),
    path_with_namespace: z.string(),
    web_url: z.string(),
    default_branch: z.string().nullish(),
    archived: z.boolean().nullish(),
  }),
);

/** A project of GitLab's answer. */
export function projectOf(answer: z.infer<typeof projectAnswer>): Project {
  return {
    id: answer.id,
    path: answer.path_with_namespace,
    url: answer.web_url,
    defaultBranch: answer.default_branch ?? null,
    archived: answer.archived ?? false,
  };
}

/**
 * The part of the port about a project and its files. Sources: https://docs.gitlab.com/api/projects/, https://docs.gitlab.com/api/repository_files/#retrieve-a-raw-file-from-a-repository
 */
export function createRepository(api: Api): Repository {
  const fetchRaw = (file: FilePlace, maxBytes: number): Promise<HttpAnswer | null> =>
    nullIfGone(send(files.showRaw(file.project, file.path, file.ref), { ...api, maxBytes }));

  return {
    async fetchProject(project) {
      return projectOf(await getJson(api, projects.show(project), projectAnswer));
    },

    async fetchFile(file, maxBytes) {
      return (await fetchRaw(file, maxBytes))?.body ?? null;
    },

    async fetchVersionedFile(file, maxBytes) {
      const answer = await fetchRaw(file, maxBytes);
      return answer === null ? null : { content: answer.body, commit: lastCommit(answer) };
    },

    // gitbeaker has no HEAD. Source: https://docs.gitlab.com/api/repository_files/#get-file-metadata-only
    async hasFile({ project, path, ref }) {
      const { call, maxBytes } = api;
      const request = await preparedRequest(files.show(project, path, ref));
      return (await nullIfNoFile(call({ ...request, method: 'HEAD', maxBytes }))) !== null;
    },
  };
}

/** GitLab gives it in a header, as for `HEAD`: https://docs.gitlab.com/api/repository_files/#retrieve-file-metadata */
function lastCommit({ headers }: HttpAnswer): string | null {
  const sha = headers['x-gitlab-last-commit-id'] ?? '';
  return /^[0-9a-f]{40,64}$/.test(sha) ? sha : null;
}
