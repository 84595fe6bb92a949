/** The commits that were read as a graph: what contains what is a matter of parents, never of time. */
import type { HistoryCommit, ProjectHistory } from '../../model/project-history.ts';
import { remembered } from './remembered.ts';

export interface CommitGraph {
  /** Null where the commit was not read. */
  readonly commit: (sha: string) => HistoryCommit | null;
  /** True only where the parents that were read lead from the later commit to the earlier; a commit is not its own. */
  readonly isAncestor: (earlier: string, later: string) => boolean;
}

/** The graph of the default branch. */
export const commitGraph = remembered((history: ProjectHistory): CommitGraph => {
  const commits = new Map(history.commits.map((commit) => [commit.sha, commit]));
  const heights = heightsOf(commits);
  return {
    commit: (sha) => commits.get(sha) ?? null,
    isAncestor: (earlier, later) => {
      const height = heights.get(earlier) ?? 0;
      if (earlier === later || (heights.get(later) ?? Infinity) <= height) return false;
      const isWorthLooking = (sha: string): boolean => (heights.get(sha) ?? Infinity) >= height;
      return reaches(commits, { from: later, to: earlier, isWorthLooking });
    },
  };
});

function reaches(
  commits: ReadonlyMap<string, HistoryCommit>,
  search: { readonly from: string; readonly to: string; readonly isWorthLooking: (sha: string) => boolean },
): boolean {
  const waiting = [search.from];
  const seen = new Set(waiting);
  for (let sha = waiting.pop(); sha !== undefined; sha = waiting.pop()) {
    for (const parent of commits.get(sha)?.parents ?? []) {
      if (parent === search.to) return true;
      if (seen.has(parent) || !search.isWorthLooking(parent)) continue;
      seen.add(parent);
      waiting.push(parent);
    }
  }
  return false;
}

/**
 * Longest way down to a commit without parents that were read: an ancestor is always lower. Commits in a circle, which
 * Git does not make, have none.
 */
function heightsOf(commits: ReadonlyMap<string, HistoryCommit>): ReadonlyMap<string, number> {
  const children = new Map<string, string[]>();
  const missing = new Map<string, number>();
  for (const { sha, parents } of commits.values()) {
    const known = parents.filter((parent) => commits.has(parent));
    missing.set(sha, known.length);
    for (const parent of known) {
      const siblings = children.get(parent) ?? [];
      children.set(parent, siblings);
      siblings.push(sha);
    }
  }
  const heights = new Map<string, number>();
  const ready = [...missing].flatMap(([sha, count]) => (count === 0 ? [sha] : []));
  const tallest = new Map<string, number>();
  for (let sha = ready.pop(); sha !== undefined; sha = ready.pop()) {
    const height = (tallest.get(sha) ?? 0) + 1;
    heights.set(sha, height);
    for (const child of children.get(sha) ?? []) {
      tallest.set(child, Math.max(tallest.get(child) ?? 0, height));
      const left = (missing.get(child) ?? 0) - 1;
      missing.set(child, left);
      if (left === 0) ready.push(child);
    }
  }
  return heights;
}
