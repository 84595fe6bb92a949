import { innermostFirst, isForeignFrame, isFrame } from '../../trail/frames/stack-places.ts';
import { withoutLastLineEnds } from '../words/visible-text.ts';

export interface TrimmedStack {
  readonly text: string;
  /** Lines that are not shown: frames of other people's code, rulers, and what was cut. */
  readonly omittedFrames: number;
}

/** `_ _ _ _`, `=====`: lines that tools draw between parts. */
const ruler = /^\s*(?:(?:_ ){9,}_?|_{20,}|={20,}|[─━═⎯]{5,})\s*$/;
const trailingRuler = / [─━═⎯]{5,}\s*$/;

/** Lines with `-` and `+` in front, of which one without the other says nothing. */
const changed = /^\s{0,8}[-+](?:\s|\S)/;
/** What pytest and Jest mark: the line that failed, and why. */
const marked = /^(?:E {2,}|>\s|\s*>\s+\d+ \|)/;

/** How often more lines than asked for are shown, for the sake of a diff. */
const diffShare = 3;

/** The function of Go whose place, on the next line, is in other people's code. */
function isGoCall(line: string, next: string): boolean {
  return /^(?:created by )?[^\s(]+(?:\(|$)/.test(line) && /^\t\S/.test(next) && isForeignFrame(next);
}

function ownLines(lines: readonly string[]): readonly string[] {
  return lines
    .filter((line, at) => !isForeignFrame(line) && !isGoCall(line, lines[at + 1] ?? '') && !ruler.test(line))
    .map((line) => line.replace(trailingRuler, ''));
}

/** Which lines stay when there is room for `max`: the first one, diffs and marks, then the others from the top. */
function keptLines(lines: readonly string[], max: number): ReadonlySet<number> {
  const positions = lines.map((_, at) => at);
  const isImportant = (at: number): boolean => {
    const line = lines[at] ?? '';
    return at === 0 || (changed.test(line) && !isFrame(line)) || marked.test(line);
  };
  const important = positions.filter(isImportant);
  const room = Math.max(max, Math.min(important.length, diffShare * max));
  const others = positions.filter((at) => !isImportant(at));
  return new Set([...important, ...others].slice(0, room));
}

/** Omitted lines show as one line that counts them; a gap of one line is not worth it. */
function withGaps(
  lines: readonly string[],
  kept: ReadonlySet<number>,
  leftOut: (count: number) => string,
): string {
  const shown: string[] = [];
  let gap: string[] = [];
  const close = (): void => {
    if (gap.length === 1) shown.push(...gap);
    else if (gap.length > 1) shown.push(leftOut(gap.length));
    gap = [];
  };
  for (const [at, line] of lines.entries()) {
    if (!kept.has(at)) gap.push(line);
    else {
      close();
      shown.push(line);
    }
  }
  close();
  return shown.join('\n');
}

/** Blank lines around, and the indentation that all lines share, say nothing. */
function atLeftEdge(text: string): string {
  const lines = withoutLastLineEnds(text)
    .replace(/^(?:[^\S\n]*\n)+/, '')
    .trimEnd()
    .split('\n');
  const indents = lines
    .filter((line) => line.trim() !== '')
    .map((line) => /^[ \t]*/.exec(line)?.[0].length ?? 0);
  const shared = Math.min(...indents);
  return Number.isFinite(shared) && shared > 0
    ? lines.map((line) => line.slice(shared)).join('\n')
    : lines.join('\n');
}

/**
 * A failure's text without the frames of other people's code and without rulers, and not much longer than `maxLines`: a
 * diff is not cut in its middle, and omitted lines are counted. When every frame is foreign they stay: nothing would
 * be left to look at.
 */
export function projectFrames(
  details: string,
  { maxLines, leftOut }: { readonly maxLines: number; readonly leftOut: (count: number) => string },
): TrimmedStack {
  const lines = withoutLastLineEnds(details).split('\n');
  const own = ownLines(lines);
  const hasOwnFrame = own.some(isFrame);
  const hasText = own.some((line) => line.trim() !== '');
  const shown = atLeftEdge(
    (hasText && (hasOwnFrame || !lines.every(isFrame)) ? own : lines).join('\n'),
  ).split('\n');
  const kept = shown.length <= maxLines ? new Set(shown.keys()) : keptLines(shown, maxLines);
  return {
    text: withGaps(shown, kept, leftOut),
    omittedFrames: lines.length - Math.min(kept.size, shown.length),
  };
}

/**
 * The first place in the project's own code that a stack names as readers know it: where they look first. Null when it
 * names none; a path from the root is of the machine that ran it.
 */
export function placeInStack(details: string): { readonly path: string; readonly line: number } | null {
  return innermostFirst(details).find(({ path }) => !/^(?:[A-Za-z]:)?[\\/]/.test(path)) ?? null;
}
