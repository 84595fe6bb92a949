const punctuation = /[!-/:-@[-`{-~]/;
const wordCharacter = /[\p{L}\p{N}]/u;

/**
 * Escapes the characters of one line of plain text that Markdown would take for syntax where they are, and no others.
 * What GitLab's later filters would react to must be in code spans already (`safePieces`).
 * https://spec.commonmark.org/0.31.2/#backslash-escapes
 */
export function escapeMarkdown(plain: string, startsLine: boolean): string {
  const escaped = plain.replace(/[\\`*_[\]<|~&]/g, (character, offset: number) => {
    const before = plain.charAt(offset - 1);
    const after = plain.charAt(offset + 1);
    return isSyntax(character, { before, after, rest: plain.slice(offset + 1, offset + 40) })
      ? `\\${character}`
      : character;
  });
  return startsLine ? escapeLineStart(escaped) : escaped;
}

interface Surroundings {
  /** Empty at the ends of the text, where anything may follow. */
  readonly before: string;
  readonly after: string;
  readonly rest: string;
}

function isSyntax(character: string, { before, after, rest }: Surroundings): boolean {
  switch (character) {
    case '\\':
      return after === '' || punctuation.test(after);
    case '*':
    case '~':
      return !(before === ' ' && after === ' ');
    case '_':
      return !(wordCharacter.test(before) && wordCharacter.test(after));
    case '<':
      return after === '' || /[a-z/!?]/i.test(after);
    case '&':
      return /^#?\w+;/.test(rest);
    default:
      return true;
  }
}

/** Headings, quotes, lists, rules, underlines of headings and delimiter rows of tables; the text before was escaped. */
function escapeLineStart(escaped: string): string {
  const line = escaped.trimStart();
  if (/^(?:#{1,6}(?:\s|$)|>|[-+](?:[\s:-]|$)|=|:)/.test(line)) return `\\${line}`;
  return line.replace(/^(\d{1,9})([.)])(?=\s|$)/, '$1\\$2');
}
