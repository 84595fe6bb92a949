/**
 * Days, weeks and months in a time zone. Temporal does the arithmetic: days of 23 and 25 hours, leap days, month ends.
 */
import { Temporal } from 'temporal-polyfill';
import type { Span } from '../model/digest.ts';
import type { Instant } from '../model/project-history.ts';

export const calendarUnits = ['day', 'week', 'month', 'quarter', 'year'] as const;
export type CalendarUnit = (typeof calendarUnits)[number];

/** The start of a day in a time zone. */
export type Midnight = Temporal.ZonedDateTime;

/** Whether the runtime knows the time zone, an IANA name such as `Europe/Berlin` or `UTC`. */
export function isTimeZone(name: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    // An offset such as "+02:00" is one for Temporal, but has no summer time: nobody means it for a month.
    return /^[A-Za-z]/.test(name);
  } catch {
    return false;
  }
}

/** The moment as the clocks of the time zone show it. */
export function inZone(at: Instant, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(Math.floor(at)).toZonedDateTimeISO(timeZone);
}

/** The day as ISO 8601 writes it: `2026-11-30`. */
export function dayOf(at: Instant, timeZone: string): string {
  return inZone(at, timeZone).toPlainDate().toString();
}

/** The first moment of the unit that the moment is in; weeks begin on Monday, as ISO 8601 has them. */
export function startOf(moment: Temporal.ZonedDateTime, unit: CalendarUnit): Midnight {
  const day = moment.startOfDay();
  switch (unit) {
    case 'day':
      return day;
    case 'week':
      return day.subtract({ days: day.dayOfWeek - 1 }).startOfDay();
    case 'month':
      return day.with({ day: 1 }).startOfDay();
    case 'quarter':
      return day.with({ day: 1, month: Math.floor((day.month - 1) / 3) * 3 + 1 }).startOfDay();
    case 'year':
      return day.with({ day: 1, month: 1 }).startOfDay();
  }
}

function lengthOf(unit: CalendarUnit, count: number): { readonly days?: number; readonly months?: number } {
  switch (unit) {
    case 'day':
      return { days: count };
    case 'week':
      return { days: 7 * count };
    case 'month':
      return { months: count };
    case 'quarter':
      return { months: 3 * count };
    case 'year':
      return { months: 12 * count };
  }
}

/** So many units later, or earlier when the count is negative, at the start of that day. */
export function shift(midnight: Midnight, unit: CalendarUnit, count: number): Midnight {
  return midnight.add(lengthOf(unit, count)).startOfDay();
}

/** Two midnights as a span. */
export function spanOf(from: Midnight, until: Midnight): Span {
  return { from: from.epochMilliseconds, until: until.epochMilliseconds };
}

/**
 * The calendar days, weeks or months that a span touches, in order, cut to the span: the first and the last one can be
 * shorter. At most `max`; then the last ones.
 */
export function bucketsOf(
  span: Span,
  unit: CalendarUnit,
  { timeZone, max = 400 }: { readonly timeZone: string; readonly max?: number },
): readonly Span[] {
  const buckets: Span[] = [];
  let start = startOf(inZone(Math.max(span.from, span.until - 1), timeZone), unit);
  while (buckets.length < max) {
    const from = Math.max(start.epochMilliseconds, span.from);
    const until = Math.min(shift(start, unit, 1).epochMilliseconds, span.until);
    if (until > from) buckets.push({ from, until });
    if (start.epochMilliseconds <= span.from) break;
    start = shift(start, unit, -1);
  }
  return buckets.reverse();
}
