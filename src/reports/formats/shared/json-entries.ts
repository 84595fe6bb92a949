import { formOf } from '../../../model/plural.ts';
import type { TestFailure } from '../../../model/tests.ts';
import type { ReportSink } from '../../format.ts';
import { isJsonObject, isList, type JsonObject } from './json-value.ts';

/** How far `detect` looks for an entry that it knows. */
const lookedAt = 1_000;

/** True when one of the first entries has a format's shape: odd ones beside it disown no file. For `detect`. */
export function someLookLike<Entry>(entries: readonly Entry[], isEntry: (entry: Entry) => boolean): boolean {
  return entries.slice(0, lookedAt).some(isEntry);
}

/** The entries of one list of a report. */
export interface Entries {
  /** What they are, as in "3 of the diagnostics". */
  readonly what: string;
  /**
   * An entry has a text or a number under at least one of them, else it says nothing that can be shown; without keys
   * every object is one.
   */
  readonly keys: readonly string[];
  readonly read: (entry: JsonObject, sink: ReportSink) => void;
  /** Entries that are something else by right, and say nothing of interest. */
  readonly isOther?: (entry: unknown) => boolean;
}

function says(entry: JsonObject, keys: readonly string[]): boolean {
  if (keys.length === 0) return true;
  return keys.some((key) => {
    const value = Object.hasOwn(entry, key) ? entry[key] : undefined;
    return value !== '' && (typeof value === 'string' || typeof value === 'number');
  });
}

/**
 * Reads each entry of a list that says something, and counts the others: any of them may have been a finding, so that
 * the report counts as incomplete. Null is an empty list, as tools in Go write it; what is not a list at all cannot be
 * read.
 */
export function readEntries(list: unknown, { what, keys, read, isOther }: Entries, sink: ReportSink): void {
  if (list === undefined || list === null) return;
  if (!isList(list)) {
    sink.incomplete(`the ${what} are not a list; Herald skipped them`);
    return;
  }
  let skipped = 0;
  for (const entry of list) {
    if (isOther?.(entry) === true) continue;
    if (isJsonObject(entry) && says(entry, keys)) read(entry, sink);
    else skipped += 1;
  }
  if (skipped > 0) sink.incomplete(`${skipped} of the ${what} could not be read`);
}

/** Problems that a report counts itself beside those that it lists. */
export interface CountedProblems {
  /** Null = the report counts nothing. */
  readonly counted: number | null;
  readonly listed: number;
  readonly what: string;
}

/** A report that counts more problems than it lists does not hold all of them. */
export function sayIfFewerAreListed({ counted, listed, what }: CountedProblems, sink: ReportSink): void {
  if (counted !== null && counted > listed)
    sink.incomplete(`the report counts ${counted} ${what} and lists ${listed}`);
}

/**
 * The objects of a list of what may have failed. What else is in the list may hide a failure: it is counted, and the
 * file is not whole. It is reported at the end: go through all of them.
 */
export function* entriesOf(
  list: Iterable<unknown>,
  what: string,
  sink: Pick<ReportSink, 'incomplete'>,
): IterableIterator<JsonObject> {
  let [count, odd] = [0, 0];
  for (const entry of list) {
    count += 1;
    if (isJsonObject(entry)) yield entry;
    else odd += 1;
  }
  if (odd > 0)
    sink.incomplete(
      `${odd} of ${count} ${formOf(count, { one: 'entry', other: 'entries' })} in the list of ${what} cannot be read`,
    );
}

const maxShownCharacters = 200;

/**
 * Says what a line that is not JSON may mean: half an event may hide a failure, anything else is output between the
 * events.
 */
export function oddLine(text: string, line: number, sink: Pick<ReportSink, 'incomplete' | 'warn'>): void {
  const shown = text.trim().slice(0, maxShownCharacters);
  if (shown === '') return;
  if (/^[[{]/.test(shown)) sink.incomplete(`line ${line} is cut off or not JSON: ${shown}`);
  else sink.warn(`line ${line} is not JSON: ${shown}`);
}

const maxRetries = 100;

/** Failures of earlier runs: those that are shown, and as many without a text as the report counts beyond them. */
export function withUntold(told: readonly TestFailure[], counted: number | null): readonly TestFailure[] {
  const untold = Math.min(maxRetries, Math.floor(counted ?? 0)) - told.length;
  if (untold <= 0) return told;
  return [...Array.from({ length: untold }, () => ({ type: null, message: '', details: '' })), ...told];
}
