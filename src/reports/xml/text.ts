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

interface NamedBytes {
  readonly written: Buffer;
  readonly byte: number;
}

const namedBytes: readonly NamedBytes[] = named.map(({ written, character }) => ({
  written: Buffer.from(written),
  byte: character.charCodeAt(0),
}));

/** Which of the five entities the `&` at `at` begins, null when it is none of them. */
function namedAt(source: Buffer, at: number, to: number): NamedBytes | null {
  for (const entity of namedBytes) {
    const { written } = entity;
    const end = at + written.length;
    if (end > to || source[at + 1] !== written[1] || source[at + 2] !== written[2]) continue;
    let same = 3;
    while (same < written.length && source[at + same] === written[same]) same += 1;
    if (same === written.length) return entity;
  }
  return null;
}

/**
 * Puts what `decodeXmlText` makes of ASCII bytes without carriage returns into `decoded`, which has to be as long, and
 * gives its length; -1 for a reference by number. Without a string for each part it costs a quarter.
 */
export function resolveEntityBytes(
  source: Buffer,
  { from, to }: { readonly from: number; readonly to: number },
  decoded: Buffer,
): number {
  let length = 0;
  for (let at = from; at < to; length += 1) {
    const byte = source[at] ?? 0;
    if (byte !== AMPERSAND) {
      decoded[length] = byte;
      at += 1;
      continue;
    }
    if (source[at + 1] === NUMBER_SIGN) return -1;
    const entity = namedAt(source, at, to);
    decoded[length] = entity?.byte ?? byte;
    at += entity?.written.length ?? 1;
  }
  return length;
}

/** The longest text that `decodeEntityBytes` takes. */
const maxDecodedBytes = 128;
const resolved: Buffer = Buffer.alloc(maxDecodedBytes);

/** The same of at most `maxDecodedBytes` as a text; null for longer ones, and for a reference by number. */
export function decodeEntityBytes(source: Buffer, from: number, to: number): string | null {
  if (to - from > maxDecodedBytes) return null;
  const length = resolveEntityBytes(source, { from, to }, resolved);
  return length < 0 ? null : resolved.toString('latin1', 0, length);
}

/** Character data as it is meant: line ends become line feeds, entities are resolved unless it is verbatim (CDATA). */
export function decodeXmlText(text: string, verbatim: boolean): string {
  const lines = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  return verbatim ? lines : decodeEntities(lines);
}
