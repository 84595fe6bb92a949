import { createHash } from 'node:crypto';
import type {
  Actor,
  HistoryBranch,
  HistoryIssue,
  HistoryMergeRequest,
  HistoryTests,
  Instant,
  MergeRequestEvent,
  PartRead,
  ProjectHistory,
} from '../model/project-history.ts';
import {
  addPipeline,
  addReleases,
  day,
  hour,
  type Made,
  type MadeUpProject,
  type Making,
  minute,
  pick,
  randomOf,
} from './made-up-pipelines.ts';

const people = ['ada', 'ben', 'chen', 'dora', 'eli'].map((username): Actor => ({ username, isBot: false }));
const bot: Actor = { username: 'renovate', isBot: true };
const topics = [
  'Till: pay by card',
  'Stock: count crates',
  'Search: find by bar code',
  'Login: keep me signed in',
  'Invoice: round per line',
  'Fix the delivery date',
];
/** What happened between the opening and the merge, and when it was merged. */
function reviewOf(
  createdAt: Instant,
  author: Actor,
  making: Making,
): { readonly events: readonly MergeRequestEvent[]; readonly mergedAt: Instant } {
  const { random, skewed } = making;
  if (random() < 0.12) return { events: [], mergedAt: createdAt + skewed(10, 600) * minute };
  const reviewer = pick(
    people.filter(({ username }) => username !== author.username),
    making,
    bot,
  );
  const commented = createdAt + skewed(0.5, 40) * hour;
  const events: MergeRequestEvent[] = [{ kind: 'comment', at: commented, by: reviewer }];
  let last = commented;
  for (let round = 0; round < Math.floor(skewed(0, 4)); round += 1) {
    last += skewed(0.5, 20) * hour;
    events.push({ kind: 'push', at: last, by: author });
  }
  const approved = last + skewed(0.1, 12) * hour;
  events.push({ kind: 'approved', at: approved, by: reviewer });
  return { events, mergedAt: approved + skewed(0.05, 6) * hour };
}

function mergeRequestOf(iid: number, createdAt: Instant, making: Making): HistoryMergeRequest {
  const { project, random, skewed, shaOf } = making;
  const author = random() < 0.1 ? bot : pick(people, making, bot);
  const { events, mergedAt } = reviewOf(createdAt, author, making);
  const isMerged = mergedAt < project.until && random() > 0.06;
  const isClosed = !isMerged && mergedAt < project.until;
  return {
    iid,
    title: pick(topics, making, ''),
    url: `${project.url}/-/merge_requests/${iid}`,
    author,
    state: isMerged ? 'merged' : isClosed ? 'closed' : 'opened',
    isDraft: false,
    sourceBranch: `topic-${iid}`,
    targetBranch: 'main',
    labels: random() < 0.05 ? ['hotfix'] : [],
    createdAt,
    mergedAt: isMerged ? mergedAt : null,
    closedAt: isClosed ? mergedAt : null,
    mergeSha: isMerged ? shaOf(iid) : null,
    waitingOn:
      isMerged || isClosed ? null : pick(['author', 'reviewer', 'pipeline'] as const, making, 'reviewer'),
    reviewers: [],
    details: {
      firstCommitAt: createdAt - skewed(0.2, 60) * hour,
      commits: 1 + Math.floor(skewed(0, 6)),
      events: events.filter(({ at }) => at < project.until),
      lines: null,
    },
  };
}

function issueOf(iid: number, createdAt: Instant, { project, random, skewed }: Making): HistoryIssue {
  const isIncident = random() < 0.08;
  const closedAt = createdAt + skewed(1, isIncident ? 30 : 900) * hour;
  return {
    iid,
    title: isIncident ? 'The till does not open' : 'The label is cut off',
    url: `${project.url}/-/issues/${iid}`,
    kind: isIncident ? 'incident' : 'issue',
    labels: [],
    createdAt,
    closedAt: closedAt < project.until ? closedAt : null,
  };
}

