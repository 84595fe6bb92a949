import { createHash } from 'node:crypto';
import type { Diff, DiffFile } from '../model/diff.ts';
import type { DiffLineEnd, DiffSpot } from '../model/inline-comment.ts';

/** Lines of one side of a file; a single line has `start` = `end`. */
export interface WantedLines {
  readonly side: 'new' | 'old';
  readonly path: string;
  readonly start: number;
  readonly end: number;
}

interface HunkLine {
  readonly kind: ' ' | '-' | '+';
  /** Of a side that lacks the line: the number of the next one there. */
  readonly oldLine: number;
  readonly newLine: number;
}

/**
 * The position of a comment on these lines, as GitLab needs it: an added line has a number on the new side only, a
 * removed one on the old side only, an unchanged one on both; new files have their path on both sides, renamed ones
 * each of theirs. A comment on several lines is at the last one. Null when a hunk does not show all of the lines:
 * GitLab refuses a comment there. Source: https://docs.gitlab.com/api/discussions/#create-a-new-thread-in-the-merge-request-diff
 */
export function spotOf({ files }: Diff, wanted: WantedLines): DiffSpot | null {
  const file = files.find((one) => hasSide(one, wanted));
  if (file === undefined || wanted.end < wanted.start) return null;
  const shown = linesShown(file, wanted);
  const [first] = shown;
  const last = shown.at(-1);
  if (first === undefined || last === undefined || shown.length !== wanted.end - wanted.start + 1)
    return null;
  const { oldPath, newPath } = pathsOf(file);
  return {
    oldPath,
    newPath,
    oldLine: last.kind === '+' ? null : last.oldLine,
    newLine: last.kind === '-' ? null : last.newLine,
    range: shown.length === 1 ? null : { start: lineEnd(file, first), end: lineEnd(file, last) },
  };
}

function hasSide({ oldPath, newPath, change }: DiffFile, { side, path }: WantedLines): boolean {
  return side === 'new' ? change !== 'deleted' && newPath === path : change !== 'added' && oldPath === path;
}

/** A file that is there on one side only has its path on both. */
function pathsOf({ oldPath, newPath, change }: DiffFile): Pick<DiffFile, 'oldPath' | 'newPath'> {
  if (change === 'added') return { oldPath: newPath, newPath };
  return change === 'deleted' ? { oldPath, newPath: oldPath } : { oldPath, newPath };
}

/** The wanted lines as far as one hunk shows them, in order. */
function linesShown({ hunks }: DiffFile, { side, start, end }: WantedLines): readonly HunkLine[] {
  const missing = side === 'new' ? '-' : '+';
  for (const hunk of hunks) {
    const found: HunkLine[] = [];
    let { oldStart: oldLine, newStart: newLine } = hunk;
    for (const kind of hunk.lines) {
      const number = side === 'new' ? newLine : oldLine;
      const isWanted = kind !== missing && number >= start && number <= end;
      if (isWanted && isKind(kind)) found.push({ kind, oldLine, newLine });
      if (kind !== '+') oldLine += 1;
      if (kind !== '-') newLine += 1;
    }
    if (found.length > 0) return found;
  }
  return [];
}

function isKind(kind: string): kind is HunkLine['kind'] {
  return kind === ' ' || kind === '-' || kind === '+';
}

/**
 * Sources: https://docs.gitlab.com/api/discussions/#line-code and `lib/gitlab/diff/line_code.rb` of gitlabhq/gitlabhq: the path is that of the
 * new version, where there is one.
 */
function lineEnd(file: DiffFile, { kind, oldLine, newLine }: HunkLine): DiffLineEnd {
  const hash = createHash('sha1').update(pathsOf(file).newPath).digest('hex');
  return {
    lineCode: `${hash}_${oldLine}_${newLine}`,
    type: kind === '+' ? 'new' : 'old',
    oldLine: kind === '+' ? null : oldLine,
    newLine: kind === '-' ? null : newLine,
  };
}
