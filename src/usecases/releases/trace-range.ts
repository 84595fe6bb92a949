import type { Releases } from '../../gitlab/ports/releases.ts';
import type { WorkItems } from '../../gitlab/ports/work-items.ts';
import type { MergedRequest } from '../../model/release.ts';
import type { ReleaseCommit, ReleaseRange } from '../../model/release-range.ts';
import { pickedFrom } from '../../trail/cherry-picks.ts';
import { ownCommits } from '../../trail/commits.ts';
import { type Brought, keysOf, mergeRequestsOfCommits } from '../../trail/merge-requests-of-commits.ts';

/** What the merge requests of commits are found with. */
export interface TraceWorld {
  readonly gitlab: Pick<Releases, 'fetchMergedPages' | 'fetchMergedOfCommit'> &
    Pick<WorkItems, 'fetchCommitsOf'>;
}

export interface TracedRange {
  /** By iid. */
  readonly known: ReadonlyMap<number, MergedRequest>;
  readonly brought: Brought;
  /** Picked commit → the merge request that it was first brought by. */
  readonly origins: Brought;
  /** What was not looked at, a sentence each. */
  readonly gaps: readonly string[];
}

/** As the list of merged merge requests ends: 2,000 of them. */
const maxPages = 20;
/** Questions about single merge requests and commits. */
const maxQuestions = 100;
/** Questions that are open at the same time. */
const together = 5;
const dayMs = 86_400_000;

/**
 * Merge requests of these commits changed since the first commit was made: a day more, because clocks of people's
 * machines are wrong. A branch can be older than its merge request, which a fast-forward merge does not show: so the
 * window ends some time after the last commit, and what is still later is asked for by commit.
 */
function windowOf(commits: readonly ReleaseCommit[]): {
  readonly changedSince: string | null;
  readonly madeBefore: string | null;
} {
  const times = commits.map(({ committedAt }) => Date.parse(committedAt ?? ''));
  if (times.some(Number.isNaN)) return { changedSince: null, madeBefore: null };
  const first = times.reduce((least, time) => Math.min(least, time));
  const last = times.reduce((most, time) => Math.max(most, time));
  return {
    changedSince: new Date(first - dayMs).toISOString(),
    madeBefore: new Date(last + 30 * dayMs).toISOString(),
  };
}

class Trace {
  readonly known = new Map<number, MergedRequest>();
  /** What GitLab was asked about single merge requests and commits. */
  private readonly commitsOf = new Map<number, readonly string[]>();
  /** Changes of people. */
  private readonly own: readonly ReleaseCommit[];
  private readonly bySha: ReadonlyMap<string, ReleaseCommit>;
  private readonly commits: readonly { readonly sha: string; readonly parents: readonly string[] }[];
  private questions = 0;
  brought: Brought = new Map();

  constructor(range: readonly ReleaseCommit[]) {
    this.own = ownCommits(range);
    this.bySha = new Map(range.map((commit) => [commit.sha, commit]));
    this.commits = range.map(({ sha, parents = [] }) => ({ sha, parents }));
  }

  add(found: readonly MergedRequest[]): void {
    for (const one of found) this.known.set(one.iid, one);
    this.brought = mergeRequestsOfCommits(this.commits, [...this.known.values()], this.commitsOf);
  }

  /** Changes of people, newest first, that no merge request is known to have brought. */
  open(): readonly ReleaseCommit[] {
    return this.own.filter(({ sha }) => !this.brought.has(sha));
  }

  /** Merge requests by fast-forward whose last commit lies on one that nobody knows. */
  unfinished(): readonly MergedRequest[] {
    const open = new Set(this.open().map(({ sha }) => sha));
    return [...this.known.values()].filter(({ iid, headSha, mergeSha, squashSha }) => {
      const head = headSha === null ? undefined : this.bySha.get(headSha);
      const isForwarded = mergeSha === null && squashSha === null && head !== undefined;
      return isForwarded && !this.commitsOf.has(iid) && (head.parents ?? []).some((sha) => open.has(sha));
    });
  }

  learn(iid: number, shas: readonly string[]): void {
    this.commitsOf.set(iid, [...(this.commitsOf.get(iid) ?? []), ...shas]);
  }

  /** The first of these as far as questions are left. */
  within<T>(all: readonly T[]): readonly T[] {
    const some = all.slice(0, Math.min(together, maxQuestions - this.questions));
    this.questions += some.length;
    return some;
  }
}

