import type { GitLab } from '../../src/gitlab/ports/port.ts';
import { type ConnectOptions, connectGitLab } from '../../src/gitlab/rest.ts';
import type { AuditEntry } from '../../src/gitlab/transport/audit.ts';
import type { Clock, Log, LogFields } from '../../src/io/port.ts';

const apiUrl = 'https://gitlab.example.com/api/v4';
export const origin = 'https://gitlab.example.com';
/** With characters that change when encoded, so that every form of it is another text. */
export const canary = 'glpat-CANARY+/x%20y=0123456789';

/** A clock that moves only when somebody sleeps, and remembers the naps. */
export interface TestClock extends Clock {
  readonly sleeps: readonly number[];
}

export function aClock(startedAt = '2026-03-04T10:00:00.000Z'): TestClock {
  const sleeps: number[] = [];
  let now = Date.parse(startedAt);
  return {
    sleeps,
    now: () => new Date(now),
    sleep: (milliseconds) => {
      sleeps.push(milliseconds);
      now += milliseconds;
      return Promise.resolve();
    },
    random: () => 0,
  };
}

export interface TestLog extends Log {
  readonly lines: readonly string[];
}

export function aLog(): TestLog {
  const lines: string[] = [];
  const add = (message: string, fields: LogFields = {}): void => {
    lines.push(`${message} ${JSON.stringify(fields)}`);
  };
  return { lines, debug: add, info: add, warn: add, error: add, section: (_title, work) => work() };
}

export interface Connected {
  readonly gitlab: GitLab;
  readonly clock: TestClock;
  readonly log: TestLog;
  readonly audit: readonly AuditEntry[];
}

/** The client as it is used, with a clock, a log and an audit to look at. */
export function connect(overrides: Partial<ConnectOptions> = {}): Connected {
  const clock = aClock();
  const log = aLog();
  const audit: AuditEntry[] = [];
  const gitlab = connectGitLab({
    apiUrl,
    token: { kind: 'bot', value: canary, variable: 'HERALD_TOKEN' },
    log,
    clock,
    audit: (entry) => audit.push(entry),
    caFile: null,
    variables: {},
    ...overrides,
  });
  return { gitlab, clock, log, audit };
}

/** A client that asks as the job does. */
export function connectAsJob(): Connected {
  return connect({ token: { kind: 'job', value: canary, variable: 'CI_JOB_TOKEN' } });
}

/** What a promise rejects with; a promise that does not is an error of the test. */
export async function rejection(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Error) return error;
    throw new Error(`rejected with ${String(error)}, which is no error`);
  }
  throw new Error('did not reject');
}

export const mergeRequest = { project: 42, iid: 17 } as const;
export const notesAddress = '/api/v4/projects/42/merge_requests/17/notes';

export function aNoteAnswer(overrides: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    id: 301,
    body: 'All good',
    author: { id: 7, username: 'herald-bot', state: 'active' },
    system: false,
    created_at: '2026-03-04T10:00:00.000Z',
    updated_at: '2026-03-04T10:05:00.000Z',
    noteable_type: 'MergeRequest',
    resolvable: false,
    ...overrides,
  };
}

export function aPipelineAnswer(overrides: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    id: 1001,
    iid: 12,
    project_id: 42,
    sha: '4f2b9c1d7e8a6053b1c2d3e4f5a6b7c8d9e0f1a2',
    ref: 'refs/merge-requests/17/head',
    status: 'running',
    source: 'merge_request_event',
    created_at: '2026-03-04T10:00:00.000Z',
    web_url: 'https://gitlab.example.com/shop/checkout/-/pipelines/1001',
    ...overrides,
  };
}

export function aJobAnswer(overrides: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    id: 501,
    name: 'unit-tests',
    stage: 'test',
    status: 'success',
    allow_failure: false,
    created_at: '2026-03-04T10:00:00.000Z',
    started_at: '2026-03-04T10:01:00.000Z',
    finished_at: '2026-03-04T10:02:00.000Z',
    duration: 60.5,
    queued_duration: 3.25,
    web_url: 'https://gitlab.example.com/shop/checkout/-/jobs/501',
    coverage: null,
    pipeline: aPipelineAnswer(),
    ...overrides,
  };
}

export function aMergeRequestAnswer(
  overrides: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return {
    id: 9001,
    iid: 17,
    project_id: 42,
    source_project_id: 42,
    target_project_id: 42,
    title: 'Take vouchers at the till',
    state: 'opened',
    web_url: 'https://gitlab.example.com/shop/checkout/-/merge_requests/17',
    source_branch: 'vouchers',
    target_branch: 'main',
    sha: '4f2b9c1d7e8a6053b1c2d3e4f5a6b7c8d9e0f1a2',
    diff_refs: {
      base_sha: '9a8b7c6d5e4f30211203f4e5d6c7b8a990817263',
      head_sha: '4f2b9c1d7e8a6053b1c2d3e4f5a6b7c8d9e0f1a2',
      start_sha: '9a8b7c6d5e4f30211203f4e5d6c7b8a990817263',
    },
    references: { short: '!17', relative: '!17', full: 'shop/checkout!17' },
    labels: ['backend'],
    ...overrides,
  };
}
