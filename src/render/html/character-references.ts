/**
 * What references may add to a page. Herald's own signs take a third of it on a page of 20,000 tests; a page in
 * Chinese or Russian would be twice as large, and stays UTF-8.
 */
export const referenceBytes = 20_000;

/**
 * Beyond ASCII, else beyond Latin-1. Chromium copies ASCII as it is. It keeps a text in 8 bits a character up to
 * Latin-1, and in 16 from the first character beyond. C1 controls have no references: HTML reads them as Windows-1252
 * (https://html.spec.whatwg.org/multipage/parsing.html#numeric-character-reference-end-state).
 */
const ranges = [/[^\u0000-\u009F]/gu, /[^\u0000-\u00FF]/gu] as const;

function referenceTo(character: string): string {
  return `&#${character.codePointAt(0)};`;
}

function isWithinBound(page: string, range: RegExp): boolean {
  let left = referenceBytes;
  for (const [character] of page.matchAll(range)) {
    left -= referenceTo(character).length - Buffer.byteLength(character);
    if (left < 0) return false;
  }
  return true;
}

/**
 * The same page in ASCII, or at least in Latin-1, where numeric character references for all else add at most
 * `referenceBytes`: a browser decodes it in a fraction of the time. References work in text, in attributes and in a
 * title; what is inside of `<style>` and `<script>` has to be ASCII already.
 */
export function withReferences(page: string): string {
  const range = ranges.find((one) => isWithinBound(page, one));
  return range === undefined ? page : page.replace(range, referenceTo);
}

/** A style sheet in ASCII; one space ends each escape: https://www.w3.org/TR/css-syntax-3/#escaping */
export function asciiStyle(style: string): string {
  return style.replace(ranges[0], (character) => `\\${character.codePointAt(0)?.toString(16)} `);
}
