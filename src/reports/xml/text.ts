import { AMPERSAND } from './bytes.ts';

const maxCodePoint = 0x10ffff;
/** `&#x10FFFF;`: nothing longer is a reference. */
const maxReferenceCharacters = 10;

const NUMBER_SIGN = 0x23;

const named: readonly { readonly written: string; readonly character: string }[] = [
  { written: '&lt;', character: '<' },
  { written: '&gt;', character: '>' },
  { written: '&amp;', character: '&' },
  { written: '&quot;', character: '"' },
  { written: '&apos;', character: "'" },
];

/**
 * The character of digits between `&#` and `;`, null when they are none. Zero and halves of surrogate pairs are not
 * characters.
 */
function numbered(reference: string): string | null {
  const isHexadecimal = /^x/i.test(reference);
  const digits = isHexadecimal ? reference.slice(1) : reference;
  if (!(isHexadecimal ? /^[0-9a-fA-F]{1,6}$/ : /^\d{1,7}$/).test(digits)) return null;
  const code = Number.parseInt(digits, isHexadecimal ? 16 : 10);
  return code === 0 || code > maxCodePoint || (code >= 0xd800 && code <= 0xdfff)
    ? null
    : String.fromCodePoint(code);
}

/** What the `&` at `at` begins, null when it is only an `&`. */
function referenceAt(
  text: string,
  at: number,
): { readonly written: number; readonly character: string } | null {
  if (text.charCodeAt(at + 1) === NUMBER_SIGN) {
    const end = text.slice(at, at + maxReferenceCharacters).indexOf(';');
    const character = end < 0 ? null : numbered(text.slice(at + 2, at + end));
    return character === null ? null : { written: end + 1, character };
  }
  for (const { written, character } of named)
    if (text.startsWith(written, at)) return { written: written.length, character };
  return null;
}

/** Replaces the five entities and character references; every other entity stays as it is written. */
function decodeEntities(text: string): string {
  let at = text.indexOf('&');
  if (at < 0) return text;
  let decoded = '';
  let from = 0;
  while (at >= 0) {
    const reference = referenceAt(text, at);
    if (reference === null) at += 1;
    else {
      decoded += text.slice(from, at) + reference.character;
      at += reference.written;
      from = at;
    }
    at = text.charCodeAt(at) === AMPERSAND ? at : text.indexOf('&', at);
  }
  return decoded + text.slice(from);
}

const namedBytes = named.map(({ written, character }) => ({
  written: Buffer.from(written),
  byte: character.charCodeAt(0),
}));

/** Which of the five entities the `&` at `at` begins, -1 when it is none of them. */
function namedAt(source: Buffer, at: number, to: number): number {
  for (let which = 0; which < namedBytes.length; which += 1) {
    const written = namedBytes[which]?.written ?? source;
    if (at + written.length > to) continue;
    let same = 1;
    while (same < written.length && source[at + same] === written[same]) same += 1;
    if (same === written.length) return which;
  }
  return -1;
}

/** The longest text that `decodeEntityBytes` takes. */
export const maxEntityBytes = 128;
const resolved = Buffer.alloc(maxEntityBytes);

/**
 * What `decodeXmlText` makes of ASCII bytes without carriage returns, at most `maxEntityBytes` of them; null for a
 * reference by number. Without a string for each part it costs a quarter.
 */
export function decodeEntityBytes(source: Buffer, from: number, to: number): string | null {
  let length = 0;
  for (let at = from; at < to; ) {
    const byte = source[at] ?? 0;
    const which = byte === AMPERSAND ? namedAt(source, at, to) : -1;
    if (byte === AMPERSAND && source[at + 1] === NUMBER_SIGN) return null;
    const entity = which < 0 ? undefined : namedBytes[which];
    resolved[length] = entity?.byte ?? byte;
    length += 1;
    at += entity?.written.length ?? 1;
  }
  return resolved.toString('latin1', 0, length);
}

/** Character data as it is meant: line ends become line feeds, entities are resolved unless it is verbatim (CDATA). */
export function decodeXmlText(text: string, verbatim: boolean): string {
  const lines = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  return verbatim ? lines : decodeEntities(lines);
}
