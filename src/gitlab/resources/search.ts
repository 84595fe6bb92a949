import { Groups, Issues, Projects } from '@gitbeaker/rest';
import * as z from 'zod';
import type { Found, ProjectSearch, Search } from '../ports/search.ts';
import type { Api } from '../transport/api.ts';
import { getJson } from '../transport/get-json.ts';
import { requestsOnly } from '../transport/gitbeaker-requester.ts';
import { fetchPages } from '../transport/pager.ts';
import { readPages } from '../transport/read-pages.ts';

const groups = new Groups(requestsOnly);
const issues = new Issues(requestsOnly);
const projects = new Projects(requestsOnly);

const issueAnswer = z.lazy(() =>
  z
    .object({
      iid: z.number().int(),
      title: z.string(),
      web_url: z.string(),
      state: z.string(),
      references: z.object({ full: z.string() }).nullish(),
    })
    .transform(
      ({ iid, title, web_url: url, state, references }): Found => ({
        iid,
        title,
        url,
        state,
        project: (references?.full ?? '').replace(/#\d+$/, ''),
      }),
    ),
);

const projectAnswer = z.lazy(() =>
  z.object({
    path_with_namespace: z.string(),
    name_with_namespace: z.string(),
    web_url: z.string(),
    archived: z.boolean().nullish(),
    marked_for_deletion_on: z.string().nullish(),
  }),
);

const maxPages = 100;

/** Sources: https://docs.gitlab.com/api/projects/#list-all-projects, https://docs.gitlab.com/api/groups/#list-projects */
async function searchProjects(
  { query, group, subgroups, limit }: ProjectSearch,
  api: Api,
): ReturnType<Search['searchProjects']> {
  const words = query === '' ? {} : { search: query };
  const order = { orderBy: 'last_activity_at', sort: 'desc' } as const;
  const list =
    group === null
      ? projects.all({ ...words, membership: true, ...order })
      : groups.allProjects(group, { ...words, includeSubgroups: subgroups, withShared: false, ...order });
  const found: Found[] = [];
  let leftOut = 0;
  for await (const page of fetchPages({ list, row: projectAnswer, maxPages }, api)) {
    const living = page.filter((one) => one.archived !== true && !one.marked_for_deletion_on);
    leftOut += page.length - living.length;
    for (const one of living)
      found.push({
        iid: null,
        project: one.path_with_namespace,
        title: one.name_with_namespace,
        url: one.web_url,
        state: null,
      });
    if (found.length >= limit) break;
  }
  return { found: found.slice(0, limit), leftOut };
}

/** The part of the port that finds things. Source: https://docs.gitlab.com/api/issues/#list-all-project-issues */
export function createSearch(api: Api): Search {
  return {
    async searchIssues(project, { query, limit }) {
      if (typeof query === 'number') {
        const question = issues.all({ projectId: project, scope: 'all', iids: [query] });
        return getJson(api, question, z.array(issueAnswer));
      }
      const list = issues.all({
        projectId: project,
        scope: 'all',
        search: query,
        in: 'title,description',
        orderBy: 'created_at',
        sort: 'desc',
      });
      return readPages({ list, row: issueAnswer, maxPages }, api, limit);
    },
    searchProjects: (search) => searchProjects(search, api),
  };
}
