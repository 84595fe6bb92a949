/**
 * Moves a comment on a diff to the next version of the merge request as GitLab does. Written after what
 * `lib/gitlab/diff/position_tracer/line_strategy.rb` of gitlabhq/gitlabhq says; only the cases of lines that are there
 * on the new side.
 */
import type { Checkout } from './checkout.ts';

export interface Position {
  readonly base_sha: string;
  readonly start_sha: string;
  readonly head_sha: string;
  readonly old_path: string;
  readonly new_path: string;
  readonly old_line?: number;
  readonly new_line?: number;
}

interface FileChange {
  readonly oldPath: string;
  readonly newPath: string;
  readonly hunks: readonly {
    readonly old: readonly [number, number];
    readonly new: readonly [number, number];
  }[];
}

/** The first line and how many, in a hunk header without context; an empty side is named by the line before it. */
function side(start: string, count: string | undefined): readonly [number, number] {
  const length = count === undefined ? 1 : Number(count);
  return [length === 0 ? Number(start) + 1 : Number(start), length];
}

function changesBetween({ git }: Checkout, from: string, to: string): readonly FileChange[] {
  const patch = git('diff', '--unified=0', '--find-renames', '--no-color', from, to);
  return patch
    .split(/^diff --git /m)
    .slice(1)
    .map((text) => {
      const [, oldPath = '', newPath = ''] = /^a\/(\S+) b\/(\S+)/.exec(text) ?? [];
      const hunks = [...text.matchAll(/^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/gm)].map(
        ([, oldStart = '', oldCount, newStart = '', newCount]) => ({
          old: side(oldStart, oldCount),
          new: side(newStart, newCount),
        }),
      );
      return { oldPath, newPath, hunks };
    });
}

/** The same line on the other side; null when it is not there. */
function mapped(line: number, change: FileChange | undefined, direction: 'old' | 'new'): number | null {
  const other = direction === 'old' ? 'new' : 'old';
  let shift = 0;
  for (const hunk of change?.hunks ?? []) {
    const [start, count] = hunk[direction];
    if (line < start) break;
    if (line < start + count) return null;
    shift += hunk[other][1] - count;
  }
  return line + shift;
}

/** Lines of the new side that a diff with GitLab's three lines of context shows. */
function isShown(
  { git }: Checkout,
  { base, head }: Version,
  { path, line }: { path: string; line: number },
): boolean {
  const text = git('diff', '--unified=3', '--find-renames', '--no-color', base, head)
    .split(/^diff --git /m)
    .find((one) => one.startsWith('a/') && one.split('\n', 1)[0]?.endsWith(` b/${path}`));
  return [...(text ?? '').matchAll(/^@@ -\S+ \+(\d+)(?:,(\d+))? @@/gm)].some(
    ([, start = '', count = '1']) => line >= Number(start) && line < Number(start) + Number(count),
  );
}

interface Version {
  readonly base: string;
  readonly head: string;
}

/** The position on the new version; null when it is outdated. */
export function tracedPosition(checkout: Checkout, position: Position, to: Version): Position | null {
  const { new_line: line, new_path: path } = position;
  if (line === undefined) throw new Error('removed lines are not simulated');
  const headToHead = changesBetween(checkout, position.head_sha, to.head).find((one) => one.oldPath === path);
  const newPath = headToHead?.newPath ?? path;
  const newLine = mapped(line, headToHead, 'old');
  if (newLine === null) return null;
  const change = changesBetween(checkout, to.base, to.head).find((one) => one.newPath === newPath);
  const oldLine = mapped(newLine, change, 'new');
  const shas = { base_sha: to.base, start_sha: to.base, head_sha: to.head };
  const paths = { old_path: change?.oldPath ?? newPath, new_path: newPath };
  if (oldLine === null) return { ...shas, ...paths, new_line: newLine };
  return isShown(checkout, to, { path: newPath, line: newLine })
    ? { ...shas, ...paths, old_line: oldLine, new_line: newLine }
    : null;
}
