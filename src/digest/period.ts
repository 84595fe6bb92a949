/** What people write for a period, and the span that they mean by it. */
import { Temporal } from 'temporal-polyfill';
import type { Period, Span } from '../model/digest.ts';
import type { Instant } from '../model/project-history.ts';
import {
  type CalendarUnit,
  calendarUnits,
  dayOf,
  inZone,
  isTimeZone,
  type Midnight,
  shift,
  spanOf,
  startOf,
} from './calendar.ts';

export interface WantedPeriod {
  /** `7d`, `last-week`, `2026-11`, `2026-11-01..2026-11-30`, `v1.2..v1.3`; null = what `since` and `until` say. */
  readonly period: string | null;
  readonly since: string | null;
  readonly until: string | null;
  readonly timeZone: string;
}

export interface ComparedPeriods {
  readonly period: Period;
  /** Of the same length, or the calendar unit before. */
  readonly previous: Period;
}

export type ParsedPeriod =
  | ({ readonly kind: 'periods' } & ComparedPeriods)
  /** From one tag to another: only GitLab knows when they were made. */
  | { readonly kind: 'tags'; readonly from: string; readonly to: string }
  | { readonly kind: 'wrong'; readonly message: string; readonly hint: string };

/** What `herald digest` covers without an option. */
const usualPeriod = '30d';

const longestDays = 1_100;
const hint =
  'for example: 7d, 4w, last-week, last-month, 2026-11, 2026-11-01..2026-11-30 or v1.2..v1.3, the older one first';

function wrong(message: string): ParsedPeriod {
  return { kind: 'wrong', message, hint };
}

function minuteOf(at: Instant, timeZone: string): string {
  return inZone(at, timeZone).toPlainDateTime().toString({ smallestUnit: 'minute' }).replace('T', ' ');
}

function isMidnight(at: Instant, timeZone: string): boolean {
  return startOf(inZone(at, timeZone), 'day').epochMilliseconds === at;
}

/** Whole days as days, the last one included; else to the minute. */
function labelOf({ from, until }: Span, timeZone: string): string {
  if (!isMidnight(from, timeZone) || !isMidnight(until, timeZone))
    return `${minuteOf(from, timeZone)} to ${minuteOf(until, timeZone)}`;
  const [first, last] = [dayOf(from, timeZone), dayOf(until - 1, timeZone)];
  return first === last ? first : `${first} to ${last}`;
}

function periodOf(span: Span, timeZone: string): Period {
  return { ...span, label: labelOf(span, timeZone), timeZone };
}

/** The same number of days before where both ends are midnights, so that a day of 23 hours does not shift them. */
function before({ from, until }: Span, timeZone: string): Span {
  if (!isMidnight(from, timeZone) || !isMidnight(until, timeZone))
    return { from: from - (until - from), until: from };
  const start = inZone(from, timeZone);
  const { days } = start.until(inZone(until, timeZone), { largestUnit: 'day' });
  return spanOf(shift(start, 'day', -days), start);
}

function compared(span: Span, timeZone: string, previous = before(span, timeZone)): ParsedPeriod {
  if (span.until <= span.from) return wrong('the period ends before it begins');
  if (span.until - span.from > longestDays * 86_400_000) return wrong('a digest covers at most three years');
  return { kind: 'periods', period: periodOf(span, timeZone), previous: periodOf(previous, timeZone) };
}

/** A calendar unit, compared with the one before it. */
function comparedUnit(from: Midnight, unit: CalendarUnit): ParsedPeriod {
  const previous = spanOf(shift(from, unit, -1), from);
  return compared(spanOf(from, shift(from, unit, 1)), from.timeZoneId, previous);
}

const letters: Readonly<Record<string, CalendarUnit>> = { d: 'day', w: 'week', m: 'month', y: 'year' };

/** `7d`: as many whole days before today, so that the same digest later that day says the same. */
function lastOnes(word: string, now: Temporal.ZonedDateTime): Span | null {
  const [, digits, letter = ''] = /^(\d{1,4})([hdwmy])$/.exec(word) ?? [];
  if (digits === undefined) return null;
  const count = Number(digits);
  if (letter === 'h') {
    const until = now.epochMilliseconds;
    return { from: until - count * 3_600_000, until };
  }
  const today = startOf(now, 'day');
  return spanOf(shift(today, letters[letter] ?? 'day', -count), today);
}

function lastUnit(word: string): CalendarUnit | null {
  if (word === 'yesterday') return 'day';
  return calendarUnits.find((unit) => word === `last-${unit}`) ?? null;
}

/** `2026`, `2026-Q3`, `2026-11`, `2026-W48`, `2026-11-30`; null for anything else, 30 February included. */
function namedUnit(
  word: string,
  timeZone: string,
): { readonly from: Midnight; readonly unit: CalendarUnit } | null {
  const [, year, rest = ''] = /^(\d{4})(?:-(Q[1-4]|W\d{2}|\d{2}(?:-\d{2})?))?$/.exec(word) ?? [];
  if (year === undefined) return null;
  const day = (text: string): Midnight => Temporal.PlainDate.from(text).toZonedDateTime({ timeZone });
  try {
    if (rest === '') return { from: day(`${year}-01-01`), unit: 'year' };
    if (rest.startsWith('Q')) {
      const month = String(Number(rest.slice(1)) * 3 - 2).padStart(2, '0');
      return { from: day(`${year}-${month}-01`), unit: 'quarter' };
    }
    if (rest.startsWith('W')) return weekOf(Number(year), Number(rest.slice(1)), timeZone);
    return rest.length === 2
      ? { from: day(`${year}-${rest}-01`), unit: 'month' }
      : { from: day(word), unit: 'day' };
  } catch {
    return null;
  }
}

