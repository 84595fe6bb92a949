import { Issues, MergeRequests, Pipelines, ProjectReleases } from '@gitbeaker/rest';
import * as z from 'zod';
import type { Recent, RecentItem } from '../../model/project-activity.ts';
import type { RecentActivity } from '../ports/recent-activity.ts';
import type { Api } from '../transport/api.ts';
import { getJson } from '../transport/get-json.ts';
import { requestsOnly } from '../transport/gitbeaker-requester.ts';

const issues = new Issues(requestsOnly);
const mergeRequests = new MergeRequests(requestsOnly);
const pipelines = new Pipelines(requestsOnly);
const releases = new ProjectReleases(requestsOnly);

const perPage = 100;

const mergedAnswer = z.lazy(() =>
  z
    .object({
      iid: z.number().int(),
      title: z.string(),
      web_url: z.string(),
      merged_at: z.string().nullish(),
    })
    .transform(({ iid, title, web_url: url, merged_at: at }) =>
      itemOf({ reference: `!${iid}`, title, url, at }),
    ),
);

const issueAnswer = z.lazy(() =>
  z.object({
    iid: z.number().int(),
    title: z.string(),
    web_url: z.string(),
    confidential: z.boolean().nullish(),
    created_at: z.string(),
    closed_at: z.string().nullish(),
  }),
);

const openedAnswer = z.lazy(() => issueAnswer.transform((issue) => issueItem(issue, issue.created_at)));
const closedAnswer = z.lazy(() => issueAnswer.transform((issue) => issueItem(issue, issue.closed_at)));

const pipelineAnswer = z.lazy(() =>
  z
    .object({
      id: z.number().int(),
      status: z.string(),
      web_url: z.string(),
      created_at: z.string().nullish(),
    })
    .transform(({ id, status, web_url: url, created_at: at }) =>
      itemOf({ reference: String(id), title: '', url, at, status }),
    ),
);

const releaseAnswer = z.lazy(() =>
  z
    .object({
      tag_name: z.string(),
      name: z.string().nullish(),
      released_at: z.string().nullish(),
      upcoming_release: z.boolean().nullish(),
      _links: z.object({ self: z.string().nullish() }).nullish(),
    })
    .transform((release) =>
      release.upcoming_release === true
        ? []
        : itemOf({
            reference: release.tag_name,
            title: release.name ?? release.tag_name,
            url: release._links?.self ?? '',
            at: release.released_at,
          }),
    ),
);

/** A row without its instant did not happen yet. */
function itemOf({
  at,
  status = '',
  ...item
}: Pick<RecentItem, 'reference' | 'title' | 'url'> & {
  readonly at: string | null | undefined;
  readonly status?: string;
}): readonly RecentItem[] {
  return typeof at === 'string' ? [{ ...item, at, status }] : [];
}

/** GitLab was asked to leave confidential ones out; an old one that does not know how is not believed. */
function issueItem(
  { iid, title, web_url: url, confidential }: z.infer<typeof issueAnswer>,
  at: string | null | undefined,
): readonly RecentItem[] {
  return confidential === true ? [] : itemOf({ reference: `#${iid}`, title, url, at });
}

/** One page; what changed since then need not have happened since then. */
async function recent(
  page: Promise<unknown>,
  { row, since }: { readonly row: z.ZodType<readonly RecentItem[]>; readonly since: Date },
  api: Api,
): Promise<Recent> {
  const rows = await getJson(api, page, z.array(row));
  const items = rows.flat().filter(({ at }) => Date.parse(at) >= since.getTime());
  return {
    items: items.sort((a, b) => Date.parse(b.at) - Date.parse(a.at)),
    isCapped: rows.length >= perPage,
  };
}

/**
 * The part of the port about what happened lately. Sources: https://docs.gitlab.com/api/merge_requests/, https://docs.gitlab.com/api/issues/,
 * https://docs.gitlab.com/api/pipelines/, https://docs.gitlab.com/api/releases/
 */
export function createRecentActivity(api: Api): RecentActivity {
  const changed = (projectId: number, since: Date) =>
    ({
      projectId,
      scope: 'all',
      orderBy: 'updated_at',
      sort: 'desc',
      updatedAfter: since.toISOString(),
    }) as const;
  return {
    fetchMergedSince(project, since) {
      const page = mergeRequests.all({ ...changed(project, since), state: 'merged', perPage });
      return recent(page, { row: mergedAnswer, since }, api);
    },

    fetchIssuesOpenedSince(project, since) {
      const page = issues.all({
        projectId: project,
        scope: 'all',
        state: 'all',
        confidential: false,
        orderBy: 'created_at',
        sort: 'desc',
        createdAfter: since.toISOString(),
        perPage,
      });
      return recent(page, { row: openedAnswer, since }, api);
    },

    fetchIssuesClosedSince(project, since) {
      const page = issues.all({ ...changed(project, since), state: 'closed', confidential: false, perPage });
      return recent(page, { row: closedAnswer, since }, api);
    },

    fetchPipelinesSince(project, { ref, since }) {
      const updatedAfter = since.toISOString();
      const page = pipelines.all(project, { ref, updatedAfter, orderBy: 'id', sort: 'desc', perPage });
      return recent(page, { row: pipelineAnswer, since }, api);
    },

    fetchReleasesSince(project, since) {
      const page = releases.all(project, { orderBy: 'released_at', sort: 'desc', perPage });
      return recent(page, { row: releaseAnswer, since }, api);
    },
  };
}
