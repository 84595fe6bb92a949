import type { FindingFix } from '../../../model/findings.ts';

/**
 * A replacement as tools give it: 1-based, the end column is the first one that stays; null columns mean whole lines.
 */
export interface TextEdit {
  readonly startLine: number | null;
  readonly startColumn: number | null;
  readonly endLine: number | null;
  readonly endColumn: number | null;
  readonly text: string;
}

/** The text of a line without its line ending, null when the report does not hold it. */
export type LineText = (line: number) => string | null;

const unknownLines: LineText = () => null;

interface Lines {
  readonly startLine: number;
  readonly endLine: number;
}

function fixOf({ startLine, endLine }: Lines, replacement: string): FindingFix | null {
  if (startLine < 1 || endLine < startLine) return null;
  return { startLine, endLine, replacement, columns: null, description: null };
}

function widened(edit: TextEdit, place: Lines, textOf: LineText): FindingFix | null {
  const first = textOf(place.startLine);
  const startColumn = Math.max(1, edit.startColumn ?? 1);
  if (first === null || startColumn > first.length + 1) return null;
  const last = textOf(place.endLine);
  const endColumn = edit.endColumn ?? (last === null ? 0 : last.length + 1);
  if (last === null || endColumn < 1 || endColumn > last.length + 1) return null;
  if (place.startLine === place.endLine && endColumn < startColumn) return null;
  const replacement = first.slice(0, startColumn - 1) + edit.text + last.slice(endColumn - 1);
  return /^\r?\n?$/.test(replacement) ? null : fixOf(place, replacement);
}

/** An edit of parts of lines that the report does not hold. */
function ofColumns(edit: TextEdit, place: Lines, textOf: LineText): FindingFix | null {
  const [start, end] = [edit.startColumn ?? 1, edit.endColumn];
  const isKnown = textOf(place.startLine) !== null && textOf(place.endLine) !== null;
  const isBackwards = place.startLine === place.endLine && end !== null && end < start;
  if (isKnown || isBackwards || start < 1 || (end !== null && end < 1)) return null;
  const fix = fixOf(place, edit.text);
  return fix === null ? null : { ...fix, columns: { start, end } };
}

/**
 * Tools count columns in bytes, in characters or in UTF-16, and tabs as one or as eight: in these lines all of them
 * mean the same.
 */
const plainLine = /^[\x20-\x7e]*$/;

/** A fix of parts of lines as one of whole lines, by the file's text; null where that is not certain. */
export function completeFix(fix: FindingFix, textOf: LineText): FindingFix | null {
  const { startLine, endLine, replacement, columns, description } = fix;
  if (columns === null) return fix;
  const isPlain = [startLine, endLine].every((line) => plainLine.test(textOf(line) ?? '\t'));
  const edit = { startLine, endLine, startColumn: columns.start, endColumn: columns.end, text: replacement };
  const completed = isPlain ? widened(edit, { startLine, endLine }, textOf) : null;
  return completed === null ? null : { ...completed, description };
}

/** Edits that begin where a line begins and end where one ends need no text; null for others. */
function ofWholeLines(edit: TextEdit, place: Lines): FindingFix | null {
  const { startColumn, endColumn, text } = edit;
  if (startColumn !== null && startColumn > 1) return null;
  const lines = text.replace(/\r?\n$/, '');
  if (endColumn === null) return lines === '' ? null : fixOf(place, lines);
  const endsAtLineStart = endColumn === 1 && place.endLine > place.startLine;
  if (!endsAtLineStart || (lines === '' ? text !== '' : lines === text)) return null;
  return fixOf({ startLine: place.startLine, endLine: place.endLine - 1 }, lines);
}

/**
 * Turns an edit into one of whole lines: as it is when it covers whole lines, widened by the lines' text when the
 * report holds that; without that text it keeps its columns, see `completeFix`. Null for what is not an edit. A fix
 * with an empty replacement deletes its lines; an edit that leaves one blank line could not be distinguished from that
 * and gives null.
 */
export function wholeLineFix(edit: TextEdit, textOf: LineText = unknownLines): FindingFix | null {
  if (edit.startLine === null) return null;
  const place = { startLine: edit.startLine, endLine: edit.endLine ?? edit.startLine };
  return ofWholeLines(edit, place) ?? widened(edit, place, textOf) ?? ofColumns(edit, place, textOf);
}

/** Gives access to the lines of a text whose first line has the given number. */
export function linesOf(text: string | null, firstLine: number): LineText {
  if (text === null) return unknownLines;
  const lines = text.split(/\r?\n/);
  return (line) => lines[line - firstLine] ?? null;
}

/** A text whose characters are addressed by offset, as ESLint does. */
export interface OffsetText {
  /** The edit that replaces the characters from `from` up to but without `to`; null when they are not in the text. */
  edit(from: number, to: number, replacement: string): TextEdit | null;
  readonly line: LineText;
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** Makes a text addressable by offset; the index of its lines is made once, here. */
export function offsetText(text: string): OffsetText {
  const starts = lineStarts(text);

  function lineOf(offset: number): number {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  }
  const columnOf = (offset: number, line: number): number => offset - (starts[line - 1] ?? 0) + 1;

  return {
    edit(from, to, replacement) {
      if (!(from >= 0 && from <= to && to <= text.length)) return null;
      const [startLine, endLine] = [lineOf(from), lineOf(to)];
      return {
        startLine,
        startColumn: columnOf(from, startLine),
        endLine,
        endColumn: columnOf(to, endLine),
        text: replacement,
      };
    },
    line: (line) => {
      const start = starts[line - 1];
      return start === undefined
        ? null
        : text.slice(start, starts[line] ?? text.length).replace(/\r?\n$/, '');
    },
  };
}
