import type { Occurrence } from '../../src/bot/occurrence.ts';
import type {
  ChangedFile,
  ChangesFacts,
  DeploymentFacts,
  Facts,
  IssueFacts,
  MergeRequestFacts,
  PipelineFacts,
} from '../../src/model/facts.ts';
import type { OwnRecord } from '../../src/model/own-record.ts';
import type { Member, Person } from '../../src/model/person.ts';
import { aJob, aPipeline, headSha } from '../builders.ts';

/** Builders of what rules look at. Nothing that costs a request is there unless a test says so. */

const projectUrl = 'https://gitlab.example.com/shop/checkout';

export function aPerson(overrides: Partial<Person> = {}): Person {
  return { id: 7, username: 'ada', name: 'Ada Example', active: true, ...overrides };
}

export function aMember(overrides: Partial<Member> = {}): Member {
  return { ...aPerson(), accessLevel: 30, ...overrides };
}

export function mergeRequestFacts(overrides: Partial<MergeRequestFacts> = {}): MergeRequestFacts {
  return {
    kind: 'merge_request',
    at: { kind: 'merge_request', project: 42, iid: 17 },
    url: `${projectUrl}/-/merge_requests/17`,
    title: 'Take vouchers at the till',
    description: 'Vouchers can be taken at every till.\n\nCloses #12',
    author: aPerson(),
    assignees: [],
    labels: [],
    milestone: null,
    createdAt: '2026-03-01T10:00:00Z',
    updatedAt: '2026-03-04T10:00:00Z',
    state: 'opened',
    draft: false,
    reviewers: [],
    sourceBranch: 'vouchers',
    targetBranch: 'main',
    sourceProjectId: 42,
    targetProjectId: 42,
    headSha,
    detailedMergeStatus: 'mergeable',
    headPipeline: aPipeline({ status: 'failed' }),
    firstContribution: false,
    mergedById: null,
    ...overrides,
  };
}

export function issueFacts(overrides: Partial<IssueFacts> = {}): IssueFacts {
  return {
    kind: 'issue',
    at: { kind: 'issue', project: 42, iid: 5 },
    url: `${projectUrl}/-/issues/5`,
    title: 'The till beeps',
    description: 'All day long.',
    author: aPerson(),
    assignees: [],
    labels: [],
    milestone: null,
    createdAt: '2026-03-01T10:00:00Z',
    updatedAt: '2026-03-04T10:00:00Z',
    state: 'opened',
    confidential: false,
    type: 'issue',
    ...overrides,
  };
}

export function theFacts(overrides: Partial<Facts> = {}): Facts {
  return {
    now: new Date('2026-03-04T12:00:00Z'),
    self: aPerson({ id: 99, username: 'herald', name: 'Herald' }),
    project: { id: 42, path: 'shop/checkout', url: projectUrl, defaultBranch: 'main', archived: false },
    subject: mergeRequestFacts(),
    actor: null,
    author: null,
    changes: null,
    commits: null,
    codeOwners: null,
    ownerGroups: null,
    directLevels: null,
    actorGroups: null,
    pipeline: null,
    targetBranch: null,
    approvedBy: null,
    reviews: null,
    closes: null,
    members: null,
    reviewLoad: null,
    ownIssues: null,
    milestones: null,
    deployment: null,
    namedUsers: null,
    pipelineActor: null,
    sourceBranch: null,
    record: null,
    botHealth: null,
    tests: null,
    flakyMarks: null,
    quarantine: null,
    deployLimits: null,
    digests: null,
    releases: null,
    incident: null,
    blame: null,
    testRuns: null,
    trail: null,
    ...overrides,
  };
}

export function anOccurrence(overrides: Partial<Occurrence> = {}): Occurrence {
  return {
    names: ['merge_request', 'merge_request.opened'],
    project: 42,
    subject: { kind: 'merge_request', project: 42, iid: 17 },
    actorId: 7,
    confidential: false,
    note: null,
    ref: null,
    deploymentId: null,
    claim: null,
    labelChange: { added: [], removed: [] },
    ...overrides,
  };
}

export function aChangedFile(path: string, overrides: Partial<ChangedFile> = {}): ChangedFile {
  return { path, oldPath: path, change: 'modified', ...overrides };
}

/** Changes of these files, ten lines each. */
export function changesOf(paths: readonly string[], overrides: Partial<ChangesFacts> = {}): ChangesFacts {
  return {
    files: paths.map((path) => aChangedFile(path)),
    additions: paths.length * 8,
    deletions: paths.length * 2,
    linesComplete: true,
    complete: true,
    ...overrides,
  };
}

export function deploymentFacts(overrides: Partial<DeploymentFacts> = {}): DeploymentFacts {
  return {
    id: 71,
    status: 'success',
    environment: 'production',
    tier: 'production',
    externalUrl: 'https://shop.example.com',
    ref: 'main',
    updatedAt: null,
    approvals: [],
    sha: headSha,
    mergeRequests: [{ kind: 'merge_request', project: 42, iid: 17 }],
    ...overrides,
  };
}

/** A pipeline of the default branch in which a job failed. */
export function failedPipeline(overrides: Partial<PipelineFacts> = {}): PipelineFacts {
  return {
    pipeline: aPipeline({
      id: 1200,
      url: `${projectUrl}/-/pipelines/1200`,
      ref: 'main',
      status: 'failed',
      createdAt: '2026-03-04T11:00:00Z',
    }),
    jobs: [aJob({ id: 1, name: 'unit', status: 'failed' }), aJob({ id: 2, name: 'lint' })],
    ...overrides,
  };
}

export function anOwnRecord(overrides: Partial<OwnRecord> = {}): OwnRecord {
  return {
    kind: 'note',
    key: 'rule/stale',
    by: 'rule stale/warn',
    event: 'schedule',
    config: null,
    permission: null,
    at: '2026-03-01T10:00:00Z',
    noteId: 301,
    ...overrides,
  };
}
