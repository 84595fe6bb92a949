// ESC sequences: CSI (colours, cursor), OSC (titles, links; bounded), and the two-character ones.
const ESCAPE_SEQUENCES = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]{0,2000}(?:\u0007|\u001b\\)|[@-_])/g;
// Everything of C0 but tab and line feed, DEL, C1, and halves of surrogate pairs that stand alone.
const UNWANTED = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]|\p{Surrogate}/gu;

const HAS_CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;

/** A text without terminal sequences and control characters but line feed and tab; itself when it has none. */
export function withoutControls(text: string): string {
  if (!HAS_CONTROLS.test(text)) return text;
  return text.replace(/\r\n?/g, '\n').replace(ESCAPE_SEQUENCES, '').replace(UNWANTED, '');
}

/** Copies a text so that it does not keep a longer one, that it was cut from, in memory. */
export function detached(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}

/**
 * Makes an untrusted text safe to keep: no terminal sequences, no control characters but line feed and tab, no half
 * characters, no blanks around it, at most `maxCharacters` UTF-16 units (a cut shows as `…`).
 */
export function cleanText(text: string, maxCharacters: number): string {
  // Enough for a text in which every second character goes away; a longer one is only cut earlier.
  const window = 2 * maxCharacters + 1_000;
  const start = text.length > window ? text.slice(0, window) : text;
  const clean = start.replace(/\r\n?/g, '\n').replace(ESCAPE_SEQUENCES, '').replace(UNWANTED, '').trim();
  if (clean.length <= maxCharacters && text.length <= window) return clean;
  const kept = clean.slice(0, maxCharacters - 1).replace(/\p{Surrogate}$/u, '');
  return detached(`${kept}…`);
}
