import * as z from 'zod';
import type { MergeRequestEvent } from '../../../model/project-history.ts';
import type { MergeRequestInBatch, NamedPlace } from '../../ports/history.ts';
import type { Api } from '../../transport/api.ts';
import { graphqlText } from '../../transport/graphql-text.ts';
import { actorAnswer } from './actor.ts';
import { askGraphql } from './ask-graphql.ts';
import { instant, instantOrNull } from './instant.ts';
import { kindOfNote } from './note-event.ts';
import { more } from './pages-of-graphql.ts';

const note = z
  .object({ body: z.string(), system: z.boolean(), createdAt: instant, author: actorAnswer })
  .transform(({ createdAt: at, author: by, ...text }): MergeRequestEvent | null => {
    const kind = kindOfNote(text);
    return kind === null ? null : { kind, at, by };
  });

const count = z.number().int().nonnegative();
const file = z
  .object({ path: z.string(), additions: count, deletions: count })
  .transform(({ path, additions, deletions }) => ({ path, lines: additions + deletions }));

const data = z.object({
  project: z.object({
    mergeRequests: z.object({
      nodes: z.array(
        z.object({
          iid: z.string().regex(/^\d{1,15}$/),
          notes: z.object({ nodes: z.array(note), pageInfo: more }),
          commits: z
            .object({ nodes: z.array(z.object({ authoredDate: instantOrNull })), pageInfo: more })
            .nullish(),
          diffStats: z.array(file).nullish(),
        }),
      ),
    }),
  }),
});

type Row = z.infer<typeof data>['project']['mergeRequests']['nodes'][number];

/** Null where one of them has no time, or there are more. */
function timesOf({ commits }: Row): readonly number[] | null {
  const times = commits?.nodes.flatMap(({ authoredDate: at }) => (at === null ? [] : [at])) ?? [];
  const isWhole = commits !== null && commits !== undefined && !commits.pageInfo.hasNextPage;
  return isWhole && times.length === commits.nodes.length ? times : null;
}

function mergeRequestOf(row: Row): MergeRequestInBatch {
  const events = row.notes.nodes.filter((event): event is MergeRequestEvent => event !== null);
  return {
    iid: Number(row.iid),
    events: row.notes.pageInfo.hasNextPage ? null : events,
    authoredAt: timesOf(row),
    // GitLab has no files for a diff that is gone, too.
    files: row.diffStats && row.diffStats.length > 0 ? row.diffStats : null,
  };
}

/**
 * The notes, commits and changed files of several merge requests in one request. The query has a complexity of about 40
 * of 250. Sources: https://docs.gitlab.com/api/graphql/reference/#mergerequest and
 * https://docs.gitlab.com/api/graphql/reference/#diffstats
 */
export async function fetchMergeRequestBatch(
  api: Api,
  of: NamedPlace,
  iids: readonly number[],
): Promise<readonly MergeRequestInBatch[]> {
  const page = 'pageInfo{hasNextPage}';
  const notes = `notes(first:100){nodes{body system createdAt author{username}}${page}}`;
  const commits = `commits(first:100){nodes{authoredDate}${page}}`;
  const fields = `iid ${notes}${commits}diffStats{path additions deletions}`;
  const wanted = iids.map((iid) => graphqlText(String(iid))).join(' ');
  const query = `{project(fullPath:${graphqlText(of.path)}){mergeRequests(iids:[${wanted}] first:100){nodes{${fields}}}}}`;
  return (await askGraphql(api, query, data)).project.mergeRequests.nodes.map(mergeRequestOf);
}
