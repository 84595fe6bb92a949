import type { HistoryCommit, ProjectHistory } from '../../model/project-history.ts';
import type { MeasureSettings } from '../measure.ts';
import { type CommitGraph, commitGraph } from './commit-graph.ts';
import type { MergedRequest } from './merge-requests.ts';

/**
 * Lines that a merge request added and removed, without generated files where GitLab listed its files. Else those of
 * its commits, in which nobody sees the files; null where the commits that were read do not show them for sure.
 *
 * A merge commit and a squashed commit show all of it. After a fast-forward the commits lie one after another, and the
 * first of them is known by the time it was written at, which a rebase keeps.
 */
export function sizeOf(
  { mergeSha, title, details }: MergedRequest,
  history: ProjectHistory,
  settings: MeasureSettings,
): number | null {
  if (details !== null && details.lines !== null) return details.lines.written;
  const graph = commitGraph(history, settings);
  const last = mergeSha === null ? null : graph.commit(mergeSha);
  if (last === null) return null;
  if (last.parents.length > 1) return linesOf(last);
  if (details === null) return null;
  const { lines, first } = chainOf(last, details.commits, graph);
  if (first !== null && first.authoredAt === details.firstCommitAt) return lines;
  return details.commits === 1 || last.title === title ? linesOf(last) : null;
}

/**
 * So many commits one after another, and the first of them; null where a merge or the end of what was read interrupts.
 */
function chainOf(
  last: HistoryCommit,
  count: number,
  graph: CommitGraph,
): { readonly lines: number | null; readonly first: HistoryCommit | null } {
  let lines = linesOf(last);
  let first: HistoryCommit | null = last;
  for (let left = count; left > 1 && first !== null; left -= 1) {
    const [parent, ...others]: readonly string[] = first.parents;
    first = parent === undefined || others.length > 0 ? null : graph.commit(parent);
    lines = first === null ? null : sum(lines, linesOf(first));
  }
  return { lines, first: first !== null && first.parents.length < 2 ? first : null };
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
