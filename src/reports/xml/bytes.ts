/**
 * What the bytes of XML markup mean to a lenient reader; shared by the readers of tags, which must agree byte by
 * byte.
 */

export const LESS_THAN = 0x3c;
export const GREATER_THAN = 0x3e;
export const SLASH = 0x2f;
export const EQUALS = 0x3d;
export const QUOTE = 0x22;
export const APOSTROPHE = 0x27;
export const COLON = 0x3a;
export const AMPERSAND = 0x26;
export const EXCLAMATION = 0x21;
export const QUESTION = 0x3f;
const CARRIAGE_RETURN = 0x0d;

/** Names of elements and attributes are cut here. */
export const maxNameBytes = 1_024;
/** Values of attributes are cut here: no format shows more of one. */
export const maxValueBytes = 128 * 1024;
/** More attributes than any tool writes; the rest of a tag is skipped. */
export const maxAttributes = 256;

const SPACE_BIT = 1;
const ENDS_NAME_BIT = 2;
const BETWEEN_BIT = 4;
/** Marks of a value that holds an entity, or something that only the whole decoder knows. */
const ENTITY_MARK = 8;
export const OTHER_MARK = 16;
const PLAIN_NAME_BIT = 32;

const kinds = new Uint8Array(256);
for (const byte of [0x20, 0x09, 0x0a, 0x0d]) kinds[byte] = SPACE_BIT | ENDS_NAME_BIT | BETWEEN_BIT;
for (const byte of [SLASH, EQUALS]) kinds[byte] = ENDS_NAME_BIT | BETWEEN_BIT;
for (const byte of [QUOTE, APOSTROPHE]) kinds[byte] = BETWEEN_BIT;
kinds[GREATER_THAN] = ENDS_NAME_BIT;
for (let byte = 0x80; byte < 0x100; byte += 1) kinds[byte] = OTHER_MARK;
for (const name of ['AZ', 'az', '09', '--', '..', '__'])
  for (let byte = name.charCodeAt(0); byte <= name.charCodeAt(1); byte += 1) kinds[byte] = PLAIN_NAME_BIT;
kinds[AMPERSAND] = ENTITY_MARK;
kinds[CARRIAGE_RETURN] = (kinds[CARRIAGE_RETURN] ?? 0) | OTHER_MARK;

/** White space: https://www.w3.org/TR/xml/#NT-S */
export function isSpace(byte: number): boolean {
  return ((kinds[byte] ?? 0) & SPACE_BIT) !== 0;
}

/** Where white space ends from `from` on. */
export function afterSpaces(buffer: Buffer, from: number): number {
  let at = from;
  while (at < buffer.length && isSpace(buffer[at] ?? 0)) at += 1;
  return at;
}

/** What no name of an element or attribute holds. */
export function endsName(byte: number): boolean {
  return ((kinds[byte] ?? 0) & ENDS_NAME_BIT) !== 0;
}

/** White space, and what is stray where an attribute could begin. */
export function isBetweenAttributes(byte: number): boolean {
  return ((kinds[byte] ?? 0) & BETWEEN_BIT) !== 0;
}

/** Letters, `_`, `:` and everything outside of ASCII: https://www.w3.org/TR/xml/#NT-NameStartChar, read leniently. */
export function isNameStart(byte: number): boolean {
  const letter = byte | 0x20;
  return (letter >= 0x61 && letter <= 0x7a) || byte === 0x5f || byte === COLON || byte >= 0x80;
}

/** What names of attributes are made of, prefixes and letters outside of ASCII apart. */
export function isPlainNameByte(byte: number): boolean {
  return ((kinds[byte] ?? 0) & PLAIN_NAME_BIT) !== 0;
}

/**
 * 0 for a byte that means itself; else it has to be decoded: entities (`ENTITY_MARK`), carriage returns and everything
 * outside of ASCII (`OTHER_MARK`).
 */
export function decodingMark(byte: number): number {
  return (kinds[byte] ?? 0) & (ENTITY_MARK | OTHER_MARK);
}

const meansMore = new Uint8Array(256);
for (let byte = 0; byte < 256; byte += 1) meansMore[byte] = decodingMark(byte);
for (const byte of [QUOTE, APOSTROPHE]) meansMore[byte] = 1;

/** Where a byte is, from `from` on and before `to`, that ends a value or has to be decoded; `to` when it is nowhere. */
export function plainEnd(buffer: Buffer, from: number, to: number): number {
  let at = from;
  while (at < to && meansMore[buffer[at] ?? 0] === 0) at += 1;
  return at;
}

/** What is nearer is found faster without a call into the engine. */
const nearBytes = 48;

/**
 * Where a byte is from `from` on, -1 when it is nowhere. What is near is found faster without a call into the engine.
 */
export function indexOfByte(buffer: Buffer, byte: number, from: number): number {
  const near = Math.min(buffer.length, from + nearBytes);
  for (let at = from; at < near; at += 1) if (buffer[at] === byte) return at;
  return near < buffer.length ? buffer.indexOf(byte, near) : -1;
}

/** Whether the buffer has those bytes at `from`. */
export function isAt(buffer: Buffer, from: number, bytes: Buffer): boolean {
  if (from + bytes.length > buffer.length) return false;
  for (let at = 0; at < bytes.length; at += 1) if (buffer[from + at] !== bytes[at]) return false;
  return true;
}
