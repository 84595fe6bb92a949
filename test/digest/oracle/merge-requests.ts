/** Merge requests and issues as the definitions have them. */
import type {
  HistoryIssue,
  HistoryMergeRequest,
  MergeRequestEvent,
} from '../../../src/model/project-history.ts';
import { type Answer, type Asked, count, inside, medianOver, type Oracle, share } from './answer.ts';
import { merged, toDeploy } from './delivery.ts';

interface Parts {
  readonly coding: number | null;
  readonly draft: number | null;
  readonly pickup: number | null;
  readonly review: number | null;
  readonly rework: number | null;
  readonly merge: number | null;
  readonly cycle: number | null;
  readonly rounds: number | null;
  readonly comments: number;
  readonly reviewed: boolean;
  readonly reopened: boolean;
}

const seconds = (from: number | undefined, until: number | undefined): number | null =>
  from === undefined || until === undefined ? null : (until - from) / 1000;

function partsOf(request: HistoryMergeRequest & { mergedAt: number }): Parts | null {
  const { details, createdAt, mergedAt, author } = request;
  if (details === null) return null;
  const times = (wanted: (event: MergeRequestEvent) => boolean): number[] =>
    details.events
      .filter((event) => event.at <= mergedAt && wanted(event))
      .map(({ at }) => at)
      .sort((one, other) => one - other);
  const human = ({ by }: MergeRequestEvent): boolean => !by.isBot && by.username !== author.username;
  const comments = times((event) => event.kind === 'comment' && human(event));
  const approvals = times((event) => event.kind === 'approved' && human(event));
  const firstReview = [...comments, ...approvals].sort((one, other) => one - other)[0];
  const firstApproval = approvals[0];
  const readies = times((event) => event.kind === 'ready' && event.at <= (firstReview ?? Infinity));
  const ready = readies.at(-1) ?? createdAt;
  const pushes =
    firstReview === undefined
      ? []
      : times(({ kind, by, at }) => kind === 'push' && !by.isBot && firstReview < at && at < mergedAt);
  const firstCommit = details.firstCommitAt === null ? undefined : Math.min(details.firstCommitAt, createdAt);
  return {
    coding: seconds(firstCommit, createdAt),
    draft: seconds(createdAt, ready),
    pickup: seconds(ready, firstReview),
    review: seconds(firstReview, firstApproval),
    rework: seconds(firstReview, pushes.at(-1)),
    merge: seconds(firstApproval, mergedAt),
    cycle: seconds(firstCommit, mergedAt),
    rounds: firstReview === undefined ? null : pushes.length,
    comments: comments.length,
    reviewed: firstReview !== undefined,
    reopened: times(({ kind }) => kind === 'reopened').length > 0,
  };
}

const mergedInside = (asked: Asked): ReturnType<typeof merged> =>
  merged(asked).filter(({ mergedAt }) => inside(mergedAt, asked.span));

const part =
  (name: Exclude<keyof Parts, 'reviewed' | 'reopened'>) =>
  (asked: Asked): Answer =>
    medianOver(mergedInside(asked).map((request) => partsOf(request)?.[name] ?? null));

function openAt({ history, span }: Asked): HistoryMergeRequest[] {
  return history.mergeRequests.filter(({ state, createdAt, mergedAt, closedAt }) => {
    if (createdAt >= span.until) return false;
    if (state === 'opened') return true;
    if (state === 'merged') return mergedAt !== null && mergedAt >= span.until;
    return state === 'closed' && closedAt !== null && closedAt >= span.until;
  });
}

/** Added and removed lines: of the files that are not generated, else of the commits where they leave no doubt. */
function size({ history }: Asked, { mergeSha, details, title }: HistoryMergeRequest): number | null {
  if (details?.lines) return details.lines.written;
  const find = (sha: string | undefined | null): (typeof history.commits)[number] | undefined =>
    history.commits.find((commit) => commit.sha === sha);
  const lines = (commit: ReturnType<typeof find>): number | null =>
    commit === undefined || commit.added === null || commit.removed === null
      ? null
      : commit.added + commit.removed;
  const last = find(mergeSha);
  if (last === undefined) return null;
  if (last.parents.length >= 2) return lines(last);
  if (details === null) return null;
  const chain = [last];
  while (chain.length < details.commits) {
    const tip = chain.at(-1);
    const parent = tip?.parents.length === 1 ? find(tip.parents[0]) : undefined;
    if (parent === undefined) break;
    chain.push(parent);
  }
  const bottom = chain.at(-1);
  const isFastForward =
    chain.length === Math.max(1, details.commits) &&
    bottom?.authoredAt === details.firstCommitAt &&
    bottom.parents.length < 2;
  if (isFastForward)
    return chain.reduce<number | null>((total, commit) => {
      const more = lines(commit);
      return total === null || more === null ? null : total + more;
    }, 0);
  return details.commits === 1 || last.title === title ? lines(last) : null;
}

