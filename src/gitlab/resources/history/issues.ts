import { Issues } from '@gitbeaker/rest';
import * as z from 'zod';
import { addressInProject } from '../../../model/project-address.ts';
import type { HistoryIssue } from '../../../model/project-history.ts';
import type { Changed, History, HistoryPlace } from '../../ports/history.ts';
import type { Api } from '../../transport/api.ts';
import { requestsOnly } from '../../transport/gitbeaker-requester.ts';
import { walkPages } from '../../transport/pager.ts';
import { instant, instantOrNull } from './instant.ts';
import { maxPages } from './max-pages.ts';
import { withoutNull } from './without-null.ts';

const issues = new Issues(requestsOnly);

const answer = z.object({
  iid: z.number().int(),
  title: z.string(),
  confidential: z.boolean().nullish(),
  issue_type: z.string().nullish(),
  labels: z.array(z.string()).nullish(),
  created_at: instant,
  updated_at: instantOrNull,
  closed_at: instantOrNull,
});

/** GitLab was asked to omit confidential ones; an old one that does not know how is not believed: those stay null. */
function rowOf(of: HistoryPlace): z.ZodType<Changed<HistoryIssue> | null> {
  return answer.transform((row) =>
    row.confidential === true
      ? null
      : {
          changedAt: row.updated_at ?? row.created_at,
          thing: {
            iid: row.iid,
            title: row.title,
            url: addressInProject(of.url, 'issues', row.iid),
            kind: row.issue_type ?? 'issue',
            labels: row.labels ?? [],
            createdAt: row.created_at,
            closedAt: row.closed_at,
          },
        },
  );
}

/** Source: https://docs.gitlab.com/api/issues/#list-all-project-issues */
export function createIssueHistory(api: Api): Pick<History, 'fetchIssuePages' | 'fetchOpenIssuePages'> {
  return {
    fetchIssuePages(of, changedSince) {
      const list = issues.all({
        projectId: of.id,
        scope: 'all',
        state: 'all',
        confidential: false,
        orderBy: 'updated_at',
        sort: 'desc',
        updatedAfter: new Date(changedSince).toISOString(),
      });
      return withoutNull(walkPages({ list, row: rowOf(of), maxPages }, api));
    },

    fetchOpenIssuePages(of) {
      const list = issues.all({
        projectId: of.id,
        scope: 'all',
        state: 'opened',
        confidential: false,
        orderBy: 'created_at',
        sort: 'asc',
      });
      return withoutNull(walkPages({ list, row: rowOf(of), maxPages }, api));
    },
  };
}
