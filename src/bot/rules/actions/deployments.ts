import * as z from 'zod';
import type { BotAction } from '../../../model/bot-write.ts';
import type { DeploymentTrail } from '../../../model/deployment-trail.ts';
import type { Facts, KeyedIssue } from '../../../model/facts.ts';
import { mutedLabel } from '../../commands/mute.ts';
import { noteKey } from '../keys.ts';
import type { RuleAction } from '../rule.ts';
import type { ActionSpec } from './action-spec.ts';
import { endOf } from './told.ts';

/** All rules with this action share the comment. */
const key = noteKey('deployment-trail');
const day = 86_400_000;

/** Keys of the issues that the ready-made sets keep for the default branch. */
const branchIssues: readonly string[] = ['incident/default-branch', 'failing-default-branch'].map(noteKey);

/** A branch that has been in the same state for days has nothing new. */
function mayBeNews({ deployment, subject, pipeline, now }: Facts): boolean {
  if (deployment !== null) return deployment.status === 'success' || deployment.status === 'failed';
  if (subject !== null) return subject.kind === 'merge_request' && subject.state === 'merged';
  return pipeline !== null && now.getTime() - Date.parse(endOf(pipeline) ?? '') <= day;
}

/** The open issue about the branch, where the list of issues is known anyway. */
function issueOf(ownIssues: readonly KeyedIssue[]): number | null {
  const found = ownIssues.find(
    (issue) => branchIssues.includes(issue.key) && issue.state === 'opened' && !issue.confidential,
  );
  return found?.iid ?? null;
}

function withIssue(trail: DeploymentTrail, { ownIssues }: Facts): DeploymentTrail {
  const issue = issueOf(ownIssues ?? []);
  return { ...trail, failures: trail.failures.map((one) => ({ ...one, issue: one.issue ?? issue })) };
}

const trackDeployments: RuleAction = {
  name: 'track-deployments',
  usernames: [],
  needs: (_occurrence, facts) => (mayBeNews(facts) ? ['trail'] : []),
  plan: (_occurrence, facts) =>
    (facts.trail?.news ?? []).flatMap(({ mergeRequest, trail }): readonly BotAction[] => {
      const { on, url, labels } = mergeRequest;
      if (labels.includes(mutedLabel)) return [];
      const projectUrl = facts.project.url;
      return [{ do: 'trackDeployments', on, key, url, projectUrl, trail: withIssue(trail, facts) }];
    }),
  whyUnable: ({ trail }) =>
    trail === null || trail.omitted === 0
      ? null
      : `${trail.omitted} merge requests of this deployment get no comment: they were merged more than 90 days before it, or are beyond the newest 500`,
};

export const trackDeploymentsSpec: ActionSpec = {
  key: 'track-deployments',
  meaning:
    'keeps one comment on each merged merge request that says which environments it reached, when and with which deployment, and what followed: a rollback, a deployment of its commit that failed, a default branch that fails since its commit, a merge request that reverts it. For the events `deployment.success`, `deployment.failed`, `default_branch.failed`, `default_branch.recovered` and `merge_request.merged`',
  example: 'true',
  schema: z.lazy(() => z.literal(true).transform(() => trackDeployments)),
};