/** Merges in their order become commits, pipelines and deployments. */
function addMerges(made: Made, making: Making): void {
  const { project, random, skewed, shaOf } = making;
  const merged = made.mergeRequests
    .flatMap(({ iid, mergedAt, title }) => (mergedAt === null ? [] : [{ iid, at: mergedAt, title }]))
    .sort((one, other) => one.at - other.at);
  let parent: string | null = null;
  for (const [index, { iid, at, title }] of merged.entries()) {
    const sha = shaOf(iid);
    made.commits.push({
      sha,
      parents: parent === null ? [] : [parent],
      authoredAt: at,
      committedAt: at,
      added: Math.round(skewed(2, 400)),
      removed: Math.round(skewed(0, 150)),
      title,
      reverts: [],
    });
    parent = sha;
    addPipeline(
      {
        id: 1_000_000 + iid,
        at: at - skewed(1, 5) * hour,
        ref: `topic-${iid}`,
        sha: shaOf(iid + 500_000),
        source: 'merge_request_event',
      },
      made,
      making,
    );
    const { end, passed } = addPipeline(
      { id: 2_000_000 + iid, at, ref: 'main', sha, source: 'push' },
      made,
      making,
    );
    if (passed && end < project.until)
      made.deployments.push({
        id: index + 1,
        environment: 'production',
        tier: 'production',
        status: random() < 0.04 ? 'failed' : 'success',
        sha,
        ref: 'main',
        createdAt: end - minute,
        finishedAt: end,
        url: `${project.url}/-/jobs/${2_000_000 + iid}`,
      });
  }
}

function branchesOf(made: Made, { project }: Making): readonly HistoryBranch[] {
  const open = made.mergeRequests.filter(({ state }) => state === 'opened');
  const rest = { isMerged: false, isDefault: false, isProtected: false };
  return [
    { name: 'main', committedAt: project.until - hour, isMerged: false, isDefault: true, isProtected: true },
    ...open.map(
      ({ sourceBranch, createdAt }): HistoryBranch => ({
        name: sourceBranch,
        committedAt: createdAt,
        ...rest,
      }),
    ),
  ];
}

function testsOf(made: Made): HistoryTests {
  const main = made.pipelines
    .filter(({ ref }) => ref === 'main')
    .toReversed()
    .slice(0, 50);
  return {
    tests: [
      { name: 'till pays by card', runs: 50, failedRuns: 3, retriedRuns: 4, isFlaky: true },
      { name: 'stock counts crates', runs: 50, failedRuns: 2, retriedRuns: 0, isFlaky: false },
    ],
    runs: main.map(({ id, createdAt }, index) => ({
      pipelineId: id,
      at: createdAt,
      coveragePercent: 83 - index * 0.05,
      testSeconds: 900 - index * 2,
    })),
  };
}

function wholeOf({ from, until }: MadeUpProject): ProjectHistory['read'] {
  const read: PartRead = { from, until, gap: null, usable: true };
  return {
    deployments: read,
    'merge-requests': read,
    'merge-request-details': read,
    'open-merge-requests': read,
    issues: read,
    incidents: read,
    pipelines: read,
    jobs: read,
    commits: read,
    branches: read,
    tags: read,
    releases: read,
    tests: read,
  };
}

/** A project's history that never happened: the same for the same seed. */
export function madeUpHistory(project: MadeUpProject): ProjectHistory {
  const random = randomOf(project.seed);
  const making: Making = {
    project,
    random,
    // Whole milliseconds, once they are multiplied by a second or more.
    skewed: (low, high) => Math.round((low + (high - low) * random() ** 3) * 1_000) / 1_000,
    shaOf: (index) => createHash('sha1').update(`${project.id} ${index}`).digest('hex'),
  };
  const made: Made = {
    mergeRequests: [],
    commits: [],
    pipelines: [],
    jobs: [],
    deployments: [],
    issues: [],
    tags: [],
    releases: [],
  };
  const gap = (7 * day) / project.mergedPerWeek;
  let number = 1;
  for (let at = project.from; at < project.until; at += Math.round(gap * (0.3 + 1.4 * random()))) {
    made.mergeRequests.push(mergeRequestOf(number, at, making));
    if (random() < 0.4) made.issues.push(issueOf(number, at, making));
    number += 1;
  }
  addMerges(made, making);
  addReleases(made, making);

  const byId = <T extends { readonly id: number }>(items: readonly T[]): readonly T[] =>
    items.toSorted((one, other) => one.id - other.id);
  return {
    project: { id: project.id, path: project.path, url: project.url, defaultBranch: 'main' },
    read: wholeOf(project),
    ...made,
    jobs: byId(made.jobs),
    pipelines: byId(made.pipelines),
    openIssues: made.issues.filter(({ closedAt }) => closedAt === null).length,
    branches: branchesOf(made, making),
    tests: testsOf(made),
  };
}
