import type { KeptPart } from '../../../digest/kept-history/kept-history.ts';
import type { History, HistoryPlace } from '../../../gitlab/ports/history.ts';
import type { HistoryCommit, Instant } from '../../../model/project-history.ts';
import type { Allowance } from './allowance.ts';
import { type ReadPart, type Reading, reaching, readPart } from './part-read.ts';
import { readPages } from './read-pages.ts';

/** The commits that a tip reaches through commits that are known. */
function reachableFrom(tip: string, known: ReadonlyMap<string, HistoryCommit>): readonly HistoryCommit[] {
  const found = new Map<string, HistoryCommit>();
  const open = [tip];
  for (let sha = open.pop(); sha !== undefined; sha = open.pop()) {
    const commit = found.has(sha) ? undefined : known.get(sha);
    if (commit === undefined) continue;
    found.set(sha, commit);
    open.push(...commit.parents);
  }
  return [...found.values()];
}

/**
 * The commits of the default branch in the window. A branch that is merged brings commits of earlier days, so that
 * no date says where to stop: the list is read until the parents of all that is new are known. What a forced push took
 * away is forgotten.
 */
export async function readCommits(
  { gitlab, of, ref, kept }: {
    readonly gitlab: Pick<History, 'fetchCommitPages'>;
    readonly of: HistoryPlace;
    readonly ref: string;
    readonly kept: KeptPart<HistoryCommit> | null;
  },
  reading: Reading,
  allowance: Allowance,
): Promise<ReadPart<HistoryCommit>> {
  const base = reaching(kept, reading);
  const since = base?.from ?? reading.window.from;
  const known = new Map(base?.rows.map((commit) => [commit.sha, commit]));
  const openParents = new Set<string>();
  let tip: string | null = null;
  let oldest: Instant | null = null;
  const ending = await readPages(gitlab.fetchCommitPages(of, { ref, since }), allowance, (page) => {
    for (const commit of page.rows) {
      tip ??= commit.sha;
      openParents.delete(commit.sha);
      if (!known.has(commit.sha))
        for (const parent of commit.parents) if (!known.has(parent)) openParents.add(parent);
      known.set(commit.sha, commit);
      oldest = Math.min(oldest ?? commit.committedAt, commit.committedAt);
    }
    return base !== null && openParents.size === 0 ? 'enough' : 'more';
  });
  const reached = tip === null ? [] : reachableFrom(tip, known);
  // In a window without a commit of its own nothing is reached, and what is kept is older than it.
  const rows = tip === null && ending.kind !== 'whole' ? [...known.values()] : reached;
  const sorted = rows.toSorted((a, b) => a.committedAt - b.committedAt || (a.sha < b.sha ? -1 : 1));
  return readPart(base, { rows: sorted, newest: reading.now, oldest, ending }, reading);
}
