import { formatCount } from './format-number.ts';

/** German numbers: `12.345,6`. Only digits have their separators changed, not the units beside them. */
export function germanNumber(english: string): string {
  return english.replace(/(?<=\d)[.,](?=\d)/g, (separator) => (separator === '.' ? ',' : '.'));
}

/** A count with separators. */
export function count(value: number): string {
  return germanNumber(formatCount(value));
}

/** `1 Test`, `1.204 Tests`. */
export function plural(value: number, one: string, many: string): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}
