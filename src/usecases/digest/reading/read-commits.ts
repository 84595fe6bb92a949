import type { KeptPart } from '../../../digest/kept-history/kept-history.ts';
import type { History, HistoryPlace } from '../../../gitlab/ports/history.ts';
import type { HistoryCommit, Instant } from '../../../model/project-history.ts';
import type { Allowance } from './allowance.ts';
import { type Reading, type ReadPart, reaching, readPart } from './part-read.ts';
import { type Ending, readPages } from './read-pages.ts';

/** Commits that are kept, and the one that the branch was at. */
export interface KeptCommits {
  readonly part: KeptPart<HistoryCommit>;
  readonly tip: string;
}

export interface ReadCommits extends ReadPart<HistoryCommit> {
  /** What the branch is at; null where nothing was read. */
  readonly tip: string | null;
}

export interface CommitsReading {
  readonly gitlab: Pick<History, 'fetchCommitPages'>;
  readonly of: HistoryPlace;
  readonly ref: string;
  readonly kept: KeptCommits | null;
}

/** Whether one commit is among what another reaches through commits that are known. */
function isReached(wanted: string, tip: string, known: ReadonlyMap<string, HistoryCommit>): boolean {
  const seen = new Set<string>();
  const open = [tip];
  for (let sha = open.pop(); sha !== undefined; sha = open.pop()) {
    if (sha === wanted) return true;
    if (seen.has(sha)) continue;
    seen.add(sha);
    open.push(...(known.get(sha)?.parents ?? []));
  }
  return false;
}

/**
 * The commits of the default branch in the window. A branch that is merged brings commits of earlier days, so that
 * no date says where to stop: the list is read until the parents of all that is new are known. Where the branch no
 * longer holds what it was at, as after a forced push, nothing that is kept counts.
 */
export async function readCommits(
  wish: CommitsReading,
  reading: Reading,
  allowance: Allowance,
): Promise<ReadCommits> {
  const base = wish.kept === null ? null : reaching(wish.kept.part, reading);
  const { known, tip, ending, oldest } = await readUntilKnown(wish, { base, reading }, allowance);
  const isLost =
    ending.kind === 'whole' &&
    base !== null &&
    (tip === null || (wish.kept !== null && !isReached(wish.kept.tip, tip, known)));
  if (isLost) return readCommits({ ...wish, kept: null }, reading, allowance);
  const rows = [...known.values()].sort((a, b) => a.committedAt - b.committedAt || (a.sha < b.sha ? -1 : 1));
  const part = readPart(base, { rows, newest: reading.now, oldest, ending }, reading);
  return { ...part, tip: ending.kind === 'whole' ? tip : (wish.kept?.tip ?? null) };
}

async function readUntilKnown(
  { gitlab, of, ref }: CommitsReading,
  { base, reading }: { readonly base: KeptPart<HistoryCommit> | null; readonly reading: Reading },
  allowance: Allowance,
): Promise<{
  readonly known: ReadonlyMap<string, HistoryCommit>;
  readonly tip: string | null;
  readonly ending: Ending;
  readonly oldest: Instant | null;
}> {
  const since = base?.from ?? reading.window.from;
  const known = new Map(base?.rows.map((commit) => [commit.sha, commit]));
  const openParents = new Set<string>();
  let tip: string | null = null;
  let oldest: Instant | null = null;
  const ending = await readPages(gitlab.fetchCommitPages(of, { ref, since }), allowance, (page) => {
    for (const commit of page.rows) {
      tip ??= commit.sha;
      openParents.delete(commit.sha);
      const parents = known.has(commit.sha) ? [] : commit.parents;
      for (const parent of parents.filter((sha) => !known.has(sha))) openParents.add(parent);
      known.set(commit.sha, commit);
      oldest = Math.min(oldest ?? commit.committedAt, commit.committedAt);
    }
    return base !== null && openParents.size === 0 ? 'enough' : 'more';
  });
  return { known, tip, ending, oldest };
}
