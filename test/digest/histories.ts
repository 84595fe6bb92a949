import type { MeasureSettings } from '../../src/digest/measure.ts';
import type {
  Actor,
  HistoryBranch,
  HistoryCommit,
  HistoryDeployment,
  HistoryIssue,
  HistoryJob,
  HistoryMergeRequest,
  HistoryPart,
  HistoryPipeline,
  MergeRequestDetails,
  MergeRequestEvent,
  PartRead,
  ProjectHistory,
} from '../../src/model/project-history.ts';

const parts: readonly HistoryPart[] = [
  'deployments',
  'merge-requests',
  'merge-request-details',
  'open-merge-requests',
  'issues',
  'incidents',
  'pipelines',
  'jobs',
  'commits',
  'branches',
  'tags',
  'releases',
  'tests',
];

/** `2026-11-03T10:00` in UTC. */
export function at(text: string): number {
  const instant = Date.parse(`${text}Z`);
  if (Number.isNaN(instant)) throw new Error(`not a moment: ${text}`);
  return instant;
}

export const hour = 3600;

/** November 2026, in UTC. */
export const november = { from: at('2026-11-01T00:00'), until: at('2026-12-01T00:00') };
export const october = { from: at('2026-10-01T00:00'), until: at('2026-11-01T00:00') };

export const usualSettings: MeasureSettings = {
  deployments: { source: 'environments', names: null },
  incidentLabels: null,
  hotfixLabels: ['hotfix'],
  staleDays: 90,
  timeZone: 'UTC',
  people: false,
};

/** Everything was read. */
export function allRead(
  changes: Partial<Record<HistoryPart, Partial<PartRead>>> = {},
): ProjectHistory['read'] {
  const whole: PartRead = { from: at('2026-01-01T00:00'), until: november.until, gap: null, usable: true };
  return Object.fromEntries(
    parts.map((part) => [part, { ...whole, ...changes[part] }]),
  ) as unknown as ProjectHistory['read'];
}

/** A project in which nothing happened but what is given. */
export function aHistory(given: Partial<ProjectHistory> = {}): ProjectHistory {
  return {
    project: { id: 1, path: 'group/app', url: 'https://gitlab.test/group/app', defaultBranch: 'main' },
    read: allRead(),
    deployments: [],
    mergeRequests: [],
    issues: [],
    openIssues: 0,
    pipelines: [],
    jobs: [],
    commits: [],
    branches: [],
    tags: [],
    releases: [],
    tests: null,
    ...given,
  };
}

let lastId = 0;
const nextId = (): number => (lastId += 1);

export const person = (username: string): Actor => ({ username, isBot: false });
export const bot: Actor = { username: 'project_1_bot', isBot: true };

/** A successful deployment to production that ended at a moment. */
export function aDeployment(
  sha: string,
  finished: string,
  given: Partial<HistoryDeployment> = {},
): HistoryDeployment {
  return {
    id: nextId(),
    environment: 'production',
    tier: 'production',
    status: 'success',
    sha,
    ref: 'main',
    createdAt: at(finished) - 60_000,
    finishedAt: at(finished),
    url: null,
    ...given,
  };
}

export function aCommit(
  sha: string,
  parents: readonly string[],
  given: Partial<HistoryCommit> = {},
): HistoryCommit {
  return {
    sha,
    parents,
    authoredAt: at('2026-11-01T00:00'),
    committedAt: at('2026-11-01T00:00'),
    added: 1,
    removed: 0,
    title: `Commit ${sha}`,
    reverts: [],
    ...given,
  };
}

/** One of ada that is open; with `mergedAt` it is merged. */
export function aMergeRequest(
  created: string,
  given: Partial<HistoryMergeRequest> & { readonly merged?: string } = {},
): HistoryMergeRequest {
  const { merged, ...rest } = given;
  const iid = nextId();
  return {
    iid,
    title: `Change ${iid}`,
    url: `https://gitlab.test/group/app/-/merge_requests/${iid}`,
    author: person('ada'),
    state: merged === undefined ? 'opened' : 'merged',
    isDraft: false,
    sourceBranch: `branch-${iid}`,
    targetBranch: 'main',
    labels: [],
    createdAt: at(created),
    mergedAt: merged === undefined ? null : at(merged),
    closedAt: null,
    mergeSha: null,
    waitingOn: null,
    reviewers: [],
    details: null,
    ...rest,
  };
}

export function details(
  firstCommit: string | null,
  events: readonly MergeRequestEvent[] = [],
  commits = 1,
): MergeRequestDetails {
  return { firstCommitAt: firstCommit === null ? null : at(firstCommit), commits, events, lines: null };
}

export function anEvent(
  kind: MergeRequestEvent['kind'],
  when: string,
  by: Actor = person('bob'),
): MergeRequestEvent {
  return { kind, at: at(when), by };
}

export function anIssue(
  created: string,
  closed: string | null,
  given: Partial<HistoryIssue> = {},
): HistoryIssue {
  const iid = nextId();
  return {
    iid,
    title: `Issue ${iid}`,
    url: `https://gitlab.test/group/app/-/issues/${iid}`,
    kind: 'issue',
    labels: [],
    createdAt: at(created),
    closedAt: closed === null ? null : at(closed),
    ...given,
  };
}

/** A push to main that passed. */
export function aPipeline(created: string, given: Partial<HistoryPipeline> = {}): HistoryPipeline {
  const id = given.id ?? nextId();
  return {
    url: `https://gitlab.test/group/app/-/pipelines/${id}`,
    status: 'success',
    source: 'push',
    ref: 'main',
    sha: `sha-of-${id}`,
    createdAt: at(created),
    updatedAt: null,
    ...given,
    id,
  };
}

/** One that passed; it waited for no runner. */
export function aJob(
  pipelineId: number,
  [started, finished]: readonly [string | null, string | null],
  given: Partial<HistoryJob> = {},
): HistoryJob {
  const [startedAt, finishedAt] = [
    started === null ? null : at(started),
    finished === null ? null : at(finished),
  ];
  return {
    id: nextId(),
    pipelineId,
    name: 'build',
    stage: 'build',
    status: 'success',
    allowFailure: false,
    failureReason: null,
    createdAt: startedAt ?? finishedAt ?? at('2026-11-02T00:00'),
    startedAt,
    finishedAt,
    durationSeconds: startedAt === null || finishedAt === null ? null : (finishedAt - startedAt) / 1000,
    queuedSeconds: startedAt === null ? null : 0,
    coverage: null,
    cause: null,
    ...given,
  };
}

export function aBranch(name: string, committed: string, given: Partial<HistoryBranch> = {}): HistoryBranch {
  return {
    name,
    committedAt: at(committed),
    isMerged: false,
    isDefault: false,
    isProtected: false,
    ...given,
  };
}
