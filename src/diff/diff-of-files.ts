import type { Diff, DiffFile } from '../model/diff.ts';
import { LineCursor, parseHunks } from './parse-hunks.ts';

/** One file of GitLab's list of diffs. Source: https://docs.gitlab.com/api/merge_requests/#list-merge-request-diffs */
export interface ListedDiff {
  readonly oldPath: string;
  readonly newPath: string;
  readonly newFile: boolean;
  readonly deletedFile: boolean;
  readonly renamedFile: boolean;
  /** Hunks without a header; empty for binary files and where GitLab omitted it. */
  readonly diff: string;
  readonly leftOut: boolean;
}

function changeOf({ newFile, deletedFile, renamedFile }: ListedDiff): DiffFile['change'] {
  if (newFile) return 'added';
  if (deletedFile) return 'deleted';
  return renamedFile ? 'renamed' : 'modified';
}

function fileOf(listed: ListedDiff): DiffFile {
  const cursor = new LineCursor(listed.diff);
  // Older versions put two lines with the paths before the hunks.
  while (cursor.line()?.startsWith('@@ ') === false) cursor.next();
  const { hunks, complete } = parseHunks(cursor);
  const { oldPath, newPath, leftOut } = listed;
  return { oldPath, newPath, change: changeOf(listed), hunks, complete: complete && !leftOut };
}

/** The diff of a merge request from GitLab's list of its files. */
export function diffOfFiles(listed: readonly ListedDiff[]): Diff {
  const files = listed.map(fileOf);
  return { files, complete: files.every(({ complete }) => complete) };
}
