import * as z from 'zod';
import type { FilePlace, Project, Repository } from '../ports/repository.ts';
import { type Api, projectPath } from '../transport/api.ts';
import type { HttpAnswer } from '../transport/exchange.ts';
import { getJson } from '../transport/get-json.ts';
import { nullIfGone } from '../transport/null-if-gone.ts';

export const projectAnswer = z.object({
  id: z.number().int(),
  path_with_namespace: z.string(),
  web_url: z.string(),
  default_branch: z.string().nullish(),
  archived: z.boolean().nullish(),
});

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
 * The part of the port about a project and its files. Not through gitbeaker, which reads a file however large.
 * Sources: https://docs.gitlab.com/api/projects/, https://docs.gitlab.com/api/repository_files/#retrieve-a-raw-file-from-a-repository
 */
export function createRepository(api: Api): Repository {
  async function fetchRaw(file: FilePlace, maxBytes: number): Promise<HttpAnswer | null> {
    const path = `${projectPath(file.project)}/repository/files/${encodeURIComponent(file.path)}/raw`;
    const query = new URLSearchParams({ ref: file.ref }).toString();
    return nullIfGone(api.call({ method: 'GET', path, query, body: null, maxBytes }));
  }

  return {
    async fetchProject(project) {
      return projectOf(await getJson(api, { path: projectPath(project) }, projectAnswer));
    },

    async fetchFile(file, maxBytes) {
      return (await fetchRaw(file, maxBytes))?.body ?? null;
    },

    async fetchVersionedFile(file, maxBytes) {
      const answer = await fetchRaw(file, maxBytes);
      return answer === null ? null : { content: answer.body, commit: lastCommit(answer) };
    },
  };
}

/** GitLab gives it in a header, as for `HEAD`: https://docs.gitlab.com/api/repository_files/#retrieve-file-metadata */
function lastCommit({ headers }: HttpAnswer): string | null {
  const sha = headers['x-gitlab-last-commit-id'] ?? '';
  return /^[0-9a-f]{40,64}$/.test(sha) ? sha : null;
}
