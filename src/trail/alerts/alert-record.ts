import * as z from 'zod';
import type { AlertCode, AlertWords } from '../../model/alert.ts';
import { once } from '../../model/once.ts';

/** What the issue about an alert knows of it, besides what it shows. */
export interface AlertRecord {
  /** Occurrences so far. */
  readonly count: number;
  /** When the first of all was, when that of the latest row was, and when the newest was: ISO 8601. */
  readonly first: string;
  readonly since: string;
  readonly latest: string;
  /** The newest occurrences, the newest last. */
  readonly occurrences: readonly string[];
  /** When the tool says that the last row was over; null while it is not, or where it does not say. */
  readonly over: string | null;
  /** Where it is in the code, as it was looked up when the issue was opened; null where nothing was found. */
  readonly code: AlertCode | null;
  /** What the tool said, the newest words that it had. */
  readonly words: AlertWords;
}

/** An occurrence that is sent again after this many others counts twice. */
export const maxOccurrences = 30;

const instant = z.iso.datetime();
const word = z.string().regex(/^[0-9a-f]{16}$/);

const frame = z.object({
  path: z.string(),
  line: z.int().positive().nullable(),
  functionName: z.string(),
});

const code = z.object({
  sha: z.string().regex(/^[0-9a-f]{40,64}$/),
  isRelease: z.boolean(),
  places: z.array(frame),
  owners: z.array(z.string()),
});

const words = z.object({
  title: z.string(),
  severity: z.string().nullable(),
  text: z.string(),
  link: z.string().nullable(),
  labels: z.array(z.tuple([z.string(), z.string()])),
  frames: z.array(frame),
});

const schema = z.object({
  count: z.int().nonnegative(),
  first: instant,
  since: instant,
  latest: instant,
  occurrences: z.array(word).max(maxOccurrences),
  over: instant.nullable(),
  code: code.nullable(),
  words,
});

/** More alerts than these are counted, but nobody knows when they are over. */
export const maxWaiting = 1_000;
/** Groups of alerts whose messages had more than are read; of more groups the newest count. */
export const maxUnread = 50;

const restSchema = z.object({
  count: z.int().nonnegative(),
  waiting: z.array(word).max(maxWaiting),
  unread: z
    .array(z.tuple([word, z.int().positive()]))
    .max(maxUnread)
    .default([]),
});

/**
 * What the issue that counts the rest knows: how many came, which of them are not over, and by group how many alerts
 * its latest message had that were not read.
 */
export type RestRecord = Readonly<z.output<typeof restSchema>>;

function parse<T>(text: string | null, type: z.ZodType<T>): T | null {
  if (text === null) return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  return type.safeParse(value, once).data ?? null;
}

/** The record of an issue about an alert from its text; null for everything that is none. */
export function parseAlertRecord(text: string | null): AlertRecord | null {
  return parse(text, schema);
}

/** The same of the issue that counts the rest. */
export function parseRestRecord(text: string | null): RestRecord | null {
  return parse(text, restSchema);
}
