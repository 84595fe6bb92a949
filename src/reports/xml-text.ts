const named = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

const maxCodePoint = 0x10ffff;
/** `&#x10FFFF;` without the `&`: nothing longer is a reference. */
const maxReferenceCharacters = 10;

/** The character of what stands between `&` and `;`, null when it is none. Zero and halves of surrogate pairs are none. */
function characterOf(reference: string): string | null {
  if (!reference.startsWith('#')) return named.get(reference) ?? null;
  const isHexadecimal = reference[1] === 'x' || reference[1] === 'X';
  const digits = reference.slice(isHexadecimal ? 2 : 1);
  if (!(isHexadecimal ? /^[0-9a-fA-F]{1,6}$/ : /^\d{1,7}$/).test(digits)) return null;
  const code = Number.parseInt(digits, isHexadecimal ? 16 : 10);
  return code === 0 || code > maxCodePoint || (code >= 0xd800 && code <= 0xdfff)
    ? null
    : String.fromCodePoint(code);
}

/** Replaces the five entities and character references; every other entity stays as it is written. */
export function decodeEntities(text: string): string {
  let at = text.indexOf('&');
  if (at < 0) return text;
  let decoded = '';
  let from = 0;
  while (at >= 0) {
    const end = text.indexOf(';', at + 2);
    if (end < 0) break;
    const character = end - at > maxReferenceCharacters ? null : characterOf(text.slice(at + 1, end));
    if (character !== null) {
      decoded += text.slice(from, at) + character;
      from = end + 1;
    }
    at = text.indexOf('&', character === null ? at + 1 : from);
  }
  return decoded + text.slice(from);
}

/** Decodes character data from UTF-8: line ends become line feeds, entities are resolved unless it is verbatim (CDATA). */
export function decodeXmlText(bytes: Buffer, verbatim: boolean): string {
  const text = bytes.toString('utf8');
  const lines = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  return verbatim ? lines : decodeEntities(lines);
}
