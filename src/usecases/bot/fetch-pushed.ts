import type { Occurrence } from '../../bot/occurrence.ts';
import type { Commits } from '../../gitlab/ports/port.ts';
import type { Facts, ProjectFacts } from '../../model/facts.ts';
import { ownCommits } from '../../trail/commits.ts';
import { diffOfList } from '../report/diff-of-gitlab.ts';
import { changesOf } from './fetch-changes.ts';

/** What a push brought: everything that `to` has since its merge base with `from`. */
export interface PushedRange {
  readonly from: string;
  readonly to: string;
}

/** Of more commits the conditions are not known. */
const maxCommits = 1_000;

/**
 * The range of a push to a branch, by its claim; a new branch is compared with the default branch. Null for everything
 * else, and for a branch that is gone.
 */
export function rangeOfPush(
  { claim }: Pick<Occurrence, 'claim'>,
  { defaultBranch }: ProjectFacts,
): PushedRange | null {
  if (claim?.kind !== 'push' || claim.type !== 'branch' || claim.commit === null) return null;
  const from = claim.before ?? (claim.ref === defaultBranch ? null : defaultBranch);
  return from === null ? null : { from, to: claim.commit };
}

/**
 * Commits and files of a push, in one request, however many they are: the payload lists at most 20 of them. Null where
 * GitLab no longer has one end of the range, and beyond 1,000 commits; both are a line in the log.
 */
export async function fetchPushed(
  project: number,
  range: PushedRange,
  { gitlab, warn }: { readonly gitlab: Commits; readonly warn: (words: string) => void },
): Promise<Pick<Facts, 'commits' | 'changes'>> {
  const nothing = { commits: null, changes: null };
  const found = await gitlab.fetchRange(project, range);
  if (found === null) {
    warn(`GitLab no longer has the commit that the push began at: its commits are not known.`);
    return nothing;
  }
  if (found.commits.length > maxCommits) {
    warn(`The push has ${found.commits.length} commits; of more than ${maxCommits} Herald looks at none.`);
    return nothing;
  }
  const { complete } = found.diff;
  return { commits: ownCommits(found.commits), changes: changesOf(diffOfList(found.diff), complete) };
}
