import type { Diffs } from '../../gitlab/ports/port.ts';
import type { MergeRequestAddress } from '../../model/context.ts';
import type { Diff } from '../../model/diff.ts';
import type { ChangesFacts } from '../../model/facts.ts';
import { diffOfList, fetchRawDiff } from '../report/diff-of-gitlab.ts';

/** The files and the numbers of lines of a diff. */
export function changesOf({ files, complete }: Diff, areFilesComplete: boolean): ChangesFacts {
  let [additions, deletions] = [0, 0];
  for (const { lines } of files.flatMap(({ hunks }) => hunks))
    for (const kind of lines) {
      if (kind === '+') additions += 1;
      else if (kind === '-') deletions += 1;
    }
  return {
    files: files.map(({ newPath: path, oldPath, change }) => ({ path, oldPath, change })),
    additions,
    deletions,
    linesComplete: complete,
    complete: areFilesComplete,
  };
}

/**
 * What a merge request changes, by GitLab's list of files. Where that omits lines or files, the raw diff is asked for
 * as well, with one request more; where GitLab fails at it, the numbers are lower bounds.
 */
export async function fetchChanges(mergeRequest: MergeRequestAddress, gitlab: Diffs): Promise<ChangesFacts> {
  const list = await gitlab.fetchDiffList(mergeRequest);
  const listed = diffOfList(list);
  if (listed.complete) return changesOf(listed, true);
  const { diff } = await fetchRawDiff(mergeRequest, gitlab);
  return diff?.complete === true ? changesOf(diff, true) : changesOf(listed, list.complete);
}
