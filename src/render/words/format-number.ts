import { type Forms, formOf } from '../../model/plural.ts';
import { withUnit } from './format-unit.ts';

/** A count with separators: `12,345`. */
export function formatCount(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** The count with the English form that goes with it: `1 test`, `1,204 tests`. */
export function plural(count: number, forms: Forms): string {
  return `${formatCount(count)} ${formOf(count, forms)}`;
}

/** A share in percent with one digit, rounded down so that 100.0 % means all. */
export function formatPercent(percent: number): string {
  return withUnit((Math.floor(percent * 10 + 1e-9) / 10).toFixed(1), '%');
}

/** A difference with its sign, a real minus: `+0.4 pp`, `−0.3 pp`, `±0 pp`. */
export function formatPoints(points: number): string {
  const rounded = Math.round(points * 10) / 10;
  if (rounded === 0) return withUnit(Math.abs(points) < 1e-9 ? '±0' : points > 0 ? '+<0.1' : '−<0.1', 'pp');
  return withUnit(`${rounded > 0 ? '+' : '−'}${Math.abs(rounded).toFixed(1)}`, 'pp');
}

/** A difference of counts with its sign. */
export function formatDifference(difference: number): string {
  if (difference === 0) return '±0';
  return `${difference > 0 ? '+' : '−'}${formatCount(Math.abs(difference))}`;
}
