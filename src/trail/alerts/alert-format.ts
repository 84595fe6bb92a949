/** What readers of alerts share: the contract, and the limits of what an alert may bring. */
import { createHash } from 'node:crypto';
import type { Alert, AlertFields } from '../../model/alert.ts';

export type AlertReading =
  | {
      readonly outcome: 'alerts';
      readonly alerts: readonly Alert[];
      /** How many there are besides: beyond the limit, or not in the message. */
      readonly omitted: number;
      /** What distinguishes the messages of the tool that are about other alerts; a word. */
      readonly group: string;
    }
  /** A payload of the tool that no issue is about; the reason is a sentence without its full stop. */
  | { readonly outcome: 'nothing'; readonly reason: string }
  | { readonly outcome: 'malformed'; readonly reason: string };

/** How the payloads of one tool are read. */
export interface AlertFormat {
  readonly name: string;
  /** The tool's own page on its payloads. */
  readonly specification: string;
  /** `fields` are the paths of the source; null for tools whose payloads are known. */
  read(payload: unknown, fields: AlertFields | null): AlertReading;
}

/**
 * More alerts of one payload are only counted. What these cost does not grow with them: requests are for issues, of
 * which few are open at once, and one issue counts the others.
 */
export const maxAlerts = 1_000;
const maxLabels = 15;
const maxName = 60;
const maxLine = 200;
const maxText = 2_000;
const maxAddress = 1_000;
const maxFingerprint = 2_000;

function cut(words: string, length: number): string {
  return words.length <= length ? words : `${words.slice(0, length - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** On one line, cut. */
export function line(words: string, length: number = maxLine): string {
  return cut(
    words
      .slice(0, 4 * length)
      .replace(/\s+/g, ' ')
      .trim(),
    length,
  );
}

/** Lines, cut. */
export function lines(words: string): string {
  return cut(words.trim(), maxText);
}

/** Null for everything that is not an address of the web. */
export function address(words: string | null | undefined): string | null {
  if (words === null || words === undefined || words.length > maxAddress) return null;
  return /^https?:\/\/[^\s]+$/i.test(words) ? words : null;
}

/** Null for what no clock says, and for Go's zero time, which means that there is none. */
export function instant(words: string | null | undefined): string | null {
  if (words === null || words === undefined || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(words)) return null;
  // Not every engine reads more than three digits of a second.
  const at = Date.parse(words.slice(0, 60).replace(/(\.\d{3})\d+/, '$1'));
  return Number.isNaN(at) || at < Date.UTC(1990) ? null : new Date(at).toISOString();
}

/** Names and values, cut, without empty ones. */
export function pairs(values: Readonly<Record<string, string>>): Alert['labels'] {
  return Object.entries(values)
    .slice(0, maxLabels)
    .flatMap(([name, value]) => (value.trim() === '' ? [] : [[line(name, maxName), line(value)] as const]));
}

/** One word of any number of words: which alert, which occurrence. */
export function wordOf(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
}

/** A fingerprint as it is kept; long ones by their hash. */
export function fingerprintOf(words: string): string {
  return words.length <= maxFingerprint ? words : createHash('sha256').update(words).digest('hex');
}

/** What all alerts have, for readers that know less. */
export const blankAlert = {
  severity: null,
  text: '',
  link: null,
  labels: [],
  at: null,
  began: null,
  isNumbered: true,
  frames: [],
  release: null,
} as const satisfies Partial<Alert>;

interface ZodProblem {
  readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[];
}

/** Where a payload is wrong, without its words. */
export function malformed(format: string, { issues: [problem] }: ZodProblem): AlertReading {
  const where = problem?.path.map(String).join('.') ?? '';
  const what = problem?.message ?? 'not as expected';
  return {
    outcome: 'malformed',
    reason: `not a payload of ${format}: ${where === '' ? '' : `${where}: `}${what}`,
  };
}

/** The first of them, and how many there are besides. */
export function reading(alerts: readonly Alert[], omitted = 0, group = ''): AlertReading {
  return {
    outcome: 'alerts',
    group: wordOf('group', group),
    alerts: alerts.slice(0, maxAlerts),
    omitted: omitted + Math.max(0, alerts.length - maxAlerts),
  };
}
