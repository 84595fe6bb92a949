import { parseUnifiedDiff } from '../../diff/parse-unified-diff.ts';
import { GitLabError } from '../../errors.ts';
import type { Diffs } from '../../gitlab/ports/port.ts';
import type { Git, Log } from '../../io/port.ts';
import type { MergeRequest } from '../../model/context.ts';
import type { Diff } from '../../model/diff.ts';
import { counted } from '../../model/plural.ts';
import type { Troubles } from '../troubles.ts';
import { diffOfList, fetchRawDiff } from './diff-of-gitlab.ts';

export interface DiffWorld {
  /** Null when there is no token. */
  readonly gitlab: Diffs | null;
  readonly git: Git;
  readonly log: Log;
  readonly troubles: Pick<Troubles, 'lack'>;
}

/**
 * What the merge request changes: GitLab's raw diff, which is whole; else its list of files, which omits the lines of
 * large ones; where something is missing, what the checkout knows. Null when no source knows it. Never throws for what
 * GitLab answers: where the checkout does not know it either, the diff is missing, or the log says what of it is.
 */
export async function fetchDiff(mergeRequest: MergeRequest, world: DiffWorld): Promise<Diff | null> {
  const { gitlab, git, log, troubles } = world;
  try {
    const diff = gitlab === null ? null : await diffOfGitLab(mergeRequest, { gitlab, log });
    if (diff?.complete === true) return diff;
    const local = await diffOfCheckout(mergeRequest, git);
    if (diff !== null && local === null) sayWhatIsMissing(diff, log);
    return local ?? diff;
  } catch (error) {
    if (!(error instanceof GitLabError)) throw error;
    const diff = await diffOfCheckout(mergeRequest, git);
    if (diff === null) troubles.lack('diff', error);
    else log.info(`the diff of the merge request is that of the checkout: ${error.message}`);
    return diff;
  }
}

async function diffOfGitLab(
  mergeRequest: MergeRequest,
  { gitlab, log }: { readonly gitlab: Diffs; readonly log: Log },
): Promise<Diff | null> {
  const { diff, reason } = await fetchRawDiff(mergeRequest, gitlab);
  if (diff !== null) return diff;
  log.info(`GitLab's list of files is used for the diff of the merge request: ${reason}`);
  return diffOfList(await gitlab.fetchDiffList(mergeRequest));
}

function sayWhatIsMissing({ files }: Diff, log: Log): void {
  const omitted = files.filter(({ complete }) => !complete).length;
  const what =
    omitted === 0
      ? 'GitLab lists only some of the changed files'
      : `GitLab omits the changed lines of ${omitted} of ${counted(files.length, { one: 'file', other: 'files' })}`;
  log.warn(
    `the diff of the merge request: ${what}, and the checkout does not have both commits. Coverage and findings on those lines are not known; set GIT_DEPTH: 0 in the Herald job to have them`,
  );
}

/**
 * Needs both commits, which a shallow checkout may lack; the base is the merge base already, so that two commits are
 * enough.
 */
async function diffOfCheckout({ diffBaseSha, headSha }: MergeRequest, git: Git): Promise<Diff | null> {
  if (diffBaseSha === null || headSha === null) return null;
  const patch = await git.diff(diffBaseSha, headSha);
  return patch === null ? null : parseUnifiedDiff(patch);
}
