import { formatDuration } from './format-duration.ts';
import { threeDigits, withUnit } from './format-unit.ts';

const day = 86_400;

/** Seconds that may be days, as people say them: `42s`, `3h 5m`, and from two days on `2.5 d`. */
export function formatSpan(seconds: number): string {
  if (!(seconds >= 2 * day)) return formatDuration(seconds);
  const days = seconds / day;
  return withUnit(days >= 1_000 ? String(Math.round(days)) : threeDigits(days), 'd');
}
