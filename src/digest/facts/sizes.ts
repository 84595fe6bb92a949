import type { ProjectHistory } from '../../model/project-history.ts';
import type { MeasureSettings } from '../measure.ts';
import { commitGraph } from './commit-graph.ts';
import type { MergedRequest } from './merge-requests.ts';

/**
 * Lines that a merge request added and removed; null where the commits that were read do not show it for sure.
 *
 * A merge commit and a squashed commit show all of it. After a fast-forward the commits lie one after another, and the
 * first of them is known by the time it was written at, which a rebase keeps.
 */
export function sizeOf(
  { mergeSha, title, details }: MergedRequest,
  history: ProjectHistory,
  settings: MeasureSettings,
): number | null {
  const graph = commitGraph(history, settings);
  const last = mergeSha === null ? null : graph.commit(mergeSha);
  if (last === null) return null;
  if (last.parents.length > 1) return linesOf(last);
  if (details === null) return null;
  let commit: typeof last | null = last;
  let lines: number | null = 0;
  for (let left = details.commits; left > 1 && commit !== null; left -= 1) {
    lines = sum(lines, linesOf(commit));
    const [parent, ...others]: readonly string[] = commit.parents;
    commit = parent === undefined || others.length > 0 ? null : graph.commit(parent);
  }
  if (commit !== null && commit.parents.length < 2 && commit.authoredAt === details.firstCommitAt)
    return sum(lines, linesOf(commit));
  return details.commits === 1 || last.title === title ? linesOf(last) : null;
}

function sum(one: number | null, other: number | null): number | null {
  return one === null || other === null ? null : one + other;
}

function linesOf({
  added,
  removed,
}: {
  readonly added: number | null;
  readonly removed: number | null;
}): number | null {
  return sum(added, removed);
}
