import * as z from 'zod';
import { GitLabRefusedError } from '../errors.ts';
import { type Api, projectPath } from './api.ts';
import { fitAnswer, readJson } from './json-answer.ts';
import type { Repository } from './ports/repository.ts';

const projectAnswer = z.object({
  id: z.number().int(),
  path_with_namespace: z.string(),
  web_url: z.string(),
  default_branch: z.string().nullish(),
});

/**
 * The part of the port about a project and its files. Not through gitbeaker, which reads a file however large.
 * Sources: https://docs.gitlab.com/api/projects/, https://docs.gitlab.com/api/repository_files/#retrieve-a-raw-file-from-a-repository
 */
export function createRepository({ call, maxBytes: maxAnswerBytes }: Api): Repository {
  return {
    async fetchProject(project) {
      const path = projectPath(project);
      const request = { method: 'GET', path, query: '', body: null, maxBytes: maxAnswerBytes };
      const answer = fitAnswer(projectAnswer, readJson(request, await call(request)), request);
      return {
        id: answer.id,
        path: answer.path_with_namespace,
        url: answer.web_url,
        defaultBranch: answer.default_branch ?? null,
      };
    },

    async fetchFile({ project, path: filePath, ref }, maxBytes) {
      const path = `${projectPath(project)}/repository/files/${encodeURIComponent(filePath)}/raw`;
      const query = new URLSearchParams({ ref }).toString();
      try {
        const { body } = await call({ method: 'GET', path, query, body: null, maxBytes });
        return body;
      } catch (error) {
        if (error instanceof GitLabRefusedError && error.status === 404) return null;
        throw error;
      }
    },
  };
}
