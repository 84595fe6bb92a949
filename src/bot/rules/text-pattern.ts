import * as z from 'zod';
import { unsafePatternReason } from '../../reports/pattern-safety.ts';

/** What a pattern may cost grows with a power of the length of the line. */
const maxLine = 500;
const maxText = 20_000;

export interface TextPattern {
  /** As written. */
  readonly source: string;
  /** Tried on each of the first lines; lines and texts that are very long are cut. */
  test(text: string): boolean;
}

/** `/…/i` ignores case; anything else is the expression itself. */
function split(written: string): { readonly body: string; readonly flags: string } {
  const [, body, flags] = /^\/(.+)\/(i?)$/s.exec(written) ?? [];
  return body === undefined ? { body: written, flags: '' } : { body, flags: flags ?? '' };
}

function linesOf(text: string): readonly string[] {
  return text
    .slice(0, maxText)
    .split(/\r\n|\r|\n/)
    .map((line) => line.slice(0, maxLine));
}

/** A regular expression of JavaScript that no text can make slow. */
export const textPattern = z
  .string()
  .min(1, 'an empty pattern matches everything')
  .transform((source, context): TextPattern => {
    const { body, flags } = split(source);
    const unsafe = unsafePatternReason(body);
    if (unsafe !== null) context.addIssue({ code: 'custom', message: `the pattern ${unsafe}` });
    try {
      const expression = new RegExp(body, flags);
      return { source, test: (text) => linesOf(text).some((line) => expression.test(line)) };
    } catch (error) {
      const why = error instanceof Error ? error.message.replace(/^Invalid regular expression: /, '') : '';
      context.addIssue({ code: 'custom', message: `no regular expression: ${why}` });
      return z.NEVER;
    }
  });

const list = z.array(textPattern).min(1, 'at least one pattern').max(50, 'at most 50 patterns');

const oneOrMore = z
  .union([textPattern, list], { error: 'a pattern or a list of patterns' })
  .transform((value): readonly TextPattern[] => ('test' in value ? [value] : value));

export const patternGroups = z
  .union(
    [
      textPattern,
      list,
      z
        .strictObject({ any: oneOrMore.optional(), none: oneOrMore.optional() })
        .refine((value) => Object.keys(value).length > 0, 'any or none of something'),
    ],
    { error: 'a pattern, a list of patterns, or any and none with patterns' },
  )
  .transform((value) => {
    const groups = 'test' in value ? { any: [value] } : Array.isArray(value) ? { any: value } : value;
    return { any: groups.any ?? [], none: groups.none ?? [] };
  });

/** Why a text does not fit; null when it does. */
export function patternMismatch(
  what: string,
  text: string,
  { any, none }: z.output<typeof patternGroups>,
): string | null {
  const unwanted = none.find((pattern) => pattern.test(text));
  if (unwanted !== undefined) return `${what} matches ${unwanted.source}`;
  if (any.length === 0 || any.some((pattern) => pattern.test(text))) return null;
  return `${what} does not match ${any.map(({ source }) => source).join(' or ')}`;
}
