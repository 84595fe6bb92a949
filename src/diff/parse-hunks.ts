import type { DiffHunk } from '../model/diff.ts';

const header = /^@@ -(\d{1,9})(?:,(\d{1,9}))? \+(\d{1,9})(?:,(\d{1,9}))? @@/;

/** Walks over the lines of a text without making a list of them. */
export class LineCursor {
  readonly #text: string;
  #start = 0;
  #end: number;

  constructor(text: string) {
    this.#text = text;
    this.#end = this.#endFrom(0);
  }

  #endFrom(start: number): number {
    const end = this.#text.indexOf('\n', start);
    return end < 0 ? this.#text.length : end;
  }

  /** The current line without its end, null behind the last one. */
  line(): string | null {
    return this.#start >= this.#text.length
      ? null
      : this.#text.slice(this.#start, this.#end).replace(/\r$/, '');
  }

  /** First character of the current line; empty for an empty line. */
  first(): string {
    return this.#start === this.#end ? '' : this.#text.charAt(this.#start);
  }

  next(): void {
    this.#start = this.#end + 1;
    this.#end = this.#endFrom(this.#start);
  }
}

export interface ParsedHunks {
  readonly hunks: readonly DiffHunk[];
  /** False when a hunk has fewer lines than it says: the text was cut. */
  readonly complete: boolean;
}

/**
 * Reads hunks from the cursor's line on, for as long as there are any; each takes exactly the lines that its header
 * counts, so that lines which look like headers cannot confuse it. Source: https://git-scm.com/docs/diff-format#generate_patch_text_with_p
 */
export function parseHunks(cursor: LineCursor): ParsedHunks {
  const hunks: DiffHunk[] = [];
  let complete = true;
  for (let line = cursor.line(); line !== null; line = cursor.line()) {
    const [, oldStart, oldLines = '1', newStart, newLines = '1'] = header.exec(line) ?? [];
    if (oldStart === undefined || newStart === undefined) break;
    cursor.next();
    const counts = { old: Number(oldLines), new: Number(newLines) };
    const lines = takeLines(cursor, counts);
    complete &&= counts.old === 0 && counts.new === 0;
    hunks.push({ oldStart: Number(oldStart), newStart: Number(newStart), lines });
  }
  return { hunks, complete };
}

function takeLines(cursor: LineCursor, counts: { old: number; new: number }): string {
  const kinds: string[] = [];
  const left = counts;
  while ((left.old > 0 || left.new > 0) && cursor.line() !== null) {
    // Some tools cut the space of an empty line.
    const kind = cursor.first() === '' ? ' ' : cursor.first();
    if (!' +-\\'.includes(kind)) break;
    if (kind !== '\\') kinds.push(kind);
    if (' -'.includes(kind)) left.old -= 1;
    if (' +'.includes(kind)) left.new -= 1;
    cursor.next();
  }
  // "\ No newline at end of file" behind the last line.
  while (cursor.first() === '\\' && cursor.line() !== null) cursor.next();
  return kinds.join('');
}
