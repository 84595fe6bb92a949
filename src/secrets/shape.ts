import { masked } from './spans.ts';

/** The form of one kind of secret, in any text. */
export interface SecretShape {
  readonly name: string;
  /** In small letters, at least three characters; a text without all of them holds no such secret. */
  readonly hints: readonly string[];
  /** Puts `[MASKED]` in place of the secret. Linear in the text's length. */
  hide(text: string): string;
}

/** Whether a value is what an earlier shape left; some patterns stop before its last sign. */
export function isMasked(value: string): boolean {
  return value === masked || value === masked.slice(0, -1);
}

/** A secret that is recognised by its own form: the whole match is masked. */
export function token(name: string, hints: readonly string[], pattern: RegExp): SecretShape {
  return { name, hints, hide: (text) => text.replace(pattern, masked) };
}

/**
 * A secret that is recognised by the text before it: the pattern's first group stays, the rest of the match is masked.
 */
export function after(name: string, hints: readonly string[], pattern: RegExp): SecretShape {
  return {
    name,
    hints,
    hide: (text) =>
      text.replace(pattern, (match: string, start: string) =>
        isMasked(match.slice(start.length)) ? match : start + masked,
      ),
  };
}
