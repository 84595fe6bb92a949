import type { GitLab } from './ports/port.ts';
import { createActivity } from './resources/activity.ts';
import { createArtifacts } from './resources/artifacts.ts';
import { createBackports } from './resources/backports.ts';
import { createBlame } from './resources/blame.ts';
import { createCiControl } from './resources/ci-control.ts';
import { createCommits } from './resources/commits.ts';
import { createConversations } from './resources/conversations.ts';
import { createDeployments } from './resources/deployments.ts';
import { createDiffs } from './resources/diffs.ts';
import { createEvidence } from './resources/evidence.ts';
import { createHeadPipelines } from './resources/head-pipelines.ts';
import { createLazyHistory } from './resources/history/lazy.ts';
import { createIdentity } from './resources/identity.ts';
import { createJobReports } from './resources/job-reports.ts';
import { createMergeRequests } from './resources/merge-requests.ts';
import { createNotes } from './resources/notes.ts';
import { createShortcuts } from './resources/notes-and-issue.ts';
import { createOwnerGroups } from './resources/owner-groups.ts';
import { createPeople } from './resources/people.ts';
import { createPipelines } from './resources/pipelines.ts';
import { createLazyReleases } from './resources/releases/lazy.ts';
import { createRepository } from './resources/repository.ts';
import { createReviews } from './resources/reviews.ts';
import { createSearch } from './resources/search.ts';
import { createSetup } from './resources/setup.ts';
import { createStatuses } from './resources/statuses.ts';
import { createTraces } from './resources/traces.ts';
import { createUsers } from './resources/users.ts';
import { createWikis } from './resources/wikis.ts';
import { createWorkItems } from './resources/work-items.ts';
import type { Api } from './transport/api.ts';
import { type CallLimits, createCall } from './transport/call.ts';
import type { EarlyUser } from './transport/early-user.ts';
import { defaultBudget, type LineOptions, openLine } from './transport/open-line.ts';
import type { BudgetLimits, RequestBudget } from './transport/request-budget.ts';
import { createSignature } from './transport/signature.ts';

export interface RequestLimits extends CallLimits, BudgetLimits {
  /** Of one answer, decoded; artifacts have their own bound. */
  readonly maxAnswerBytes: number;
}

export interface ConnectOptions extends LineOptions {
  /** What differs from `defaultLimits`. */
  readonly limits?: Partial<RequestLimits>;
  /** What was already asked with these options; null for nothing. */
  readonly early?: EarlyUser | null;
  /** One that several connections have in common; by default each has its own. */
  readonly budget?: RequestBudget;
}

const defaultLimits: RequestLimits = {
  maxTries: 6,
  maxTotalMs: 120_000,
  connectTimeoutMs: 10_000,
  // GitLab itself ends requests after a minute.
  responseTimeoutMs: 60_000,
  ...defaultBudget,
  maxAnswerBytes: 64 * 1024 * 1024,
};

/**
 * GitLab over its REST API. Nothing is sent before the first question, unless it was sent early. Throws `UsageError`
 * for a text that is not an address.
 */
export function connectGitLab(options: ConnectOptions): GitLab {
  const { token, clock, log, early = null } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const line = early?.line ?? openLine(options, limits);
  const { mask } = line;
  const budget = options.budget ?? line.budget;
  const speaker = { kind: token.kind, variable: token.variable, mask };
  const call = createCall({ ...line, budget, speaker, limits, log });
  const maxBytes = limits.maxAnswerBytes;
  const api: Api = { call, signature: createSignature(token.value), clock, log, maxBytes };
  const { remember, ...users } = createUsers(api, early?.answer);
  const version = options.variables['CI_SERVER_VERSION'];
  const diffs = createDiffs(api);
  return {
    ...users,
    ...createNotes(api, users),
    ...createStatuses(api),
    ...createMergeRequests(api),
    ...createPipelines(api, version),
    ...createArtifacts(api),
    ...createWikis(api),
    ...createJobReports(api),
    ...createTraces(api),
    ...createCommits(api),
    ...createBlame(api),
    ...diffs,
    ...createRepository(api),
    ...createHeadPipelines(api),
    ...createActivity(api),
    ...createLazyHistory(api),
    ...createSearch(api),
    ...createShortcuts(api, version, remember),
    ...createIdentity(api),
    ...createCiControl(api),
    ...createBackports(api),
    ...createDeployments(api),
    ...createConversations(api, users),
    ...createEvidence(api),
    ...createWorkItems(api, users),
    ...createPeople(api),
    ...createOwnerGroups(api),
    ...createSetup(api),
    ...createReviews(api),
    ...createLazyReleases(api),
    tokenKind: token.kind,
    requestCount: () => budget.count(),
    requestsRemaining: () => budget.remaining(),
  };
}
