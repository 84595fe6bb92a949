/**
 * What references may add to a page. Herald's own signs take a third of it on a page of 20,000 tests; a page in
 * Chinese or Russian would be twice as large, and stays UTF-8.
 */
export const referenceBytes = 20_000;

/**
 * Chromium copies ASCII as it is. It keeps a text in 8 bits a character up to Latin-1, and in 16 from the first
 * character beyond. C1 controls have no references: HTML reads them as Windows-1252
 * (https://html.spec.whatwg.org/multipage/parsing.html#numeric-character-reference-end-state).
 */
const beyondAscii = /[^\u0000-\u009F]/gu;
const beyondLatin1 = /[^\u0000-\u00FF]/gu;

/** The markup with references for all characters of the range; null where they add more than their bound. */
function written(markup: string, range: RegExp): string | null {
  let left = referenceBytes;
  let text = '';
  let end = 0;
  // Only the writer of the file puts these pieces together: a replacement would copy megabytes once more.
  for (const { 0: character, index } of markup.matchAll(range)) {
    const reference = `&#${character.codePointAt(0)};`;
    left -= reference.length - Buffer.byteLength(character);
    if (left < 0) return null;
    text += markup.slice(end, index) + reference;
    end = index + character.length;
  }
  return text + markup.slice(end);
}

/**
 * The same markup in ASCII, or at least in Latin-1, where numeric character references for all else add at most
 * `referenceBytes`: a browser decodes it in a fraction of the time. References work in text, in attributes and in a
 * title; what is inside of `<style>` and `<script>` has to be ASCII already.
 */
export function withReferences(markup: string): string {
  return written(markup, beyondAscii) ?? written(markup, beyondLatin1) ?? markup;
}

/** A style sheet in ASCII; one space ends each escape: https://www.w3.org/TR/css-syntax-3/#escaping */
export function asciiStyle(style: string): string {
  return style.replace(beyondAscii, (character) => `\\${character.codePointAt(0)?.toString(16)} `);
}
