import type { FindingFix } from '../model/findings.ts';

/** A replacement as tools give it: 1-based, the end column is the first one that stays; null columns mean whole lines. */
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

function fixOf(startLine: number, endLine: number, replacement: string): FindingFix | null {
  if (startLine < 1 || endLine < startLine) return null;
  return { startLine, endLine, replacement, description: null };
}

function widened(
  edit: TextEdit,
  place: { startLine: number; endLine: number },
  textOf: LineText,
): FindingFix | null {
  const first = textOf(place.startLine);
  const startColumn = edit.startColumn ?? 1;
  if (first === null || startColumn > first.length + 1) return null;
  const last = textOf(place.endLine);
  const endColumn = edit.endColumn ?? (last === null ? 0 : last.length + 1);
  if (last === null || endColumn < 1 || endColumn > last.length + 1) return null;
  if (place.startLine === place.endLine && endColumn < startColumn) return null;
  const replacement = first.slice(0, startColumn - 1) + edit.text + last.slice(endColumn - 1);
  return replacement === '' ? null : fixOf(place.startLine, place.endLine, replacement);
}

/**
 * Turns an edit into one of whole lines: as it is when it covers whole lines, widened by the lines' text when the report
 * holds that, else null. A fix with an empty replacement deletes its lines; an edit that leaves one
 * blank line could not be told from that and gives null.
 */
export function wholeLineFix(edit: TextEdit, textOf: LineText = unknownLines): FindingFix | null {
  const { startLine, startColumn, endColumn, text } = edit;
  if (startLine === null) return null;
  const endLine = edit.endLine ?? startLine;
  const startsLine = startColumn === null || startColumn <= 1;
  const lines = text.replace(/\r?\n$/, '');
  if (startsLine && endColumn === null) return lines === '' ? null : fixOf(startLine, endLine, lines);
  if (startsLine && endColumn === 1 && endLine > startLine && (text === '' || lines !== text))
    return lines === '' && text !== '' ? null : fixOf(startLine, endLine - 1, lines);
  return widened(edit, { startLine, endLine }, textOf);
}

/** Gives access to the lines of a text whose first line has the given number. */
export function linesOf(text: string | null, firstLine: number): LineText {
  if (text === null) return unknownLines;
  const lines = text.split(/\r?\n/);
  return (line) => lines[line - firstLine] ?? null;
}
