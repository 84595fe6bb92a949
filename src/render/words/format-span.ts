import { formatDuration } from './format-duration.ts';
import { threeDigits, withUnit } from './format-unit.ts';

const day = 86_400;

/** The number of days of a span that people give in days; null of one below two days. */
export function spanInDays(seconds: number): string | null {
  if (!(seconds >= 2 * day)) return null;
  const days = seconds / day;
  return days >= 1_000 ? String(Math.round(days)) : threeDigits(days);
}

/** Seconds that may be days, as people say them: `42s`, `3h 5m`, and from two days on `2.5 d`. */
export function formatSpan(seconds: number): string {
  const days = spanInDays(seconds);
  return days === null ? formatDuration(seconds) : withUnit(days, 'd');
}
