import { UsageError } from '../errors.ts';
import type { Clock, Log } from '../io/port.ts';
import { isGitLabJob } from '../model/gitlab-job.ts';
import type { GitLab } from './ports/port.ts';
import { createActivity } from './resources/activity.ts';
import { createArtifacts } from './resources/artifacts.ts';
import { createBackports } from './resources/backports.ts';
import { createCiControl } from './resources/ci-control.ts';
import { createCommits } from './resources/commits.ts';
import { createConversations } from './resources/conversations.ts';
import { createDiffs } from './resources/diffs.ts';
import { createEvidence } from './resources/evidence.ts';
import { createHeadPipelines } from './resources/head-pipelines.ts';
import { createIdentity } from './resources/identity.ts';
import { createJobReports } from './resources/job-reports.ts';
import { createMergeRequests } from './resources/merge-requests.ts';
import { createNotes } from './resources/notes.ts';
import { createPeople } from './resources/people.ts';
import { createPipelines } from './resources/pipelines.ts';
import { createRepository } from './resources/repository.ts';
import { createReviews } from './resources/reviews.ts';
import { createSearch } from './resources/search.ts';
import { createSetup } from './resources/setup.ts';
import { createStatuses } from './resources/statuses.ts';
import { createTraces } from './resources/traces.ts';
import { createUsers } from './resources/users.ts';
import { createWorkItems } from './resources/work-items.ts';
import type { Api } from './transport/api.ts';
import type { Audit } from './transport/audit.ts';
import { type CallLimits, createCall } from './transport/call.ts';
import { createConnections } from './transport/connections.ts';
import { proxyFor } from './transport/proxy.ts';
import { type BudgetLimits, createRequestBudget, type RequestBudget } from './transport/request-budget.ts';
import { createSignature } from './transport/signature.ts';
import { createTokenMask } from './transport/token-mask.ts';

export interface RequestLimits extends CallLimits, BudgetLimits {
  /** Of one answer, decoded; artifacts have their own bound. */
  readonly maxAnswerBytes: number;
}

export interface ConnectOptions {
  /** `https://gitlab.example.com/gitlab/api/v4`. */
  readonly apiUrl: string;
  readonly token: {
    readonly kind: 'bot' | 'job';
    readonly value: string;
    /** Name of the variable that the token came from, for messages. */
    readonly variable: string;
  };
  readonly log: Log;
  readonly clock: Clock;
  readonly audit: Audit;
  /** Path of the PEM file with the instance's certificate authority (`CI_SERVER_TLS_CA_FILE`); null for none. */
  readonly caFile: string | null;
  /** Where the proxy variables and `NODE_EXTRA_CA_CERTS` are looked up. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** What differs from `defaultLimits`. */
  readonly limits?: Partial<RequestLimits>;
  /** One that several connections have in common; by default each has its own. */
  readonly budget?: RequestBudget;
}

const defaultLimits: RequestLimits = {
  maxTries: 6,
  maxTotalMs: 120_000,
  connectTimeoutMs: 10_000,
  // GitLab itself ends requests after a minute.
  responseTimeoutMs: 60_000,
  maxRequestsPerMinute: 600,
  maxInFlight: 10,
  maxAnswerBytes: 64 * 1024 * 1024,
};

/**
 * GitLab over its REST API. Nothing is sent before the first question. Access tokens go as `Authorization: Bearer`,
 * which even other clients drop at a foreign origin; job tokens have a header of their own. Throws `UsageError` for
 * a text that is not an address. Source: https://docs.gitlab.com/api/rest/authentication/
 */
export function connectGitLab(options: ConnectOptions): GitLab {
  const { token, clock, log } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const mask = createTokenMask(token.value);
  const budget = options.budget ?? createRequestBudget(limits, clock);
  const call = createCall({
    apiUrl: apiAddress(options),
    credential:
      token.kind === 'bot' ? { authorization: `Bearer ${token.value}` } : { 'job-token': token.value },
    connections: createConnections(options),
    budget,
    clock,
    audit: options.audit,
    mask,
    speaker: { kind: token.kind, variable: token.variable, mask },
    limits,
    log,
  });
  const maxBytes = limits.maxAnswerBytes;
  const api: Api = { call, signature: createSignature(token.value), clock, log, maxBytes };
  const users = createUsers(api);
  const diffs = createDiffs(api);
  return {
    ...users,
    ...createNotes(api, users),
    ...createStatuses(api),
    ...createMergeRequests(api),
    ...createPipelines(api, options.variables['CI_SERVER_VERSION']),
    ...createArtifacts(api),
    ...createJobReports(api),
    ...createTraces(api),
    ...createCommits(api),
    ...diffs,
    ...createRepository(api),
    ...createHeadPipelines(api),
    ...createActivity(api),
    ...createSearch(api),
    ...createIdentity(api),
    ...createCiControl(api),
    ...createBackports(api),
    ...createConversations(api, users),
    ...createEvidence(api),
    ...createWorkItems(api, users),
    ...createPeople(api),
    ...createSetup(api),
    ...createReviews(api),
    tokenKind: token.kind,
    requestCount: () => budget.count(),
    requestsRemaining: () => budget.remaining(),
  };
}

/** The API's address, which has a path, without a slash at its end. */
function apiAddress({ apiUrl, variables }: ConnectOptions): URL {
  const address = URL.canParse(apiUrl) ? new URL(apiUrl.replace(/\/+$/, '')) : null;
  const isApi =
    address !== null && /^https?:$/.test(address.protocol) && address.pathname.endsWith('/api/v4');
  if (isApi) {
    checkProxy(address, variables);
    return address;
  }
  throw new UsageError(`CI_API_V4_URL is not the address of GitLab's API: ${apiUrl.slice(0, 200)}`, {
    hint: 'It is like https://gitlab.example.com/api/v4; inside a job GitLab sets it.',
  });
}

/** Without TLS a proxy gets the whole request, and in a job the variable that names one can be anybody's. */
function checkProxy(apiUrl: URL, variables: ConnectOptions['variables']): void {
  if (apiUrl.protocol !== 'http:' || !isGitLabJob(variables) || !hasProxy(apiUrl, variables)) return;
  throw new UsageError(
    'a proxy variable leads requests without TLS to another server, which would get the token',
    {
      hint: 'use the https: address of GitLab, or name its host in NO_PROXY',
    },
  );
}

/** One that cannot be used is one, too. */
function hasProxy(url: URL, variables: ConnectOptions['variables']): boolean {
  try {
    return proxyFor(url, variables) !== null;
  } catch {
    return true;
  }
}
