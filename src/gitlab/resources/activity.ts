import { Events, Issues, MergeRequests, Projects } from '@gitbeaker/rest';
import * as z from 'zod';
import type { Noteable } from '../../model/noteable.ts';
import type { Activity, RecentComment, WorkFilter } from '../ports/activity.ts';
import type { Api } from '../transport/api.ts';
import { requestsOnly, untyped } from '../transport/gitbeaker-requester.ts';
import { fetchPages } from '../transport/pager.ts';
import { readPages } from '../transport/read-pages.ts';
import { projectAnswer, projectOf } from './repository.ts';

const commentAnswer = z.lazy(() =>
  z.object({
    note: z
      .object({
        id: z.number().int(),
        body: z.string().nullish(),
        system: z.boolean().nullish(),
        noteable_type: z.string().nullish(),
        noteable_iid: z.number().int().nullish(),
      })
      .nullish(),
  }),
);
const workAnswer = z.object({ iid: z.number().int() });

const maxCommentPages = 10;
const maxProjectPages = 10;
const dayMilliseconds = 86_400_000;

const events = new Events(requestsOnly);
const issues = new Issues(requestsOnly);
const mergeRequests = new MergeRequests(requestsOnly);
const projects = new Projects(requestsOnly);

const kinds: Readonly<Record<string, Noteable['kind']>> = {
  MergeRequest: 'merge_request',
  Issue: 'issue',
  WorkItem: 'issue',
};

function commentOf({ note }: z.infer<typeof commentAnswer>, project: number): readonly RecentComment[] {
  const kind = kinds[note?.noteable_type ?? ''];
  const iid = note?.noteable_iid;
  if (!note || kind === undefined || !iid || note.system === true) return [];
  return [{ noteId: note.id, on: { kind, project, iid }, text: note.body ?? '' }];
}

/** `after` is a day and excludes it. Source: https://docs.gitlab.com/api/events/#list-all-visible-events-for-a-project */
async function fetchRecentComments(
  project: number,
  since: Date,
  api: Api,
): Promise<readonly RecentComment[]> {
  const after = new Date(since.getTime() - dayMilliseconds).toISOString().slice(0, 10);
  const list = events.all({ projectId: project, action: 'commented', after, sort: 'desc' });
  const comments: RecentComment[] = [];
  for await (const page of fetchPages({ list, row: commentAnswer, maxPages: maxCommentPages }, api))
    comments.push(...page.flatMap((row) => commentOf(row, project)));
  return comments;
}

async function fetchWork(project: number, filter: WorkFilter, api: Api): Promise<readonly Noteable[]> {
  const { kind, state, since, max } = filter;
  const query = {
    projectId: project,
    scope: 'all',
    ...untyped({ state }),
    orderBy: 'updated_at',
    sort: 'desc',
    ...(since === null ? {} : { updatedAfter: since.toISOString() }),
  } as const;
  const list = kind === 'issue' ? issues.all(query) : mergeRequests.all(query);
  const found: Noteable[] = [];
  const maxPages = Math.ceil(max / 100);
  for await (const page of fetchPages({ list, row: workAnswer, maxPages }, api)) {
    found.push(...page.map(({ iid }) => ({ kind, project, iid })));
    if (found.length >= max) break;
  }
  return found.slice(0, max);
}

/**
 * The part of the port about what went on lately. Sources: https://docs.gitlab.com/api/events/,
 * https://docs.gitlab.com/api/merge_requests/, https://docs.gitlab.com/api/issues/, https://docs.gitlab.com/api/projects/
 */
export function createActivity(api: Api): Activity {
  return {
    fetchRecentComments: (project, since) => fetchRecentComments(project, since, api),

    fetchWork: (project, filter) => fetchWork(project, filter, api),

    async fetchOwnProjects() {
      const list = projects.all({ membership: true, archived: false, orderBy: 'id', sort: 'asc' });
      const own = await readPages({ list, row: projectAnswer, maxPages: maxProjectPages }, api);
      return own.map(projectOf);
    },
  };
}
