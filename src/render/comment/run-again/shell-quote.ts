import { visibleLine } from '../../words/visible-text.ts';

const maxWord = 300;

/** Characters that no POSIX shell gives a meaning to. */
const plain = /^[A-Za-z0-9_@%+=:,./-]+$/;

/** Letters, marks, digits, punctuation, symbols and the space; within single quotes a shell reads them as they are. */
const printable = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]+$/u;

/**
 * A word for a POSIX shell, in single quotes where it needs them. Null for what cannot be quoted safely, or would not
 * be what the reader sees: single quotes, control and invisible characters, line ends, very long words. Source:
 * https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02_02
 */
export function shellWord(value: string): string | null {
  if (plain.test(value) && value.length <= maxWord) return value;
  const isSafe =
    value.length <= maxWord && printable.test(value) && !value.includes("'") && visibleLine(value) === value;
  return isSafe ? `'${value}'` : null;
}

/** A word that no tool takes for an option or for the name of a file with arguments. */
export function isArgument(value: string): boolean {
  return !/^[-@+]/.test(value);
}

/** A regular expression that matches just this text, in the dialects of the usual languages. */
export function literally(value: string): string {
  return value.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
