import { UsageError } from '../../errors.ts';
import type { Clock, Log } from '../../io/port.ts';
import { isGitLabJob } from '../../model/gitlab-job.ts';
import type { Audit } from './audit.ts';
import { createConnections } from './connections.ts';
import type { TryOptions } from './follow-redirects.ts';
import { proxyFor } from './proxy.ts';
import { type BudgetLimits, createRequestBudget } from './request-budget.ts';
import { createTokenMask } from './token-mask.ts';

export interface LineOptions {
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
  /** Once it is given, nothing is sent any more, and what is under way is broken off; by default never. */
  readonly end?: AbortSignal | undefined;
}

export const defaultBudget: BudgetLimits = { maxRequestsPerMinute: 600, maxInFlight: 10 };

/**
 * What all requests to one GitLab with one token share. Nothing is sent before the first request. Access tokens go as
 * `Authorization: Bearer`, which even other clients drop at a foreign origin; job tokens have a header of their own.
 * Throws `UsageError` for a text that is not an address. Source: https://docs.gitlab.com/api/rest/authentication/
 */
export function openLine(options: LineOptions, budget: BudgetLimits = defaultBudget): TryOptions {
  const { token, clock, audit } = options;
  return {
    apiUrl: apiAddress(options),
    credential:
      token.kind === 'bot' ? { authorization: `Bearer ${token.value}` } : { 'job-token': token.value },
    connections: createConnections(options),
    budget: createRequestBudget(budget, clock),
    clock,
    audit,
    mask: createTokenMask(token.value),
    end: options.end,
  };
}

/** The API's address, which has a path, without a slash at its end. */
function apiAddress({ apiUrl, variables }: LineOptions): URL {
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
function checkProxy(apiUrl: URL, variables: LineOptions['variables']): void {
  if (apiUrl.protocol !== 'http:' || !isGitLabJob(variables) || !hasProxy(apiUrl, variables)) return;
  throw new UsageError(
    'a proxy variable leads requests without TLS to another server, which would get the token',
    {
      hint: 'use the https: address of GitLab, or name its host in NO_PROXY',
    },
  );
}

/** One that cannot be used is one, too. */
function hasProxy(url: URL, variables: LineOptions['variables']): boolean {
  try {
    return proxyFor(url, variables) !== null;
  } catch {
    return true;
  }
}
