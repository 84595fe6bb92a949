import { MergeRequests } from '@gitbeaker/rest';
import * as z from 'zod';
import { addressInProject } from '../../../model/project-address.ts';
import type { Actor, HistoryMergeRequest } from '../../../model/project-history.ts';
import type { Changed, History, HistoryPlace } from '../../ports/history.ts';
import type { Api } from '../../transport/api.ts';
import { requestsOnly, untyped } from '../../transport/gitbeaker-requester.ts';
import { walkPages } from '../../transport/pager.ts';
import { actorAnswer } from './actor.ts';
import { instant, instantOrNull } from './instant.ts';
import { maxPages } from './max-pages.ts';
import { waitingOn } from './waiting-on.ts';

const mergeRequests = new MergeRequests(requestsOnly);

const answer = z.object({
  iid: z.number().int(),
  title: z.string(),
  state: z.string(),
  author: actorAnswer,
  draft: z.boolean().nullish(),
  work_in_progress: z.boolean().nullish(),
  source_branch: z.string().nullish(),
  target_branch: z.string(),
  labels: z.array(z.string()).nullish(),
  created_at: instant,
  updated_at: instantOrNull,
  merged_at: instantOrNull,
  closed_at: instantOrNull,
  sha: z.string().nullish(),
  merge_commit_sha: z.string().nullish(),
  squash_commit_sha: z.string().nullish(),
  detailed_merge_status: z.string().nullish(),
  has_conflicts: z.boolean().nullish(),
  blocking_discussions_resolved: z.boolean().nullish(),
  reviewers: z.array(actorAnswer).nullish(),
});

type Answer = z.infer<typeof answer>;

/** A fast-forward merge has no commit of its own: then the last one of the branch, or its squash, came in. */
function mergeShaOf(row: Answer): string | null {
  if (row.state !== 'merged') return null;
  return row.merge_commit_sha ?? row.squash_commit_sha ?? row.sha ?? null;
}

function peopleOf(actors: readonly Actor[]): readonly string[] {
  return actors.flatMap(({ username, isBot }) => (isBot ? [] : [username]));
}

function mergeRequestOf(row: Answer, of: HistoryPlace): HistoryMergeRequest {
  const isDraft = row.draft ?? row.work_in_progress ?? false;
  return {
    iid: row.iid,
    title: row.title,
    url: addressInProject(of.url, 'merge_requests', row.iid),
    author: row.author,
    state: row.state,
    isDraft,
    sourceBranch: row.source_branch ?? '',
    targetBranch: row.target_branch,
    labels: row.labels ?? [],
    createdAt: row.created_at,
    mergedAt: row.merged_at,
    closedAt: row.closed_at,
    mergeSha: mergeShaOf(row),
    waitingOn:
      row.state === 'opened'
        ? waitingOn({
            isDraft,
            status: row.detailed_merge_status ?? null,
            hasConflicts: row.has_conflicts ?? false,
            hasOpenThreads: row.blocking_discussions_resolved === false,
            reviewers: row.reviewers?.length ?? 0,
          })
        : null,
    reviewers: row.state === 'opened' ? peopleOf(row.reviewers ?? []) : [],
    details: null,
  };
}

function rowOf(of: HistoryPlace): z.ZodType<Changed<HistoryMergeRequest>> {
  return answer.transform((row) => ({
    changedAt: row.updated_at ?? row.created_at,
    thing: mergeRequestOf(row, of),
  }));
}

/** Source: https://docs.gitlab.com/api/merge_requests/#list-project-merge-requests */
export function createMergeRequestHistory(
  api: Api,
): Pick<History, 'fetchMergeRequestPages' | 'fetchOpenMergeRequestPages'> {
  return {
    fetchMergeRequestPages(of, changedSince) {
      const list = mergeRequests.all({
        projectId: of.id,
        scope: 'all',
        ...untyped({ state: 'all' }),
        orderBy: 'updated_at',
        sort: 'desc',
        updatedAfter: new Date(changedSince).toISOString(),
      });
      return walkPages({ list, row: rowOf(of), maxPages }, api);
    },

    fetchOpenMergeRequestPages(of) {
      const list = mergeRequests.all({
        projectId: of.id,
        scope: 'all',
        state: 'opened',
        orderBy: 'created_at',
        sort: 'asc',
      });
      return walkPages({ list, row: rowOf(of), maxPages }, api);
    },
  };
}
