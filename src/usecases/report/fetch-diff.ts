import { parseUnifiedDiff } from '../../diff/parse-unified-diff.ts';
import { GitLabError } from '../../errors.ts';
import type { DiffPart, Diffs } from '../../gitlab/ports/port.ts';
import type { Git, Log } from '../../io/port.ts';
import type { MergeRequest } from '../../model/context.ts';
import type { Diff, DiffFile } from '../../model/diff.ts';
import type { Troubles } from '../troubles.ts';

export interface DiffWorld {
  /** Null when there is no token. */
  readonly gitlab: Diffs | null;
  readonly git: Git;
  readonly log: Log;
  readonly troubles: Pick<Troubles, 'lack'>;
}

/** GitLab itself shows no diff of that size. */
const maxBytes = 32 * 1024 * 1024;

/**
 * What the merge request changes: GitLab's raw diff, which is whole; else its list of files, which leaves large ones
 * out; else what the checkout knows. Null when none of them says. Never throws for what GitLab answers: where the
 * checkout does not know either, the diff is missing.
 */
export async function fetchDiff(mergeRequest: MergeRequest, world: DiffWorld): Promise<Diff | null> {
  const { gitlab, git, log, troubles } = world;
  try {
    const diff = gitlab === null ? null : await diffOfGitLab(mergeRequest, { gitlab, log });
    return diff ?? (await diffOfCheckout(mergeRequest, git));
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
  const raw = await rawDiff(mergeRequest, { gitlab, log });
  if (raw !== null) return parseUnifiedDiff(raw);
  const files: DiffFile[] = [];
  for await (const page of gitlab.fetchDiffPages(mergeRequest)) files.push(...page.map(fileOf));
  return { files, complete: files.every(({ complete }) => complete) };
}

/** Null where GitLab has no such address, fails at it, or answers with something else: the list serves then. */
async function rawDiff(
  mergeRequest: MergeRequest,
  { gitlab, log }: { readonly gitlab: Diffs; readonly log: Log },
): Promise<string | null> {
  try {
    const raw = await gitlab.fetchRawDiff(mergeRequest, maxBytes);
    const text = raw === null ? null : new TextDecoder().decode(raw);
    if (text === null || text.trim() === '' || /^diff --git /m.test(text)) return text;
    log.info('the raw diff of the merge request is not a diff: Herald uses the list of its files');
    return null;
  } catch (error) {
    if (!(error instanceof GitLabError) || error.status === 401) throw error;
    log.info(`Herald uses the list of files for the diff of the merge request: ${error.message}`);
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
