import { diffOfFiles } from '../diff/diff-of-files.ts';
import { parseUnifiedDiff } from '../diff/parse-unified-diff.ts';
import type { Diffs, FileDiff } from '../gitlab/port.ts';
import type { Git } from '../io/port.ts';
import type { MergeRequest } from '../model/context.ts';
import type { Diff } from '../model/diff.ts';
import type { Troubles } from './troubles.ts';

/** A larger patch is nothing that a reviewer reads line by line; GitLab's list then says which files it is about. */
const maxBytes = 32 * 1024 * 1024;

async function fromGitLab(mergeRequest: MergeRequest, gitlab: Diffs): Promise<Diff> {
  const patch = await gitlab.fetchRawDiff(mergeRequest, maxBytes);
  if (patch !== null) return parseUnifiedDiff(new TextDecoder().decode(patch));
  const files: FileDiff[] = [];
  for await (const page of gitlab.fetchDiffPages(mergeRequest)) files.push(...page);
  return diffOfFiles(files);
}

/**
 * What the merge request changes: GitLab's patch (one request), in older versions its list of files, else what git says when the
 * checkout holds both commits. Null when none of them does.
 */
export async function fetchDiff(
  mergeRequest: MergeRequest,
  { gitlab, git }: { readonly gitlab: Diffs | null; readonly git: Git },
  troubles: Troubles,
): Promise<Diff | null> {
  const asked =
    gitlab === null
      ? null
      : await troubles.attempt('the diff of the merge request', () => fromGitLab(mergeRequest, gitlab));
  if (asked !== null) return asked;
  const { diffBaseSha, headSha } = mergeRequest;
  if (diffBaseSha === null) return null;
  const patch = await git.diff(diffBaseSha, headSha ?? 'HEAD');
  return patch === null ? null : parseUnifiedDiff(patch);
}
