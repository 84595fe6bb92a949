/** Histories in a small world, so that odd things meet: the same commit twice, clocks that disagree, ties. */
import fc from 'fast-check';
import type { MeasureSettings } from '../../../src/digest/measure.ts';
import type {
  Actor,
  HistoryCommit,
  HistoryPart,
  MergeRequestDetails,
  ProjectHistory,
} from '../../../src/model/project-history.ts';
import { allRead, at } from '../histories.ts';

const start = at('2026-10-20T00:00');
const step = 6 * 3_600_000;
const steps = 4 * 40;

const moment = fc.integer({ min: 0, max: steps }).map((count) => start + count * step);
/** Most things begin before they end. */
const early = fc.oneof(
  moment,
  fc.integer({ min: 0, max: steps / 4 }).map((count) => start + count * step),
);
const late = fc.integer({ min: steps / 5, max: steps }).map((count) => start + count * step);
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { freq: 8 });
const sha = fc.constantFrom('c0', 'c1', 'c2', 'c3', 'c4', 'gone');
const actor: fc.Arbitrary<Actor> = fc.constantFrom(
  { username: 'ada', isBot: false },
  { username: 'bob', isBot: false },
  { username: 'renovate', isBot: true },
);

/** A graph without circles: parents are earlier ones. */
const commits: fc.Arbitrary<readonly HistoryCommit[]> = fc
  .array(
    fc.record({
      parents: fc.array(fc.nat({ max: 7 }), { maxLength: 2, size: 'max' }),
      authoredAt: fc.constantFrom(start, start + 3_600_000),
      committedAt: moment,
      added: maybe(fc.nat({ max: 9 })),
      title: fc.constantFrom('A', 'B'),
      reverts: fc.array(sha, { maxLength: 1 }),
    }),
    { minLength: 2, maxLength: 8, size: 'max' },
  )
  .map((drafts) =>
    drafts.map(({ parents, ...draft }, index) => ({
      ...draft,
      sha: `c${index}`,
      parents: [...new Set(parents)].filter((parent) => parent < index).map((parent) => `c${parent}`),
      removed: 1,
    })),
  );

const deployment = fc.record({
  environment: fc.constantFrom('production', 'production', 'production', 'prod/eu', 'staging'),
  tier: fc.constantFrom(null, null, 'production', 'production', 'staging'),
  status: fc.constantFrom('success', 'success', 'success', 'failed', 'running'),
  sha,
  ref: fc.constant('main'),
  createdAt: moment,
  finishedAt: maybe(moment),
  url: fc.constant(null),
});

const details: fc.Arbitrary<MergeRequestDetails> = fc.record({
  firstCommitAt: maybe(fc.oneof(moment, fc.constantFrom(start, start + 3_600_000))),
  commits: fc.nat({ max: 3 }),
  lines: maybe(fc.record({ written: fc.nat({ max: 500 }), generated: fc.nat({ max: 5_000 }) })),
  events: fc.array(
    fc.record({
      kind: fc.constantFrom(
        'comment',
        'comment',
        'approved',
        'approved',
        'unapproved',
        'ready',
        'draft',
        'push',
        'push',
        'push',
        'push',
        'closed',
        'reopened',
      ),
      at: late,
      by: actor,
    }),
    { maxLength: 10, size: 'max' },
  ),
});

const mergeRequest = fc.record({
  title: fc.constantFrom('A', 'A', 'B', 'Revert "A"', 'Revert "A"', 'Revert "Revert "A""'),
  url: fc.constant('u'),
  author: actor,
  state: fc.constantFrom('merged', 'merged', 'merged', 'opened', 'closed', 'locked'),
  isDraft: fc.boolean(),
  sourceBranch: fc.constant('s'),
  targetBranch: fc.constant('main'),
  labels: fc.subarray(['hotfix', 'other']),
  createdAt: early,
  mergedAt: maybe(late),
  closedAt: maybe(moment),
  mergeSha: maybe(sha),
  waitingOn: fc.constantFrom(null, 'author', 'reviewer', 'pipeline', 'nobody'),
  reviewers: fc.subarray(['ada', 'ben']),
  details: maybe(details),
});

const issue = fc.record({
  title: fc.constant('t'),
  url: fc.constant('u'),
  kind: fc.constantFrom('issue', 'incident', 'task'),
  labels: fc.subarray(['outage']),
  createdAt: moment,
  closedAt: maybe(moment),
});

const pipeline = fc.record({
  url: fc.constant('u'),
  status: fc.constantFrom(
    'success',
    'success',
    'failed',
    'failed',
    'canceled',
    'skipped',
    'running',
    'manual',
  ),
  source: fc.constantFrom(
    'push',
    'push',
    'push',
    'push',
    'schedule',
    'merge_request_event',
    'parent_pipeline',
    null,
  ),
  ref: fc.constantFrom('main', 'main', 'main', 'topic'),
  sha: fc.constantFrom('c0', 'c1'),
  createdAt: moment,
  updatedAt: maybe(moment),
});

