import { MergeRequestApprovals, MergeRequests } from '@gitbeaker/rest';
import * as z from 'zod';
import { GitLabRefusedError } from '../../errors.ts';
import type { ReviewFacts } from '../../model/facts.ts';
import type { Person } from '../../model/person.ts';
import type { Users } from '../ports/port.ts';
import type { WorkItems } from '../ports/work-items.ts';
import type { Api } from '../transport/api.ts';
import { createOnce } from '../transport/create-once.ts';
import { getJson } from '../transport/get-json.ts';
import { requestsOnly } from '../transport/gitbeaker-requester.ts';
import { send } from '../transport/send-json.ts';
import { personAnswer } from './person-answer.ts';

const approvals = new MergeRequestApprovals(requestsOnly);
const mergeRequests = new MergeRequests(requestsOnly);

const approvalsAnswer = z.lazy(() =>
  z.object({ approved_by: z.array(z.object({ user: personAnswer })).nullish() }),
);

const reviewsAnswer = z.lazy(() =>
  z.array(
    z
      .object({ user: personAnswer, state: z.string().nullish() })
      .transform(({ user, state }): ReviewFacts => ({ reviewer: user, state: state ?? 'unreviewed' })),
  ),
);

/**
 * The part of the port about approvals and reviews. Sources: https://docs.gitlab.com/api/merge_request_approvals/,
 * https://docs.gitlab.com/api/merge_requests/#retrieve-merge-request-reviewers
 */
export function createApprovals(
  api: Api,
  users: Users,
): Pick<WorkItems, 'fetchApprovers' | 'approve' | 'fetchReviews'> {
  async function fetchApprovers(project: number, iid: number): Promise<readonly Person[]> {
    const question = approvals.showConfiguration(project, { mergerequestIId: iid });
    const answer = await getJson(api, question, approvalsAnswer);
    return (answer.approved_by ?? []).map(({ user }) => user);
  }

  async function isApproved(project: number, iid: number): Promise<boolean> {
    const [{ id }, approvers] = await Promise.all([users.fetchCurrentUser(), fetchApprovers(project, iid)]);
    return approvers.some((person) => person.id === id);
  }

  /** GitLab answers 401 to a second approval as to one that is not allowed. */
  async function approve(project: number, iid: number, sha: string): Promise<'approved' | 'there'> {
    try {
      await send(approvals.approve(project, iid, { sha }), api);
      return 'approved';
    } catch (error) {
      const isUnclear = error instanceof GitLabRefusedError && error.status === 401;
      if (isUnclear && (await isApproved(project, iid))) return 'there';
      throw error;
    }
  }

  return {
    fetchApprovers,
    fetchReviews: (project, iid) => getJson(api, mergeRequests.showReviewers(project, iid), reviewsAnswer),
    approve: (project, iid, sha) =>
      createOnce(
        {
          create: () => approve(project, iid, sha),
          findLanded: async () => ((await isApproved(project, iid)) ? 'approved' : null),
        },
        api.clock,
      ),
  };
}
