import * as z from 'zod';
import type { Upstream } from '../ports/head-pipelines.ts';
import type { Api } from '../transport/api.ts';
import { graphqlPath } from '../transport/follow-redirects.ts';
import { getJson } from '../transport/get-json.ts';
import { graphqlText } from '../transport/graphql-text.ts';
import { numberOfGlobalId } from './global-id.ts';

const parentAnswer = z.object({
  id: numberOfGlobalId,
  project: z.object({ id: numberOfGlobalId }).nullish(),
});

const answer = z.lazy(() =>
  z.object({
    data: z
      .object({
        project: z
          .object({
            pipeline: z
              .object({ upstream: parentAnswer.extend({ upstream: parentAnswer.nullish() }).nullish() })
              .nullish(),
          })
          .nullish(),
      })
      .nullish(),
  }),
);

/**
 * The pipeline of the same project that a child pipeline comes from in the end: only GraphQL shows it, and GitLab lets
 * child pipelines have children, and those none. Source: https://docs.gitlab.com/api/graphql/reference/#pipeline
 */
export function createUpstream(api: Api): Upstream {
  return {
    async fetchRootPipeline({ id: projectId, path }, pipelineId) {
      const parent = 'id project{id}';
      const query = `{project(fullPath:${graphqlText(path)}){pipeline(id:"gid://gitlab/Ci::Pipeline/${pipelineId}"){upstream{${parent} upstream{${parent}}}}}}`;
      const { data } = await getJson(api, { path: graphqlPath, query: { query } }, answer);
      const above = data?.project?.pipeline?.upstream ?? null;
      const chain = above === null ? [] : [above, ...(above.upstream ? [above.upstream] : [])];
      const other = chain.findIndex(({ project }) => project?.id !== projectId);
      return (other < 0 ? chain : chain.slice(0, other)).at(-1)?.id ?? null;
    },
  };
}