export const mergeRequests: Oracle = {
  'merge-requests-opened': ({ history, span }) =>
    count(history.mergeRequests.filter(({ createdAt }) => inside(createdAt, span))),
  'merge-requests-merged': (asked) => count(mergedInside(asked)),
  throughput: (asked) => count(mergedInside(asked)),
  'merge-requests-open': (asked) => count(openAt(asked)),
  'open-merge-request-age': (asked) => {
    const end = Math.min(asked.span.until, asked.history.read['open-merge-requests'].until);
    return medianOver(openAt(asked).map(({ createdAt }) => (end - createdAt) / 1000));
  },
  'cycle-time': part('cycle'),
  'coding-time': part('coding'),
  'draft-time': part('draft'),
  'pickup-time': part('pickup'),
  'review-time': part('review'),
  'rework-time': part('rework'),
  'merge-time': part('merge'),
  'deploy-time': (asked) => medianOver(mergedInside(asked).map((request) => toDeploy(asked, request))),
  'time-to-merge': (asked) =>
    medianOver(mergedInside(asked).map(({ createdAt, mergedAt }) => (mergedAt - createdAt) / 1000)),
  'review-rounds': part('rounds'),
  'review-comments': part('comments'),
  'merge-request-size': (asked) => medianOver(mergedInside(asked).map((request) => size(asked, request))),
  'merged-without-review': (asked) =>
    share(
      mergedInside(asked).map((request) => {
        const parts = partsOf(request);
        return parts === null ? null : !parts.reviewed;
      }),
    ),
  'merge-requests-abandoned': ({ history, span }) => {
    const closed = history.mergeRequests.filter(
      ({ state, closedAt }) => state === 'closed' && inside(closedAt, span),
    );
    const done = history.mergeRequests.filter(
      ({ state, mergedAt }) => state === 'merged' && inside(mergedAt, span),
    );
    return { part: closed.length, whole: closed.length + done.length, without: 0 };
  },
  'merge-requests-reopened': (asked) =>
    share(mergedInside(asked).map((request) => partsOf(request)?.reopened ?? null)),
};

/** Null where not all open issues were read. */
function openIssuesAt({ history, span }: Asked): HistoryIssue[] | null {
  const now = history.issues.filter(({ closedAt }) => closedAt === null).length;
  if (history.openIssues === null || now < history.openIssues) return null;
  return history.issues.filter(
    ({ kind, createdAt, closedAt }) =>
      kind !== 'incident' && createdAt < span.until && !(closedAt !== null && closedAt < span.until),
  );
}

export const issuesAndCode: Oracle = {
  'issues-opened': ({ history, span }) =>
    count(history.issues.filter(({ kind, createdAt }) => kind !== 'incident' && inside(createdAt, span))),
  'issues-closed': ({ history, span }) =>
    count(history.issues.filter(({ kind, closedAt }) => kind !== 'incident' && inside(closedAt, span))),
  'issues-open': (asked) => {
    const open = openIssuesAt(asked);
    return open === null ? { none: true } : count(open);
  },
  'open-issue-age': (asked) => {
    const end = Math.min(asked.span.until, asked.history.read.issues.until);
    const open = openIssuesAt(asked);
    return open === null ? { none: true } : medianOver(open.map(({ createdAt }) => (end - createdAt) / 1000));
  },
  'issue-close-time': ({ history, span }) =>
    medianOver(
      history.issues
        .filter(({ kind, closedAt }) => kind !== 'incident' && inside(closedAt, span))
        .map(({ createdAt, closedAt }) => ((closedAt ?? 0) - createdAt) / 1000),
    ),
  commits: ({ history, span }) =>
    count(history.commits.filter(({ committedAt }) => inside(committedAt, span))),
  branches: ({ history }) => count(history.branches),
  'stale-branches': ({ history, settings }) =>
    count(
      history.branches.filter(
        ({ committedAt, isDefault, isProtected }) =>
          !isDefault &&
          !isProtected &&
          history.read.branches.until - committedAt > settings.staleDays * 86_400_000,
      ),
    ),
  tags: ({ history, span }) => count(history.tags.filter(({ at }) => inside(at, span))),
  releases: ({ history, span }) =>
    count(history.releases.filter(({ releasedAt }) => inside(releasedAt, span))),
};
