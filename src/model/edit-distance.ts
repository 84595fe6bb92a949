/**
 * Edits that make the beginnings of one text beginnings of another, by the length of the other's; beyond its ends,
 * infinity.
 */
type Row = readonly number[];

const at = (row: Row, index: number): number => row[index] ?? Infinity;

interface Place {
  readonly from: string;
  readonly to: string;
  /** How much of `from` the row is for. */
  readonly length: number;
}

function rowAfter(last: Row, beforeLast: Row, { from, to, length }: Place): Row {
  const row = [length];
  const letter = from.charAt(length - 1);
  for (let j = 1; j <= to.length; j += 1) {
    const change = at(last, j - 1) + (letter === to[j - 1] ? 0 : 1);
    const isSwap = letter === to[j - 2] && from[length - 2] === to[j - 1];
    const swap = isSwap ? at(beforeLast, j - 2) + 1 : Infinity;
    row.push(Math.min(change, swap, at(last, j) + 1, at(row, j - 1) + 1));
  }
  return row;
}

/**
 * Edits that make one text of another (insertions, deletions, replacements, swaps of neighbours), counted up to
 * `limit`; above it, infinity. Source: the "optimal string alignment" distance, https://en.wikipedia.org/wiki/Damerau–Levenshtein_distance
 */
export function editDistance(from: string, to: string, limit: number): number {
  if (Math.abs(from.length - to.length) > limit) return Infinity;
  let beforeLast: Row = [];
  let last: Row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let length = 1; length <= from.length; length += 1) {
    const row = rowAfter(last, beforeLast, { from, to, length });
    // A swap goes on from the row before: only when both are above the limit does nothing lead back below it.
    if (Math.min(...row) > limit && Math.min(...last) > limit) return Infinity;
    [beforeLast, last] = [last, row];
  }
  const edits = at(last, to.length);
  return edits > limit ? Infinity : edits;
}
