import * as z from 'zod';
import { GitLabRefusedError } from '../../errors.ts';
import type { CatalogState } from '../../model/install.ts';
import type { Api } from '../transport/api.ts';
import { graphqlPath } from '../transport/follow-redirects.ts';
import { getJson } from '../transport/get-json.ts';
import { graphqlText } from '../transport/graphql-text.ts';
import { askJson } from '../transport/send-json.ts';

const problems = z.lazy(() =>
  z.array(z.object({ message: z.string() }).transform(({ message }) => message)).nullish(),
);

const stateAnswer = z.lazy(() =>
  z.object({
    data: z.object({ project: z.object({ isCatalogResource: z.boolean().nullish() }).nullish() }).nullish(),
    errors: problems,
  }),
);

const createAnswer = z.lazy(() =>
  z.object({
    data: z
      .object({ catalogResourcesCreate: z.object({ errors: z.array(z.string()).nullish() }).nullish() })
      .nullish(),
    errors: problems,
  }),
);

const createMutation =
  'mutation($input:CatalogResourcesCreateInput!){catalogResourcesCreate(input:$input){errors}}';

/** What a GitLab without the field says. Source: https://graphql.org/learn/validation/ */
const isUnknownField = /isCatalogResource|doesn't exist on type/;

/** Only GraphQL knows: https://docs.gitlab.com/api/graphql/reference/#project (`isCatalogResource`). */
export async function fetchCatalogState(path: string, api: Api): Promise<CatalogState> {
  const query = `{project(fullPath:${graphqlText(path)}){isCatalogResource}}`;
  const { data, errors } = await getJson(api, { path: graphqlPath, query: { query } }, stateAnswer);
  const [problem] = errors ?? [];
  if (problem !== undefined && !isUnknownField.test(problem))
    throw refusal(`GitLab did not say whether the project is in the catalog: ${problem}`);
  const isListed = data?.project?.isCatalogResource ?? null;
  if (isListed === null) return 'unknown';
  return isListed ? 'listed' : 'unlisted';
}

/** Throws for what GitLab refuses in an answer with status 200. */
export async function addToCatalog(projectPath: string, api: Api): Promise<void> {
  const body = { query: createMutation, variables: { input: { projectPath } } };
  const { data, errors } = await askJson({ method: 'POST', path: graphqlPath, body }, createAnswer, api);
  const created = data?.catalogResourcesCreate ?? null;
  const words = [...(errors ?? []), ...(created?.errors ?? [])];
  if (words.length > 0 || created === null)
    throw refusal(
      `GitLab did not add the project to the catalog: ${words.join('; ') || 'it does not say why'}`,
    );
}

function refusal(words: string): GitLabRefusedError {
  return new GitLabRefusedError(words, {
    status: null,
    request: 'POST /graphql',
    hint: 'An owner of the project can do it: Settings, General, Visibility, CI/CD Catalog project.',
  });
}
