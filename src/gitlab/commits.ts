import * as z from 'zod';
import { type Api, projectPath } from './api.ts';
import { fitAnswer, readJson } from './json-answer.ts';
import type { Commits } from './port.ts';

const commitAnswer = z.object({ id: z.string() });

/** The part of the port about commits. Source: https://docs.gitlab.com/api/commits/#list-repository-commits */
export function createCommits({ call, maxBytes }: Api): Commits {
  return {
    async fetchAncestors(projectId, sha) {
      const path = `${projectPath(projectId)}/repository/commits`;
      const query = new URLSearchParams({ ref_name: sha, per_page: '100' }).toString();
      const request = { method: 'GET', path, query, body: null, maxBytes };
      const answer = await call(request);
      return fitAnswer(z.array(commitAnswer), readJson(request, answer), request).map(({ id }) => id);
    },
  };
}
