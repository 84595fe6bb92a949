import { withoutControls } from '../../secrets/without-controls.ts';

/** Copies a text so that it does not keep a longer one, that it was cut from, in memory. */
export function detached(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}

/**
 * Makes an untrusted text safe to keep: no terminal sequences, no control characters but line feed and tab, no half
 * characters, no blanks around it, at most `maxCharacters` UTF-16 units (a cut shows as `…`).
 */
export function cleanText(text: string, maxCharacters: number): string {
  return cut(text, maxCharacters, (clean) => clean.trim());
}

/** The same for a text of several lines: blank lines around it go, the indentation of its first line stays. */
export function cleanBlock(text: string, maxCharacters: number): string {
  return cut(text, maxCharacters, (clean) => clean.trimEnd().replace(/^(?:[^\S\n]*\n)+/, ''));
}

function cut(text: string, maxCharacters: number, trimmed: (clean: string) => string): string {
  // Enough for a text in which every second character goes away; a longer one is only cut earlier.
  const window = 2 * maxCharacters + 1_000;
  const start = text.length > window ? text.slice(0, window) : text;
  const clean = trimmed(withoutControls(start));
  if (clean.length <= maxCharacters && text.length <= window) return clean;
  const kept = clean.slice(0, maxCharacters - 1).replace(/\p{Surrogate}$/u, '');
  return detached(`${kept}…`);
}
