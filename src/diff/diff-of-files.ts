import type { Diff, DiffFile } from '../model/diff.ts';
import { LineCursor, parseHunks } from './parse-hunks.ts';

/** One entry of `GET /projects/:id/merge_requests/:iid/diffs`. Source: https://docs.gitlab.com/api/merge_requests/#list-merge-request-diffs */
export interface ListedDiff {
  readonly oldPath: string;
  readonly newPath: string;
  readonly newFile: boolean;
  readonly deletedFile: boolean;
  readonly renamedFile: boolean;
  /** Hunks without a header; empty for binary files and where GitLab left it out. */
  readonly diff: string;
  /** GitLab leaves out the lines of files that are too large, and of those beyond its limits (`collapsed`). */
  readonly leftOut: boolean;
}

function fileOf({ diff, leftOut, oldPath, newPath, ...listed }: ListedDiff): DiffFile {
  const cursor = new LineCursor(diff);
  // Older versions put the two path lines before the hunks.
  while (cursor.line()?.startsWith('@@ ') === false) cursor.next();
  const { hunks, complete } = parseHunks(cursor);
  const change = listed.newFile
    ? 'added'
    : listed.deletedFile
      ? 'deleted'
      : listed.renamedFile
        ? 'renamed'
        : 'modified';
  return { oldPath, newPath, change, hunks, complete: complete && !leftOut };
}

/** The diff of a merge request from GitLab's list of its files; `complete` says whether the list is. */
export function diffOfFiles(listed: readonly ListedDiff[], complete: boolean): Diff {
  const files = listed.map(fileOf);
  return { files, complete: complete && files.every((file) => file.complete) };
}
