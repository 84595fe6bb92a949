import * as z from 'zod';
import type { HistoryPage, NamedPlace } from '../../ports/history.ts';
import type { Api } from '../../transport/api.ts';
import { graphqlText } from '../../transport/graphql-text.ts';
import { addressHint, notUnderstood } from '../../transport/json-answer.ts';
import { askGraphql, graphqlRequest } from './ask-graphql.ts';

export const more = z.object({ hasNextPage: z.boolean() });

/** GitLab gives at most so many rows. Source: https://docs.gitlab.com/api/graphql/#limits */
export const maxRows = 100;

/** A list of pipelines of a project. */
export interface PipelineList<Row> {
  readonly of: NamedPlace;
  /** `updatedAfter:"…"` and what else chooses pipelines. */
  readonly args: string;
  /** The fields of each. */
  readonly fields: string;
  readonly row: z.ZodType<Row>;
  /** How many the next page has, after the rows of the one before it. */
  readonly pageSize: (before: readonly Row[]) => number;
}

/** Its pages; the next one is requested only when it is asked for. */
export async function* walkPipelines<Row>(
  api: Api,
  { of, args, fields, row, pageSize }: PipelineList<Row>,
): AsyncGenerator<HistoryPage<Row>, void, undefined> {
  const data = z.object({
    project: z.object({
      pipelines: z.object({
        nodes: z.array(row),
        pageInfo: more.extend({ endCursor: z.string().nullish() }),
      }),
    }),
  });
  const seen = new Set<string>();
  let first = pageSize([]);
  let cursor = '';
  for (;;) {
    const asked = `pipelines(${args} first:${Math.min(first, maxRows)}${cursor})`;
    const query = `{project(fullPath:${graphqlText(of.path)}){${asked}{nodes{${fields}}pageInfo{hasNextPage endCursor}}}}`;
    const { nodes, pageInfo } = (await askGraphql(api, query, data)).project.pipelines;
    const { hasNextPage: hasMore, endCursor } = pageInfo;
    yield { rows: nodes, hasMore, total: null };
    if (!hasMore) return;
    const next = endCursor ?? '';
    if (next === '' || seen.has(next))
      throw notUnderstood(graphqlRequest, 'its pages lead nowhere', { status: 200, hint: addressHint });
    seen.add(next);
    cursor = ` after:${graphqlText(next)}`;
    first = pageSize(nodes);
  }
}

/** The argument for pipelines that changed since then. */
export function changedAfter(instant: number): string {
  return `updatedAfter:${graphqlText(new Date(instant).toISOString())}`;
}
