import * as z from 'zod';
import { GitLabRefusedError } from '../../../errors.ts';
import type { Api } from '../../transport/api.ts';
import { graphqlPath } from '../../transport/follow-redirects.ts';
import { getJson } from '../../transport/get-json.ts';
import { fitAnswer } from '../../transport/json-answer.ts';

const answer = z.object({ data: z.unknown(), errors: z.array(z.unknown()).nullish() });
export const graphqlRequest = { method: 'GET', path: graphqlPath } as const;

function notAnswered(): GitLabRefusedError {
  return new GitLabRefusedError('GitLab does not answer this question of GraphQL', {
    status: null,
    request: `${graphqlRequest.method} ${graphqlRequest.path}`,
  });
}

/**
 * What a query gives, in the given shape. Every refusal is of the query and not of the token: a job token has no
 * GraphQL, an older GitLab lacks fields, and a server may find the query too costly. So a refusal has no status.
 */
export async function askGraphql<T>(api: Api, query: string, schema: z.ZodType<T>): Promise<T> {
  const asked = getJson(api, { path: graphqlPath, query: { query } }, answer);
  const { data, errors } = await asked.catch((error: unknown) => {
    throw error instanceof GitLabRefusedError ? notAnswered() : error;
  });
  if ((errors ?? []).length > 0) throw notAnswered();
  return fitAnswer(schema, data, graphqlRequest);
}
