import type { Commit } from '../model/commit.ts';
import type { MergedRequest } from '../model/release.ts';

type Keys = Pick<MergedRequest, 'iid' | 'mergeSha' | 'squashSha' | 'headSha'>;

/** Which merge request brought each commit, as far as it is known. */
export type Brought = ReadonlyMap<string, number>;

/**
 * The commits by which merge requests are known: the merge commit, the one commit of a squash, and the last commit of
 * the branch where there is neither, after a fast-forward merge.
 */
export function keysOf(mergeRequests: readonly Keys[]): Brought {
  const keys = new Map<string, number>();
  const add = (sha: string | null, iid: number): void => {
    if (sha !== null && sha !== '' && !keys.has(sha)) keys.set(sha, iid);
  };
  for (const { iid, mergeSha } of mergeRequests) add(mergeSha, iid);
  for (const { iid, squashSha } of mergeRequests) add(squashSha, iid);
  for (const { iid, headSha, mergeSha, squashSha } of mergeRequests)
    if (mergeSha === null && squashSha === null) add(headSha, iid);
  return keys;
}

/** Children before their parents, whatever their times say; commits outside of the list are not in it. */
function inOrder(commits: readonly Commit[]): readonly Commit[] {
  const children = new Map(commits.map(({ sha }) => [sha, 0]));
  for (const { parents } of commits)
    for (const parent of parents) {
      const count = children.get(parent);
      if (count !== undefined) children.set(parent, count + 1);
    }
  const bySha = new Map(commits.map((commit) => [commit.sha, commit]));
  const open = commits.filter(({ sha }) => children.get(sha) === 0);
  const ordered: Commit[] = [];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    ordered.push(next);
    for (const sha of next.parents) {
      const count = (children.get(sha) ?? 0) - 1;
      children.set(sha, count);
      const parent = bySha.get(sha);
      if (count === 0 && parent !== undefined) open.push(parent);
    }
  }
  return ordered;
}

type Side = 'target' | 'both' | 'source';

/**
 * The commits that a merge brought: those that are reached by its further parents and not by its first. One walk down
 * the ordered list, which ends when nothing that only the merge brought is open.
 */
function broughtBy(at: number, ordered: readonly Commit[], isKnown: ReadonlySet<string>): readonly string[] {
  const [first, ...further] = ordered[at]?.parents ?? [];
  const sides = new Map<string, Side>();
  let open = 0;
  const reach = (sha: string, side: Side): void => {
    if (!isKnown.has(sha)) return;
    const before = sides.get(sha);
    const now = before === undefined || before === side ? side : 'both';
    if (before === 'source' && now !== 'source') open -= 1;
    if (before === undefined && now === 'source') open += 1;
    sides.set(sha, now);
  };
  if (first !== undefined) reach(first, 'target');
  for (const sha of further) reach(sha, 'source');
  const brought: string[] = [];
  for (let index = at + 1; open > 0 && index < ordered.length; index += 1) {
    const { sha, parents } = ordered[index] ?? { sha: '', parents: [] };
    const side = sides.get(sha);
    if (side === undefined) continue;
    if (side === 'source') {
      open -= 1;
      brought.push(sha);
    }
    for (const parent of parents) reach(parent, side);
  }
  return brought;
}

/**
 * Which merge request brought each commit of a range: by merge commits with all that they merged, by the one commit of
 * a squash, and by the last commit of a fast-forward merge. What a merge within a branch brought belongs to that merge.
 * `commitsOf` are the commits of merge requests that were asked for; fast-forward merges leave nothing else to know
 * their earlier commits by. Sources: https://docs.gitlab.com/user/project/merge_requests/methods/,
 * https://docs.gitlab.com/api/merge_requests/#list-project-merge-requests
 */
export function mergeRequestsOfCommits(
  commits: readonly Commit[],
  mergeRequests: readonly Keys[],
  commitsOf: ReadonlyMap<number, readonly string[]> = new Map(),
): Brought {
  const ordered = inOrder(commits);
  const isKnown = new Set(ordered.map(({ sha }) => sha));
  const keys = keysOf(mergeRequests);
  const brought = new Map<string, number>();
  const add = (shas: Iterable<string>, iid: number): void => {
    for (const sha of shas) if (isKnown.has(sha) && !brought.has(sha)) brought.set(sha, iid);
  };
  for (const [sha, iid] of keys) add([sha], iid);
  for (const [iid, shas] of commitsOf) add(shas, iid);
  const merges = new Set(mergeRequests.flatMap(({ mergeSha }) => mergeSha ?? []));
  // The oldest first: what an inner merge brought is taken when the outer one comes.
  for (const [at, { sha, parents }] of [...ordered.entries()].reverse()) {
    const iid = keys.get(sha);
    if (iid !== undefined && parents.length > 1 && merges.has(sha)) add(broughtBy(at, ordered, isKnown), iid);
  }
  return brought;
}
