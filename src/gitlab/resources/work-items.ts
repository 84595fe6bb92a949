import * as z from 'zod';
import type { ChangesFacts, CommitFacts } from '../../model/facts.ts';
import type { Noteable } from '../../model/noteable.ts';
import type { DiffPart, Diffs, Users } from '../ports/port.ts';
import type { OpenWorkFilter, WorkItemEdit, WorkItems } from '../ports/work-items.ts';
import { type Api, projectPath } from '../transport/api.ts';
import { getJson } from '../transport/get-json.ts';
import { nullIfGone } from '../transport/null-if-gone.ts';
import { readPages } from '../transport/read-pages.ts';
import { send } from '../transport/send-json.ts';
import { createApprovals } from './approvals.ts';
import { createIssues } from './issues.ts';
import { noteablePath } from './noteable-path.ts';
import {
  issueFactsAnswer,
  issueFactsOf,
  linkedIssueAnswer,
  mergeRequestFactsAnswer,
  mergeRequestFactsOf,
} from './work-item-facts.ts';

const commitAnswer = z
  .object({
    id: z.string(),
    title: z.string().nullish(),
    message: z.string().nullish(),
    author_name: z.string().nullish(),
  })
  .transform(
    ({ id: sha, title, message, author_name: authorName }): CommitFacts => ({
      sha,
      title: title ?? '',
      message: message ?? title ?? '',
      authorName: authorName ?? '',
    }),
  );

const milestoneAnswer = z.object({ id: z.number().int(), title: z.string() });

/** 500 commits, milestones or issues. */
const maxPages = 5;
/** GitLab gives at most 3,000 files of a diff. */
const maxFiles = 3_000;

/** How GitLab's API is told to take everybody off. Source: https://docs.gitlab.com/api/merge_requests/#update-a-merge-request */
function idsBody(ids: readonly number[]): readonly number[] {
  return ids.length === 0 ? [0] : ids;
}

function editBody(edit: WorkItemEdit): object {
  const { title, description, addLabels, removeLabels, assigneeIds, reviewerIds, milestoneId, state } = edit;
  return {
    title,
    description,
    add_labels: addLabels?.join(','),
    remove_labels: removeLabels?.join(','),
    assignee_ids: assigneeIds && idsBody(assigneeIds),
    reviewer_ids: reviewerIds && idsBody(reviewerIds),
    milestone_id: milestoneId,
    state_event: state && (state === 'closed' ? 'close' : 'reopen'),
  };
}

function openWork({ updatedAfter, updatedBefore }: OpenWorkFilter): Readonly<Record<string, string>> {
  return {
    state: 'opened',
    scope: 'all',
    order_by: 'updated_at',
    sort: 'desc',
    ...(updatedAfter === undefined ? {} : { updated_after: updatedAfter.toISOString() }),
    ...(updatedBefore === undefined ? {} : { updated_before: updatedBefore.toISOString() }),
  };
}

/** Lines of hunks that begin with a sign; what is before the first hunk is not a line of a file. */
function countLines(patches: readonly string[], sign: '+' | '-'): number {
  const pattern = sign === '+' ? /^\+/gm : /^-/gm;
  return patches.reduce((sum, patch) => {
    const start = patch.search(/^@@/m);
    return start < 0 ? sum : sum + (patch.slice(start).match(pattern)?.length ?? 0);
  }, 0);
}

function changesOf(parts: readonly DiffPart[]): ChangesFacts {
  const patches = parts.every(({ complete }) => complete) ? parts.map(({ patch }) => patch) : null;
  return {
    files: parts.map(({ newPath: path, oldPath, change }) => ({ path, oldPath, change })),
    additions: patches && countLines(patches, '+'),
    deletions: patches && countLines(patches, '-'),
    complete: parts.length < maxFiles,
  };
}

type Reads = Pick<
  WorkItems,
  'fetchMergeRequestFacts' | 'fetchIssueFacts' | 'fetchOpenMergeRequests' | 'fetchOpenIssues'
>;

function createReads(api: Api): Reads {
  const pagesFor = (max: number): number => Math.max(1, Math.ceil(max / 100));
  return {
    async fetchMergeRequestFacts(project, iid) {
      const path = noteablePath({ kind: 'merge_request', project, iid });
      const answer = await nullIfGone(getJson(api, { path }, mergeRequestFactsAnswer));
      return answer === null ? null : mergeRequestFactsOf(answer);
    },

    async fetchIssueFacts(project, iid) {
      const path = noteablePath({ kind: 'issue', project, iid });
      const answer = await nullIfGone(getJson(api, { path }, issueFactsAnswer));
      return answer === null ? null : issueFactsOf(answer);
    },

    async fetchOpenMergeRequests(project, filter) {
      const path = `${projectPath(project)}/merge_requests`;
      const request = { path, query: openWork(filter), row: mergeRequestFactsAnswer };
      const rows = await readPages({ ...request, maxPages: pagesFor(filter.max) }, api, filter.max);
      return rows.map(mergeRequestFactsOf);
    },

    async fetchOpenIssues(project, filter) {
      const path = `${projectPath(project)}/issues`;
      const request = { path, query: openWork(filter), row: issueFactsAnswer };
      const rows = await readPages({ ...request, maxPages: pagesFor(filter.max) }, api, filter.max);
      return rows.map(issueFactsOf);
    },
  };
}

/**
 * The part of the port about merge requests and issues as the bot sees and changes them. Sources: https://docs.gitlab.com/api/merge_requests/,
 * https://docs.gitlab.com/api/issues/, https://docs.gitlab.com/api/milestones/
 */
export function createWorkItems(api: Api, users: Users, diffs: Diffs): WorkItems {
  const ofMergeRequest = (project: number, iid: number): string =>
    noteablePath({ kind: 'merge_request', project, iid });
  return {
    ...createReads(api),
    ...createIssues(api),
    ...createApprovals(api, users),

    async editWorkItem(on: Noteable, edit) {
      await send({ method: 'PUT', path: noteablePath(on), body: editBody(edit) }, api);
    },

    async fetchClosedIssues(project, iid) {
      const path = `${ofMergeRequest(project, iid)}/closes_issues`;
      return (await readPages({ path, query: {}, row: linkedIssueAnswer, maxPages }, api)).flat();
    },

    async fetchChanges(project, iid) {
      const parts: DiffPart[] = [];
      for await (const page of diffs.fetchDiffPages({ project, iid })) parts.push(...page);
      return changesOf(parts);
    },

    async fetchCommitsOf(project, iid) {
      const path = `${ofMergeRequest(project, iid)}/commits`;
      return readPages({ path, query: {}, row: commitAnswer, maxPages }, api);
    },

    async fetchMilestones(project) {
      const path = `${projectPath(project)}/milestones`;
      const query = { state: 'active', include_ancestors: 'true' };
      return readPages({ path, query, row: milestoneAnswer, maxPages }, api);
    },
  };
}
