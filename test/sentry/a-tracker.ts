import { onTestFinished } from 'vitest';
import type { AuditEntry } from '../../src/gitlab/transport/audit.ts';
import type { TrackedRelease } from '../../src/model/tracked-release.ts';
import { connectSentry } from '../../src/sentry/connect.ts';
import type { ErrorTracker } from '../../src/sentry/port.ts';
import { aClock, aLog, type TestClock, type TestLog } from '../gitlab/connect-for-test.ts';
import {
  type EmbeddedSentry,
  type SentryOptions,
  sentryToken,
  startEmbeddedSentry,
} from '../support/sentry/embedded-sentry.ts';

export interface Connected {
  readonly sentry: EmbeddedSentry;
  readonly tracker: ErrorTracker;
  readonly clock: TestClock;
  readonly log: TestLog;
  readonly audit: readonly AuditEntry[];
}

/** An embedded error tracker and the client that asks it, on a clock that moves when somebody sleeps. */
export async function aTracker(
  options: SentryOptions = {},
  { server, token = sentryToken }: { readonly server?: string; readonly token?: string } = {},
): Promise<Connected> {
  const sentry = await startEmbeddedSentry(options);
  onTestFinished(() => sentry.stop());
  const [clock, log, audit] = [aClock(), aLog(), [] as AuditEntry[]];
  const tracker = connectSentry({
    server: server ?? sentry.url,
    org: 'acme',
    token,
    caFile: null,
    variables: {},
    log,
    clock,
    audit: (entry) => audit.push(entry),
    maxTotalMs: 120_000,
  });
  return { sentry, tracker, clock, log, audit };
}

export function aRelease(overrides: Partial<TrackedRelease> = {}): TrackedRelease {
  return {
    version: 'web@1.4.0',
    projects: ['web'],
    sha: 'c2'.repeat(20),
    url: 'https://gitlab.example.com/shop/till/-/tags/v1.4.0',
    repository: 'shop/till',
    commits: ['c2', 'c1'].map((id, index) => ({
      sha: id.repeat(20),
      message: `Change ${id}`,
      authorName: 'Mia',
      authorEmail: null,
      committedAt: new Date(Date.UTC(2026, 2, 4 - index)).toISOString(),
    })),
    refs: null,
    deploy: {
      environment: 'production',
      name: 'job 17',
      url: 'https://gitlab.example.com/shop/till/-/jobs/17',
      startedAt: '2026-03-04T09:00:00.000Z',
      finishedAt: null,
    },
    ...overrides,
  };
}
