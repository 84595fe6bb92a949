import type { KeptPart } from '../../../digest/kept-history/kept-history.ts';
import type { Span } from '../../../model/digest.ts';
import type { Instant, PartRead } from '../../../model/project-history.ts';
import type { Ending } from './read-pages.ts';

/** What a list gave: all that is known of it, how far it was read, and what can be kept. */
export interface ReadPart<Row> {
  readonly rows: readonly Row[];
  readonly read: PartRead;
  /** Null where it is not whole. */
  readonly kept: KeptPart<Row> | null;
}

/** When and for what span something is read. */
export interface Reading {
  readonly window: Span;
  readonly now: Instant;
}

/** A part that was read whole. */
export function wholeFrom(from: Instant | null, { now }: Reading): PartRead {
  return { from, until: now, gap: null, usable: true };
}

/** A part of which nothing can be counted. */
export function missing(gap: string, { now, window }: Reading): PartRead {
  return { from: window.from, until: now, gap, usable: false };
}

/** The kept rows where they reach back far enough. */
export function reaching<Row>(kept: KeptPart<Row> | null, { window }: Reading): KeptPart<Row> | null {
  return kept !== null && kept.from <= window.from ? kept : null;
}

/** What is known after a reading. */
export interface Known<Row> {
  readonly rows: readonly Row[];
  /** The newest change among them. */
  readonly newest: Instant;
  /** The oldest that was read now; null = nothing was. */
  readonly oldest: Instant | null;
  readonly ending: Ending;
}

/**
 * A part after its reading. Lists come newest first: where one ends early, what is newer than its last row is there,
 * and nothing of it is kept but what was kept before.
 */
export function readPart<Row>(
  base: KeptPart<Row> | null,
  { rows, newest, oldest, ending }: Known<Row>,
  reading: Reading,
): ReadPart<Row> {
  const from = base?.from ?? reading.window.from;
  if (ending.kind === 'whole')
    return {
      rows,
      read: wholeFrom(reading.window.from, reading),
      kept: { from, until: newest, rows },
    };
  if (base !== null)
    return {
      rows,
      read: { from: reading.window.from, until: reading.now, gap: ending.gap, usable: true },
      kept: { ...base, rows },
    };
  if (oldest === null) return { rows: [], read: missing(ending.gap, reading), kept: null };
  return { rows, read: { from: oldest, until: reading.now, gap: ending.gap, usable: true }, kept: null };
}
