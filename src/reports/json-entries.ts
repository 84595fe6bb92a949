import type { TestFailure } from '../model/tests.ts';
import type { ReportSink } from './format.ts';
import { isJsonObject, type JsonObject } from './json-value.ts';

/** The objects of a list of what may have failed. What else is in the list may hide a failure: it is counted, and the file is not whole. */
export function entriesOf(
  list: readonly unknown[],
  what: string,
  sink: Pick<ReportSink, 'incomplete'>,
): readonly JsonObject[] {
  const entries = list.filter(isJsonObject);
  const odd = list.length - entries.length;
  if (odd > 0) sink.incomplete(`${odd} of ${list.length} entries in the list of ${what} cannot be read`);
  return entries;
}

const maxShownCharacters = 200;

/** Says what a line that is no JSON may mean: half an event may hide a failure, anything else is output between the events. */
export function oddLine(text: string, line: number, sink: Pick<ReportSink, 'incomplete' | 'warn'>): void {
  const shown = text.trim().slice(0, maxShownCharacters);
  if (shown === '') return;
  if (shown.startsWith('{')) sink.incomplete(`line ${line} is cut off or no JSON: ${shown}`);
  else sink.warn(`line ${line} is no JSON: ${shown}`);
}

const maxRetries = 100;

/** Failures of earlier runs: those that are told, and as many without a text as the report counts beyond them. */
export function withUntold(told: readonly TestFailure[], counted: number | null): readonly TestFailure[] {
  const untold = Math.min(maxRetries, Math.floor(counted ?? 0)) - told.length;
  if (untold <= 0) return told;
  return [...Array.from({ length: untold }, () => ({ type: null, message: '', details: '' })), ...told];
}