interface Asked {
  readonly project: number;
  readonly world: TraceWorld;
}

async function readMerged(
  trace: Trace,
  range: ReleaseRange,
  { project, world: { gitlab } }: Asked,
): Promise<readonly string[]> {
  const window = windowOf(range.commits);
  let pages = 0;
  for await (const { rows, hasMore } of gitlab.fetchMergedPages(project, window)) {
    trace.add(rows);
    pages += 1;
    if (trace.open().length === 0) return [];
    if (pages < maxPages || !hasMore) continue;
    return [`Only ${trace.known.size} merged merge requests of that time were looked at.`];
  }
  return [];
}

/** A fast-forward merge has no commit of its own: the merge request says which ones came with it. */
async function askForwarded(trace: Trace, project: number, { gitlab }: TraceWorld): Promise<void> {
  for (;;) {
    const some = trace.within(trace.unfinished());
    if (some.length === 0) return;
    const found = await Promise.all(
      some.map(async ({ iid }) => [iid, await gitlab.fetchCommitsOf(project, iid)] as const),
    );
    for (const [iid, commits] of found)
      trace.learn(
        iid,
        commits.map(({ sha }) => sha),
      );
    trace.add([]);
  }
}

async function askOpen(trace: Trace, project: number, { gitlab }: TraceWorld): Promise<readonly string[]> {
  const asked = new Set<string>();
  for (;;) {
    const open = trace.open().filter(({ sha }) => !asked.has(sha));
    const some = trace.within(open);
    if (some.length === 0)
      return open.length === 0
        ? []
        : [`Of ${open.length} commits it is not known which merge request brought them.`];
    const found = await Promise.all(
      some.map(async ({ sha }) => [sha, await gitlab.fetchMergedOfCommit(project, sha)] as const),
    );
    for (const [sha, mergeRequests] of found) {
      asked.add(sha);
      trace.add(mergeRequests);
      const [first] = mergeRequests;
      if (first !== undefined) trace.learn(first.iid, [sha]);
    }
    trace.add([]);
  }
}

/** The commit that a commit was first made as, where it is not in the range itself. */
function pickedIn(range: readonly ReleaseCommit[]): ReadonlyMap<string, readonly string[]> {
  const own = new Set(range.map(({ sha }) => sha));
  return new Map(
    range.flatMap(({ sha, message }) => {
      const from = pickedFrom(message).filter((one) => !own.has(one));
      return from.length === 0 ? [] : [[sha, from] as const];
    }),
  );
}

async function askOrigins(trace: Trace, range: ReleaseRange, { project, world }: Asked): Promise<Brought> {
  const origins = new Map<string, number>();
  const look = (keys: Brought, sha: string, from: readonly string[]): void => {
    const iid = from.map((one) => keys.get(one)).find((one) => one !== undefined);
    if (iid !== undefined) origins.set(sha, iid);
  };
  const picked = pickedIn(range.commits);
  const keys = keysOf([...trace.known.values()]);
  for (const [sha, from] of picked) look(keys, sha, from);
  let open = [...picked].filter(([sha]) => !origins.has(sha));
  for (let some = trace.within(open); some.length > 0; some = trace.within(open)) {
    open = open.slice(some.length);
    const found = await Promise.all(
      some.map(async ([sha, [nearest = '']]) => {
        return [sha, await world.gitlab.fetchMergedOfCommit(project, nearest)] as const;
      }),
    );
    for (const [sha, [first]] of found)
      if (first !== undefined) {
        trace.known.set(first.iid, first);
        origins.set(sha, first.iid);
      }
  }
  return origins;
}

/**
 * Which merge requests brought the commits of a range, and where picked ones come from. One list of the merged merge
 * requests of that time answers most, a hundred in a request; what it leaves open is asked one by one, at most 100
 * times. Throws as the port does.
 */
export async function traceRange(
  range: ReleaseRange,
  project: number,
  world: TraceWorld,
): Promise<TracedRange> {
  const trace = new Trace(range.commits);
  if (range.commits.length === 0)
    return { known: trace.known, brought: trace.brought, origins: new Map(), gaps: [] };
  const cut = await readMerged(trace, range, { project, world });
  await askForwarded(trace, project, world);
  const open = await askOpen(trace, project, world);
  const origins = await askOrigins(trace, range, { project, world });
  return { known: trace.known, brought: trace.brought, origins, gaps: [...cut, ...open] };
}
