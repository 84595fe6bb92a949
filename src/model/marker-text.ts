const plain = /[^A-Za-z0-9_./]/;
const encoded = /^(?:[A-Za-z0-9_./]|%[0-9A-F]{2})*$/;

/**
 * Any text as `[A-Za-z0-9_./%]`, for a field of a hidden line: it can end neither the field nor the HTML comment. Half of a surrogate
 * pair becomes the replacement character.
 */
export function encodeMarkerText(value: string): string {
  if (!plain.test(value)) return value;
  let text = '';
  for (const byte of new TextEncoder().encode(value)) {
    const character = String.fromCharCode(byte);
    text += byte >= 0x80 || plain.test(character) ? percent(byte) : character;
  }
  return text;
}

function percent(byte: number): string {
  return `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
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
