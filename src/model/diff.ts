/** What a merge request changes, line by line. Paths are relative to the project. */

export interface DiffHunk {
  /** First line on each side, counted from 1; 0 where the side has no lines. */
  readonly oldStart: number;
  readonly newStart: number;
  /** One character a line: space = on both sides, `-` = removed, `+` = added. */
  readonly lines: string;
}

export interface DiffFile {
  readonly oldPath: string;
  readonly newPath: string;
  readonly change: 'added' | 'deleted' | 'renamed' | 'modified';
  /** Empty for binary files, pure renames and files whose diff GitLab did not give. */
  readonly hunks: readonly DiffHunk[];
  /** False when GitLab left the lines out because the file or the whole diff is too large. */
  readonly complete: boolean;
}

export interface Diff {
  readonly files: readonly DiffFile[];
  /** False when files or lines are missing. */
  readonly complete: boolean;
}
