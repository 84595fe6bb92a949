import { noBreakSpace, threeDigits } from './format-unit.ts';

/** A number of one unit, as in `41` and `s`. */
export interface DurationPart {
  readonly amount: string;
  readonly unit: 'h' | 'm' | 's' | 'ms' | 'µs';
}

/** From the largest to the smallest; what rounds up to the next larger unit is written in that one. */
const belowMinute = [
  ['s', 1, 60],
  ['ms', 1e-3, 1_000],
  ['µs', 1e-6, 1_000],
] as const;

function shortParts(seconds: number): readonly DurationPart[] {
  const [unit, step] = belowMinute.findLast(
    ([, size, next]) => Number((seconds / size).toPrecision(3)) < next,
  ) ?? ['s', 1];
  return [{ amount: threeDigits(seconds / step), unit }];
}

function longParts(seconds: number): readonly DurationPart[] {
  const whole = Math.round(seconds);
  const minutes = whole < 3_600 ? Math.floor(whole / 60) : Math.round(whole / 60);
  const parts: readonly (readonly [number, DurationPart['unit']])[] =
    whole < 3_600
      ? [
          [minutes, 'm'],
          [whole % 60, 's'],
        ]
      : [
          [Math.floor(minutes / 60), 'h'],
          [minutes % 60, 'm'],
        ];
  return parts.flatMap(([amount, unit]) => (amount === 0 ? [] : [{ amount: String(amount), unit }]));
}

/**
 * Three significant digits below a minute, then minutes and seconds, then hours and minutes; empty for a negative or
 * unknown number.
 */
export function durationParts(seconds: number): readonly DurationPart[] {
  if (!Number.isFinite(seconds) || seconds < 0) return [];
  if (seconds < 5e-7) return [{ amount: '0', unit: 's' }];
  return seconds < 59.95 ? shortParts(seconds) : longParts(seconds);
}

/** Seconds as people say them: `42ms`, `1.5s`, `12.4s`, `3m 41s`, `1h 2m`. */
export function formatDuration(seconds: number): string {
  const parts = durationParts(seconds);
  return parts.length === 0 ? '–' : parts.map(({ amount, unit }) => `${amount}${unit}`).join(noBreakSpace);
}
