import { durationParts } from './format-duration.ts';
import { noBreakSpace, withUnit } from './format-unit.ts';
import { germanNumber } from './german-number.ts';

/** `3 min 41 s` instead of `3m 41s`. */
export function germanDuration(seconds: number): string {
  const parts = durationParts(seconds).map(({ amount, unit }) =>
    withUnit(germanNumber(amount), unit === 'm' ? 'min' : unit),
  );
  return parts.length === 0 ? '–' : parts.join(noBreakSpace);
}
