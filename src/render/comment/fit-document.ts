import type { Block, Document } from '../../model/document.ts';

/** What is measured and what is shown of what had no room. */
export interface Fitting {
  /** Bytes that a block takes where it is rendered. */
  bytesOf(block: Block): number;
  /** Says that so many blocks, rows and items are not shown. */
  omitted(count: number): Block;
}

interface Part {
  readonly kept: Document;
  readonly omitted: number;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, number) => all + number, 0);
}

/** How many things a block shows or counts. */
function weightOf(block: Block): number {
  if (block.kind === 'table') return block.rows.length;
  if (block.kind === 'list') return sum(block.items.map(weightOfItem));
  if (block.kind === 'details') return Math.max(1, sum(block.blocks.map(weightOf)));
  return block.kind === 'paragraph' ? (block.unlisted ?? 1) : 1;
}

/** One, whatever it holds, but for the last item that counts the rest of its list. */
function weightOfItem(item: readonly Block[]): number {
  const [only] = item;
  return only !== undefined && item.length === 1 && only.kind === 'paragraph' ? (only.unlisted ?? 1) : 1;
}

/** How many of the pieces have room, from the first on: each is measured alone, and none after the last. */
function fitting<T>(pieces: readonly T[], room: number, bytesOf: (piece: T) => number): number {
  let [left, count] = [room, 0];
  for (const piece of pieces) {
    left -= bytesOf(piece);
    if (left < 0) break;
    count += 1;
  }
  return count;
}

/** The beginning of a block that has no room as a whole. */
function partOf(block: Block, room: number, by: Fitting): Part {
  if (block.kind === 'table') {
    const { rows } = block;
    const empty = by.bytesOf({ ...block, rows: [] });
    const count = fitting(rows, room - empty, (row) => by.bytesOf({ ...block, rows: [row] }) - empty);
    return {
      kept: count === 0 ? [] : [{ ...block, rows: rows.slice(0, count) }],
      omitted: rows.length - count,
    };
  }
  if (block.kind === 'list') {
    const { items } = block;
    const count = fitting(items, room, (item) => by.bytesOf({ ...block, items: [item] }));
    return {
      kept: count === 0 ? [] : [{ ...block, items: items.slice(0, count) }],
      omitted: sum(items.slice(count).map(weightOfItem)),
    };
  }
  if (block.kind === 'details') {
    const empty = { ...block, blocks: [] };
    const inside = room - by.bytesOf(empty);
    if (inside < 0) return { kept: [], omitted: weightOf(block) };
    const inner = cut(block.blocks, inside, by);
    return { kept: [{ ...block, blocks: inner.kept }], omitted: inner.omitted };
  }
  return { kept: [], omitted: weightOf(block) };
}

function cut(document: Document, maxBytes: number, by: Fitting): Part {
  const kept: Block[] = [];
  let [left, omitted] = [maxBytes, 0];
  for (const block of document) {
    const size = by.bytesOf(block);
    const part = size <= left ? { kept: [block], omitted: 0 } : partOf(block, left, by);
    kept.push(...part.kept);
    omitted += part.omitted;
    // What follows a block that was cut would look as if it were next to it: a small one may still have room.
    left -= sum(part.kept.map((some) => by.bytesOf(some)));
  }
  return { kept, omitted };
}

/**
 * A document in so many bytes and the sentence about what is not shown: blocks in their order, of a long table, list or
 * fold its beginning. A document that fits stays as it is.
 */
export function fitDocument(document: Document, maxBytes: number, by: Fitting): Document {
  const { kept, omitted } = cut(document, maxBytes, by);
  return omitted === 0 ? document : [...kept, by.omitted(omitted)];
}
