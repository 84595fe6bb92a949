/**
 * A text in which half of a surrogate pair is the replacement character, as when it is written as UTF-8 and read back.
 * Node 20 has `String.prototype.toWellFormed`, whose type the compiler's library does not know yet.
 */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\uFFFD');
}
