import { parseUnifiedDiff } from '../../diff/parse-unified-diff.ts';
import { GitLabRefusedError, GitLabUnreachableError } from '../../errors.ts';
import type { DiffPart, Diffs } from '../../gitlab/ports/port.ts';
import type { Git, Log } from '../../io/port.ts';
import type { MergeRequest } from '../../model/context.ts';
import type { Diff, DiffFile } from '../../model/diff.ts';

export interface DiffWorld {
  /** Null when there is no token. */
  readonly gitlab: Diffs | null;
  readonly git: Git;
  readonly log: Log;
}

/** GitLab itself shows no diff of that size. */
const maxBytes = 32 * 1024 * 1024;

/**
 * What the merge request changes: GitLab's raw diff, which is whole; else its list of files, which leaves large ones
 * out; else what the checkout knows. Null when none of them says. Never throws for what GitLab answers.
 */
export async function fetchDiff(mergeRequest: MergeRequest, world: DiffWorld): Promise<Diff | null> {
  return (await diffOfGitLab(mergeRequest, world)) ?? diffOfCheckout(mergeRequest, world.git);
}

async function diffOfGitLab(mergeRequest: MergeRequest, { gitlab, log }: DiffWorld): Promise<Diff | null> {
  if (gitlab === null) return null;
  try {
    const raw = await gitlab.fetchRawDiff(mergeRequest, maxBytes);
    if (raw !== null) return parseUnifiedDiff(new TextDecoder().decode(raw));
    const files: DiffFile[] = [];
    for await (const page of gitlab.fetchDiffPages(mergeRequest)) files.push(...page.map(fileOf));
    return { files, complete: files.every(({ complete }) => complete) };
  } catch (error) {
    if (!(error instanceof GitLabRefusedError || error instanceof GitLabUnreachableError)) throw error;
    log.warn(`the diff of the merge request: ${error.message}`);
    return null;
  }
}

/** The hunks are read under a name that needs no quoting; the names are those that GitLab gives. */
function fileOf({ oldPath, newPath, change, patch, complete }: DiffPart): DiffFile {
  const from = patch.search(/^@@ /m);
  const hunks =
    from < 0
      ? []
      : parseUnifiedDiff(`diff --git a/x b/x\n--- a/x\n+++ b/x\n${patch.slice(from)}`).files[0]?.hunks;
  return { oldPath, newPath, change, hunks: hunks ?? [], complete };
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
