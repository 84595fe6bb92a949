import { type Forms, formIn } from '../../model/plural.ts';
import { formatCount } from './format-number.ts';

/** German numbers: `12.345,6`. Only digits have their separators changed, not the units beside them. */
export function germanNumber(english: string): string {
  return english.replace(/(?<=\d)[.,](?=\d)/g, (separator) => (separator === '.' ? ',' : '.'));
}

/** A count with separators. */
export function count(value: number): string {
  return germanNumber(formatCount(value));
}

/** The form that goes with a count: `ist` or `sind`. */
export function form(value: number, forms: Forms<'de'>): string {
  return formIn('de', value, forms);
}

/** `1 Test`, `1.204 Tests`. */
export function plural(value: number, forms: Forms<'de'>): string {
  return `${count(value)} ${form(value, forms)}`;
}
