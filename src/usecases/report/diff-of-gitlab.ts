import { parseUnifiedDiff } from '../../diff/parse-unified-diff.ts';
import { GitLabError } from '../../errors.ts';
import type { DiffList, DiffPart, Diffs } from '../../gitlab/ports/port.ts';
import type { MergeRequestAddress } from '../../model/context.ts';
import type { Diff, DiffFile } from '../../model/diff.ts';

/** GitLab itself shows no diff of that size. */
const maxBytes = 32 * 1024 * 1024;

export interface RawDiff {
  /** Null where GitLab has no such address, fails at it, or answers with something else. */
  readonly diff: Diff | null;
  /** Why it is null, in words for the log. */
  readonly reason: string;
}

/** The raw diff of a merge request. Throws `GitLabError` only for a token that GitLab does not know. */
export async function fetchRawDiff(mergeRequest: MergeRequestAddress, gitlab: Diffs): Promise<RawDiff> {
  try {
    const raw = await gitlab.fetchRawDiff(mergeRequest, maxBytes);
    if (raw === null) return { diff: null, reason: 'this GitLab has no raw diffs' };
    const text = new TextDecoder().decode(raw);
    const isDiff = text.trim() === '' || /^diff --git /m.test(text);
    return isDiff
      ? { diff: parseUnifiedDiff(text), reason: '' }
      : { diff: null, reason: 'the raw diff is not a diff' };
  } catch (error) {
    if (!(error instanceof GitLabError) || error.status === 401) throw error;
    return { diff: null, reason: error.message };
  }
}

/** A diff that GitLab lists file by file. */
export function diffOfList({ parts, complete }: DiffList): Diff {
  const files = parts.map(fileOf);
  return { files, complete: complete && files.every((file) => file.complete) };
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
