import type { Place } from './list-paths.ts';

/**
 * Entries of a list that lie one behind the other, from the first byte of the first up to the comma or bracket behind
 * the last.
 */
export interface Batch {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** The document, or an entry of a list in it: a value that is parsed as one, without its long lists. */
export interface Unit {
  readonly from: number;
  readonly to: number;
  /** True for a member of an object: a key with its value. */
  readonly isMember: boolean;
  /** In the order of the text. */
  readonly lists: readonly FoundList[];
}

/** A long list, or an object with many members, at a place that a format declares. */
export interface FoundList {
  /** Offset of the bracket that opens it. */
  readonly from: number;
  /** Offset behind the one that closes it. */
  readonly to: number;
  readonly isObject: boolean;
  readonly place: Place;
  /** The keys that lead to it from its unit; none when the list is the unit. */
  readonly path: readonly string[];
  readonly length: number;
  /** Its entries; one that has long lists itself is a unit. */
  readonly segments: readonly (Batch | Unit)[];
}

/** What is long. */
export interface ListSizes {
  /** Lists of fewer bytes stay in the text around them. */
  readonly listBytes: number;
  /** Entries are parsed together up to about so many bytes. */
  readonly batchBytes: number;
}