const job = fc.record({
  pipelineId: fc.integer({ min: 1, max: 7 }),
  name: fc.constantFrom('build', 'deploy'),
  stage: fc.constant('s'),
  status: fc.constantFrom(
    'success',
    'success',
    'success',
    'failed',
    'failed',
    'failed',
    'canceled',
    'skipped',
    'manual',
    'running',
  ),
  allowFailure: fc.boolean(),
  failureReason: fc.constantFrom(null, 'script_failure', 'runner_system_failure', 'constructor'),
  createdAt: moment,
  startedAt: maybe(moment),
  finishedAt: maybe(moment),
  durationSeconds: maybe(fc.integer({ min: -1, max: 600 })),
  queuedSeconds: maybe(fc.integer({ min: -2, max: 90_000 })),
  coverage: maybe(fc.integer({ min: 0, max: 100 })),
  cause: fc.constantFrom(null, null, 'code', 'test', 'infrastructure'),
});

const branch = fc.record({
  name: fc.string({ unit: 'binary', maxLength: 3 }),
  committedAt: moment,
  isMerged: fc.boolean(),
  isDefault: fc.boolean(),
  isProtected: fc.boolean(),
});

const tests = fc.record({
  tests: fc.array(
    fc.record({
      name: fc.string({ maxLength: 3 }),
      runs: fc.nat({ max: 5 }),
      failedRuns: fc.nat({ max: 5 }),
      retriedRuns: fc.nat({ max: 5 }),
      isFlaky: fc.boolean(),
    }),
    { maxLength: 3 },
  ),
  runs: fc.array(
    fc.record({
      pipelineId: fc.nat({ max: 9 }),
      at: moment,
      coveragePercent: maybe(fc.integer({ min: 0, max: 100 })),
      testSeconds: maybe(fc.nat({ max: 99 })),
    }),
    { maxLength: 3 },
  ),
});

function numbered<T>(
  things: fc.Arbitrary<T>,
  [minLength, maxLength]: readonly [number, number],
): fc.Arbitrary<readonly (T & { id: number; iid: number })[]> {
  return fc
    .array(things, { minLength, maxLength, size: 'max' })
    .map((all) => all.map((thing, index) => ({ ...thing, id: index + 1, iid: index + 1 })));
}

/** Reading that may begin late or end early. */
const read: fc.Arbitrary<ProjectHistory['read']> = fc
  .record({
    jobs: maybe(moment),
    cut: maybe(moment),
    unusable: maybe(fc.constantFrom<HistoryPart>('jobs', 'commits', 'issues')),
  })
  .map(({ jobs, cut, unusable }) =>
    allRead({
      jobs: { from: jobs },
      pipelines: cut === null ? {} : { until: cut },
      'open-merge-requests': cut === null ? {} : { until: cut },
      ...(unusable === null ? {} : { [unusable]: { usable: false, gap: 'not allowed' } }),
    }),
  );

const anyHistory: fc.Arbitrary<ProjectHistory> = fc
  .record({
    project: fc.constant({
      id: 1,
      path: 'group/app',
      url: 'https://gitlab.test/group/app',
      defaultBranch: 'main',
    }),
    read,
    deployments: numbered(deployment, [0, 14]),
    mergeRequests: numbered(mergeRequest, [0, 8]),
    issues: numbered(issue, [0, 4]),
    openIssues: maybe(fc.nat({ max: 3 })),
    pipelines: numbered(pipeline, [0, 10]),
    jobs: numbered(job, [0, 16]),
    commits,
    branches: fc.array(branch, { maxLength: 3 }),
    tags: fc.array(fc.record({ name: fc.constant('v1'), at: moment, sha }), { maxLength: 4 }),
    releases: fc.array(
      fc.record({
        tag: fc.constant('v1'),
        name: fc.constant('n'),
        url: fc.constant('u'),
        releasedAt: moment,
        sha,
      }),
      { maxLength: 4 },
    ),
    tests: maybe(tests),
  })
  .map((history) => history as ProjectHistory);

/** Without a preference for the first moments and the shortest lists. */
export const randomHistory = fc.noBias(anyHistory);

export const randomSpan = fc
  .oneof(fc.tuple(moment, moment), fc.tuple(early, fc.constant(start + steps * step)))
  .map(([one, other]) => ({ from: Math.min(one, other), until: Math.max(one, other) + 3_600_000 }));

export const randomSettings: fc.Arbitrary<MeasureSettings> = fc.record({
  deployments: fc.constantFrom<MeasureSettings['deployments']>(
    { source: 'environments', names: null },
    { source: 'environments', names: null },
    { source: 'environments', names: ['staging'] },
    { source: 'releases' },
    { source: 'tags' },
    { source: 'job', name: 'deploy' },
  ),
  incidentLabels: fc.constantFrom(null, ['outage']),
  hotfixLabels: fc.constantFrom([], ['hotfix']),
  staleDays: fc.nat({ max: 40 }),
  people: fc.boolean(),
  timeZone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/Los_Angeles', 'Asia/Kathmandu'),
});
