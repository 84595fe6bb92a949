import { Issues, MergeRequests, ProjectMilestones } from '@gitbeaker/rest';
import * as z from 'zod';
import type { Noteable } from '../../model/noteable.ts';
import type { Users } from '../ports/port.ts';
import type { OpenWorkFilter, WorkItemEdit, WorkItems } from '../ports/work-items.ts';
import type { Api } from '../transport/api.ts';
import { getJson } from '../transport/get-json.ts';
import { requestsOnly, untyped } from '../transport/gitbeaker-requester.ts';
import { nullIfGone } from '../transport/null-if-gone.ts';
import { readPages } from '../transport/read-pages.ts';
import { askJson } from '../transport/send-json.ts';
import { createApprovals } from './approvals.ts';
import { commitFactsAnswer } from './commit-answers.ts';
import { createIssues } from './issues.ts';
import { labelsAfter } from './labels-after.ts';
import {
  issueFactsAnswer,
  issueFactsOf,
  linkedIssueAnswer,
  mergeRequestFactsAnswer,
  mergeRequestFactsOf,
} from './work-item-facts.ts';

const issues = new Issues(requestsOnly);
const mergeRequests = new MergeRequests(requestsOnly);
const milestones = new ProjectMilestones(requestsOnly);

const milestoneAnswer = z.lazy(() => z.object({ id: z.number().int(), title: z.string() }));

/** 500 commits, milestones or issues. */
const maxPages = 5;

/** The value by which GitLab's API takes everybody off. Source: https://docs.gitlab.com/api/merge_requests/#update-a-merge-request */
function idsBody(ids: readonly number[]): number[] {
  return ids.length === 0 ? [0] : [...ids];
}

function editOf(edit: WorkItemEdit) {
  const { title, description, addLabels, removeLabels, assigneeIds, reviewerIds, milestoneId, state } = edit;
  return {
    title,
    description,
    addLabels: addLabels?.join(','),
    removeLabels: removeLabels?.join(','),
    assigneeIds: assigneeIds && idsBody(assigneeIds),
    reviewerIds: reviewerIds && idsBody(reviewerIds),
    milestoneId,
    stateEvent: state && (state === 'closed' ? ('close' as const) : ('reopen' as const)),
  };
}

function openWork({ updatedAfter, updatedBefore }: OpenWorkFilter) {
  return {
    state: 'opened',
    scope: 'all',
    orderBy: 'updated_at',
    sort: 'desc',
    ...(updatedAfter === undefined ? {} : { updatedAfter: updatedAfter.toISOString() }),
    ...(updatedBefore === undefined ? {} : { updatedBefore: updatedBefore.toISOString() }),
  } as const;
}

type Reads = Pick<
  WorkItems,
  'fetchMergeRequestFacts' | 'fetchIssueFacts' | 'fetchOpenMergeRequests' | 'fetchOpenIssues'
>;

function createReads(api: Api): Reads {
  const pagesFor = (max: number): number => Math.max(1, Math.ceil(max / 100));
  return {
    async fetchMergeRequestFacts(project, iid) {
      const question = mergeRequests.show(project, iid);
      const answer = await nullIfGone(getJson(api, question, mergeRequestFactsAnswer));
      return answer === null ? null : mergeRequestFactsOf(answer);
    },

    async fetchIssueFacts(project, iid) {
      const question = issues.show(iid, { projectId: project });
      const answer = await nullIfGone(getJson(api, question, issueFactsAnswer));
      return answer === null ? null : issueFactsOf(answer);
    },

    async fetchOpenMergeRequests(project, filter) {
      const list = mergeRequests.all({ projectId: project, ...openWork(filter) });
      const request = { list, row: mergeRequestFactsAnswer };
      const rows = await readPages({ ...request, maxPages: pagesFor(filter.max) }, api, filter.max);
      return rows.map(mergeRequestFactsOf);
    },

    async fetchOpenIssues(project, filter) {
      const list = issues.all({ projectId: project, ...openWork(filter) });
      const request = { list, row: issueFactsAnswer };
      const rows = await readPages({ ...request, maxPages: pagesFor(filter.max) }, api, filter.max);
      return rows.map(issueFactsOf);
    },
  };
}

/**
 * The part of the port about merge requests and issues as the bot sees and changes them. Sources: https://docs.gitlab.com/api/merge_requests/,
 * https://docs.gitlab.com/api/issues/, https://docs.gitlab.com/api/milestones/
 */
export function createWorkItems(api: Api, users: Users): WorkItems {
  return {
    ...createReads(api),
    ...createIssues(api),
    ...createApprovals(api, users),

    async editWorkItem({ kind, project, iid }: Noteable, edit) {
      const resource = kind === 'issue' ? issues : mergeRequests;
      return askJson(resource.edit(project, iid, editOf(edit)), labelsAfter, api);
    },

    async fetchClosedIssues(project, iid) {
      const list = mergeRequests.allIssuesClosed(project, iid);
      return (await readPages({ list, row: linkedIssueAnswer, maxPages }, api)).flat();
    },

    async fetchCommitsOf(project, iid) {
      const list = mergeRequests.allCommits(project, iid);
      return readPages({ list, row: commitFactsAnswer, maxPages }, api);
    },

    async fetchMilestones(project) {
      const list = milestones.all(project, { state: 'active', ...untyped({ include_ancestors: true }) });
      return readPages({ list, row: milestoneAnswer, maxPages }, api);
    },
  };
}
