import type { HistoryCommit } from '../../../model/project-history.ts';

type Graph = ReadonlyMap<string, HistoryCommit>;

/** All that a commit reaches in the graph; with what is not in it. */
function reach(from: string, graph: Graph, stopAt: ReadonlySet<string>): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [from];
  for (let sha = open.pop(); sha !== undefined; sha = open.pop()) {
    if (found.has(sha) || stopAt.has(sha)) continue;
    found.add(sha);
    open.push(...(graph.get(sha)?.parents ?? []));
  }
  return found;
}

/**
 * The commits that a merge commit brought, as GitLab lists them for its merge request: those that its second parent
 * reaches, and its first one does not. Null where the graph does not say: for a merge without a commit of its own, for
 * a branch that began before the graph, and for a single commit, which may be a squash of others.
 */
export function branchCommits(mergeSha: string | null, graph: Graph): readonly HistoryCommit[] | null {
  const merge = graph.get(mergeSha ?? '');
  const [main, branch, ...others] = merge?.parents ?? [];
  if (main === undefined || branch === undefined || others.length > 0) return null;
  const own = [...reach(branch, graph, reach(main, graph, new Set()))];
  const commits = own.flatMap((sha) => graph.get(sha) ?? []);
  return commits.length < 2 || commits.length < own.length ? null : commits;
}
