import { createHash } from 'node:crypto';
import { wellFormed } from './well-formed.ts';

const maxLength = 400;
const kept = 100;
const plain = /[^A-Za-z0-9_./]/;
const encoded = /^(?:[A-Za-z0-9_./]|%[0-9A-F]{2})*$/;

/** What `encodeURIComponent` leaves as it is, and a marker does not. */
const leftOver = /[-!~*'()]/g;

/**
 * Any text as `[A-Za-z0-9_./%]`, for a field of a hidden line: it can end neither the field nor the HTML comment. Half
 * of a surrogate pair becomes the replacement character.
 */
export function encodeMarkerText(value: string): string {
  if (!plain.test(value)) return value;
  return encodeURIComponent(wellFormed(value)).replaceAll('%2F', '/').replace(leftOver, percent);
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

/** The text again; null for what `encodeMarkerText` never gives. */
export function decodeMarkerText(value: string): string | null {
  if (!encoded.test(value)) return null;
  try {
    const text = decodeURIComponent(value);
    return encodeMarkerText(text) === value ? text : null;
  } catch {
    return null;
  }
}

/** A text as markers keep it: very long texts are cut, and a hash distinguishes them. */
export function shortMarkerText(value: string): string {
  if (encodeMarkerText(value).length <= maxLength) return wellFormed(value);
  const hash = createHash('sha256').update(value).digest('hex').slice(0, 16);
  return `${wellFormed(value.slice(0, kept))}.${hash}`;
}
