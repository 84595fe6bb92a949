import { Projects } from '@gitbeaker/rest';
import * as z from 'zod';
import { GitLabRefusedError } from '../../errors.ts';
import type { CiControl } from '../ports/ci-control.ts';
import type { Api } from '../transport/api.ts';
import { graphqlPath } from '../transport/follow-redirects.ts';
import { getJson } from '../transport/get-json.ts';
import { requestsOnly } from '../transport/gitbeaker-requester.ts';
import { askJson } from '../transport/send-json.ts';
import { projectAnswer } from './repository.ts';

const projects = new Projects(requestsOnly);

const problem = z.lazy(() => z.object({ message: z.string() }).transform(({ message }) => message));
const answer = z.lazy(() =>
  z.object({
    data: z
      .object({
        pipelineCreate: z
          .object({
            pipeline: z.object({ id: z.string() }).nullish(),
            errors: z.array(z.string()).nullish(),
          })
          .nullish(),
      })
      .nullish(),
    errors: z.array(problem).nullish(),
  }),
);

const mutation = 'mutation($input:PipelineCreateInput!){pipelineCreate(input:$input){pipeline{id} errors}}';

/** What an older GitLab says of an argument that it does not know. */
const isUnknown = /mergeRequestIid|inputs/;

function refusal(words: string): GitLabRefusedError {
  return new GitLabRefusedError(words, { status: null, request: 'POST /graphql' });
}

/** The id of the started pipeline. Throws for what GitLab refuses in an answer with status 200. */
function startedIn({ data, errors }: z.infer<typeof answer>): { readonly id: number } {
  const [unknown] = errors ?? [];
  if (unknown !== undefined)
    throw refusal(
      isUnknown.test(unknown)
        ? 'this GitLab takes no inputs for pipelines of merge requests; 18.11 and later do. Nothing was started'
        : `GitLab did not start the pipeline: ${unknown}`,
    );
  const { pipeline, errors: problems } = data?.pipelineCreate ?? {};
  const [, id] = /^gid:\/\/gitlab\/Ci::Pipeline\/(\d{1,15})$/.exec(pipeline?.id ?? '') ?? [];
  if (id !== undefined) return { id: Number(id) };
  throw refusal(`GitLab did not start the pipeline: ${problems?.join('; ') ?? 'it does not say why'}`);
}

/**
 * Only GraphQL starts a pipeline of a merge request with inputs, from 18.11 on. Source: https://gitlab.com/gitlab-org/gitlab/-/merge_requests/225787
 */
export async function createPipelineWithInputs(
  api: Api,
  { project, iid, ref }: Parameters<CiControl['createPipelineWithInputs']>[0],
  inputs: Parameters<CiControl['createPipelineWithInputs']>[1],
): ReturnType<CiControl['createPipelineWithInputs']> {
  const { path_with_namespace: projectPath } = await getJson(api, projects.show(project), projectAnswer);
  const pairs = Object.entries(inputs).map(([name, value]) => ({ name, value }));
  const variables = { input: { projectPath, ref, mergeRequestIid: String(iid), inputs: pairs } };
  const body = { query: mutation, variables };
  return startedIn(await askJson({ method: 'POST', path: graphqlPath, body }, answer, api));
}
