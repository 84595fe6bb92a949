import type { LineRange } from '../model/comparison.ts';
import type { Diff, DiffFile, DiffHunk } from '../model/diff.ts';

/**
 * Calls `visit` for each line of a hunk with its number on each side; the number of a side that lacks it is the next
 * one there.
 */
function eachLine(hunk: DiffHunk, visit: (kind: string, oldLine: number, newLine: number) => void): void {
  let oldLine = hunk.oldStart;
  let newLine = hunk.newStart;
  for (const kind of hunk.lines) {
    visit(kind, oldLine, newLine);
    if (kind !== '+') oldLine += 1;
    if (kind !== '-') newLine += 1;
  }
}

/** The lines that a file's diff adds or changes, in ranges of the new version, in order. */
function changedRanges({ hunks }: DiffFile): readonly LineRange[] {
  const ranges: LineRange[] = [];
  for (const hunk of hunks) {
    eachLine(hunk, (kind, _oldLine, newLine) => {
      if (kind !== '+') return;
      const last = ranges.at(-1);
      if (last?.end === newLine - 1) ranges[ranges.length - 1] = { start: last.start, end: newLine };
      else ranges.push({ start: newLine, end: newLine });
    });
  }
  return ranges;
}

/** Changed ranges by the file's path in the new version; files without any are omitted. */
export function changedLines(diff: Diff): ReadonlyMap<string, readonly LineRange[]> {
  return new Map(
    diff.files
      .map((file) => [file.newPath, changedRanges(file)] as const)
      .filter(([, ranges]) => ranges.length > 0),
  );
}
