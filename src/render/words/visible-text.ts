/**
 * What every renderer does to text of strangers before it escapes it, so that what a reader sees is what is there:
 *
 * - lone surrogates become U+FFFD;
 * - control characters become their Unicode pictures (`␛`, `␀`), bidirectional controls `⟨U+202E⟩`
 *   ("Trojan Source", https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing);
 * - characters that show nothing are removed, except joiners and variation selectors after a character outside ASCII
 *   (emoji, Persian and Indic scripts need them);
 * - more than 8 combining marks on one character are cut to 8.
 */

const lineEnds = /\r\n?|[\u000B\u000C\u0085\u2028\u2029]/gu;
const bidiControls = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;
const invisible =
  /[\u00AD\u034F\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B\u2060-\u2065\u206A-\u206F\u3164\uFEFF\uFFA0\uFFF0-\uFFFB\u{E0000}-\u{E0FFF}]/gu;
const straySelectors = /(?<![^\u0000-\u007F])[\u200C\u200D\uFE00-\uFE0F]+/gu;
const controls = /[\u0000-\u0008\u000E-\u001F\u007F-\u009F]/gu;
const loneSurrogates = /\p{Surrogate}|[\uFFFE\uFFFF]/gu;
const longMarks = /(\p{M}{8})\p{M}+/gu;

/** Shows or removes what would hide or reorder text, and makes every line end `\n`; tabs stay. */
export function visibleLines(value: string): string {
  return value
    .replace(lineEnds, '\n')
    .replace(loneSurrogates, '\uFFFD')
    .replace(bidiControls, (character) => `⟨U+${hexOf(character)}⟩`)
    .replace(invisible, '')
    .replace(straySelectors, '')
    .replace(controls, pictureOf)
    .replace(longMarks, '$1');
}

/** Without the line ends at its end; a pattern for them would try again from every line end of the text. */
export function withoutLastLineEnds(value: string): string {
  let end = value.length;
  while (value.charAt(end - 1) === '\n') end -= 1;
  return value.slice(0, end);
}

/** As `visibleLines`, on one line: runs of spaces, tabs and line ends become one space. */
export function visibleLine(value: string): string {
  return visibleLines(value).replace(/[ \t\n]+/g, ' ');
}

function pictureOf(character: string): string {
  const codePoint = character.charCodeAt(0);
  if (codePoint === 0x7f) return '\u2421';
  return codePoint < 0x20 ? String.fromCharCode(0x2400 + codePoint) : `⟨U+${hexOf(character)}⟩`;
}

function hexOf(character: string): string {
  return character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
}