/** ISO 8601: week 1 has 4 January; a year has 52 or 53 of them. */
function weekOf(
  year: number,
  week: number,
  timeZone: string,
): { readonly from: Midnight; readonly unit: 'week' } | null {
  const fourth = Temporal.PlainDate.from({ year, month: 1, day: 4 }).toZonedDateTime({ timeZone });
  const from = shift(startOf(fourth, 'week'), 'week', week - 1);
  return from.yearOfWeek === year && from.weekOfYear === week ? { from, unit: 'week' } : null;
}

/** A moment with its offset, or one that the clocks of the time zone show; null for anything else. */
function momentOf(word: string, timeZone: string): Instant | null {
  try {
    if (/^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/.test(word))
      return Temporal.Instant.from(word).epochMilliseconds;
    if (/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2})?$/.test(word))
      return Temporal.PlainDateTime.from(word.replace(' ', 'T')).toZonedDateTime(timeZone).epochMilliseconds;
    return null;
  } catch {
    return null;
  }
}

/** A moment or a calendar unit: its start for the begin of a period, its end for the end of one. */
function edgeOf(word: string, timeZone: string, side: keyof Span): Instant | null {
  const moment = momentOf(word, timeZone);
  if (moment !== null) return moment;
  const named = namedUnit(word, timeZone);
  if (named === null) return null;
  return (side === 'from' ? named.from : shift(named.from, named.unit, 1)).epochMilliseconds;
}

function parseRange(word: string, timeZone: string): ParsedPeriod {
  const [from = '', to = '', ...more] = word.split('..');
  if (from === '' || to === '' || more.length > 0) return wrong(`"${word}" is not a period`);
  const [begin, end] = [edgeOf(from, timeZone, 'from'), edgeOf(to, timeZone, 'until')];
  if (begin !== null && end !== null) return compared({ from: begin, until: end }, timeZone);
  if (begin !== null || end !== null) return wrong(`"${word}" mixes a date and a tag`);
  return { kind: 'tags', from, to };
}

function parseWord(word: string, now: Temporal.ZonedDateTime): ParsedPeriod {
  const zone = now.timeZoneId;
  if (word.includes('..')) return parseRange(word, zone);
  const last = lastOnes(word, now);
  if (last !== null) return compared(last, zone);
  const unit = lastUnit(word);
  if (unit !== null) return comparedUnit(shift(startOf(now, unit), unit, -1), unit);
  const named = namedUnit(word, zone);
  return named === null ? wrong(`"${word}" is not a period`) : comparedUnit(named.from, named.unit);
}

function parseEdges(
  { since, until }: { readonly since: string; readonly until: string | null },
  now: Temporal.ZonedDateTime,
): ParsedPeriod {
  const zone = now.timeZoneId;
  const begin = lastOnes(since, now)?.from ?? edgeOf(since, zone, 'from');
  if (begin === null) return wrong(`--since: "${since}" is not a date`);
  const end = until === null ? now.epochMilliseconds : edgeOf(until, zone, 'until');
  if (end === null) return wrong(`--until: "${until ?? ''}" is not a date`);
  return compared({ from: begin, until: end }, zone);
}

/**
 * The period that somebody asked for and the one before it. Days, weeks and months begin in the time zone; `--until`
 * and the end of a range contain their day; without `--until` it ends now.
 */
export function parsePeriod({ period, since, until, timeZone }: WantedPeriod, now: Instant): ParsedPeriod {
  if (!isTimeZone(timeZone))
    return {
      kind: 'wrong',
      message: `"${timeZone}" is not a time zone`,
      hint: 'give an IANA name such as Europe/Berlin or UTC',
    };
  if (period !== null && (since !== null || until !== null))
    return wrong('give a period, or --since and --until, but not both');
  if (since === null && until !== null) return wrong('--until needs --since');
  const clock = inZone(now, timeZone);
  const parsed =
    since === null ? parseWord(period ?? usualPeriod, clock) : parseEdges({ since, until }, clock);
  if (parsed.kind === 'periods' && parsed.period.from >= now) return wrong('the period has not begun yet');
  return parsed;
}

/** The period from one tag to another, in the words of the tags. */
export function periodOfTags(
  { from, to }: Readonly<Record<'from' | 'to', { readonly name: string; readonly at: Instant }>>,
  timeZone: string,
): ParsedPeriod {
  const parsed = compared({ from: from.at, until: to.at }, timeZone);
  if (parsed.kind !== 'periods') return parsed;
  return { ...parsed, period: { ...parsed.period, label: `${from.name} to ${to.name}` } };
}
