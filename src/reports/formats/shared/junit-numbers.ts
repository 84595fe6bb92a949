import type { AsciiText } from '../../format.ts';

const POINT = 0x2e;

/** More is a mistake of the tool. */
const maxSeconds = 1e9;

function plausible(seconds: number): number | null {
  return seconds >= 0 && seconds <= maxSeconds ? seconds : null;
}

const secondsByUnit = new Map<string, number>([
  ['d', 86_400],
  ['h', 3_600],
  ['m', 60],
  ['s', 1],
  ['ms', 1e-3],
  ['us', 1e-6],
  ['ns', 1e-9],
]);

/** `minutes`, `min` and `m`, `µs` and `us` are one unit. */
function unitOf(text: string): string {
  const unit = text.toLowerCase();
  if (/^(?:ms|milli)/.test(unit)) return 'ms';
  if (/^(?:us|µs|μs|micro)/.test(unit)) return 'us';
  if (/^(?:ns|nano)/.test(unit)) return 'ns';
  return unit.slice(0, 1);
}

const part = /(\d{1,15}(?:[.,]\d{1,15})?)\s{0,3}([a-zµμ]{1,12})/gi;

/** `1.5s`, `250ms`, `2m 3s`, `1h2m`, `PT1.5S`. */
function withUnits(text: string): number | null {
  const found = [...text.matchAll(part)];
  if (found.length === 0 || !/^P?T?[\s,T]*$/.test(text.replace(part, ''))) return null;
  let seconds = 0;
  for (const [, number = '', unit = ''] of found) {
    const factor = secondsByUnit.get(unitOf(unit));
    if (factor === undefined) return null;
    seconds += Number(number.replace(',', '.')) * factor;
  }
  return seconds;
}

/** `00:01:02.5` and `01:02`. */
function clockTime(text: string): number | null {
  const match = /^(?:(\d{1,6}):)?(\d{1,6}):(\d{1,6}(?:[.,]\d{1,15})?)$/.exec(text);
  if (match === null) return null;
  const [, hours = '0', minutes = '0', seconds = '0'] = match;
  return (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds.replace(',', '.'));
}

/** Digits with the group and decimal marks of some language. */
function localSeconds(text: string): number {
  const isDecimalComma = text.lastIndexOf(',') > text.lastIndexOf('.');
  const normal = isDecimalComma ? text.replaceAll('.', '').replace(',', '.') : text.replaceAll(',', '');
  return Number(normal);
}

/**
 * Seconds as tools write them: `1.5`, `1,234.5`, `1.234,5`, `0,5`, `1.5s`, `2m 3s`, `00:01:02.5`; null for anything
 * else. A single comma is a decimal one: more tools write in the machine's language than group the digits of whole
 * seconds.
 */
export function junitSeconds(text: string | null): number | null {
  if (text === null) return null;
  const plain = Number(text);
  if (plain > 0) return plausible(plain);
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.length > 60) return null;
  if (plain === 0) return 0;
  const local = localSeconds(trimmed);
  return plausible(Number.isNaN(local) ? (clockTime(trimmed) ?? withUnits(trimmed) ?? Number.NaN) : local);
}

/** More digits do not fit into a number exactly. */
const exactDigits = 15;
const powersOfTen = Float64Array.from({ length: exactDigits + 1 }, (_, digits) => 10 ** digits);

/** Where the first point is; the end without one. */
function pointIn(bytes: Uint8Array, from: number, to: number): number {
  for (let at = from; at < to; at += 1) if (bytes[at] === POINT) return at;
  return to;
}

/** The number that the digits go on with; NaN where one of them is not a digit. */
function digitsIn(
  bytes: Uint8Array,
  { from, to }: { readonly from: number; readonly to: number },
  begun: number,
): number {
  let digits = begun;
  for (let at = from; at < to; at += 1) {
    const digit = (bytes[at] ?? 0) - 0x30;
    if (digit < 0 || digit > 9) return Number.NaN;
    digits = digits * 10 + digit;
  }
  return digits;
}

/** What `junitSeconds` makes of digits with at most one point among them; NaN for any other text. */
export function plainSeconds({ bytes, from, to }: AsciiText): number {
  const length = to - from;
  if (length === 0 || length > exactDigits) return Number.NaN;
  const border = pointIn(bytes, from, to);
  // A point alone is not a number.
  if (border === from && to - from === 1 && border !== to) return Number.NaN;
  const whole = digitsIn(bytes, { from, to: border }, 0);
  const digits = border === to ? whole : digitsIn(bytes, { from: border + 1, to }, whole);
  // Both are exact, and so is the rounding of the quotient: the same number as that of the text.
  const seconds = digits / (powersOfTen[Math.max(0, to - border - 1)] ?? 1);
  return seconds <= maxSeconds ? seconds : Number.NaN;
}

/** A number of at most nine digits, null for anything else. */
export function wholeNumber(text: string | null): number | null {
  if (text === null) return null;
  const digits = text.trim();
  if (digits === '' || digits.length > 9) return null;
  let number = 0;
  for (let at = 0; at < digits.length; at += 1) {
    const digit = digits.charCodeAt(at) - 0x30;
    if (digit < 0 || digit > 9) return null;
    number = number * 10 + digit;
  }
  return number;
}
