import * as z from 'zod';
import { UsageError } from '../../errors.ts';
import { linearPattern } from '../../patterns/linear-match.ts';

const maxPattern = 1_000;
/** Longer texts are cut here. */
const maxText = 20_000;

export interface TextPattern {
  /** As written. */
  readonly source: string;
  /** Tried on each line; a text that is very long is cut. */
  test(text: string): boolean;
}

/** `/…/i` ignores case; anything else is the expression itself. */
function split(written: string): { readonly body: string; readonly flags: string } {
  const [, body, flags = ''] = /^\/(.+)\/(i?)$/s.exec(written) ?? [];
  return body === undefined ? { body: written, flags: '' } : { body, flags };
}

function linesOf(text: string): readonly string[] {
  return text.slice(0, maxText).split(/\r\n|\r|\n/);
}

/** Why a pattern cannot be used, from what reading it threw. */
function reasonOf(error: unknown): string {
  if (error instanceof UsageError) {
    const instead = error.message.startsWith('looks ') ? '; `none` does the same in most cases' : '';
    return `the pattern ${error.message}${instead}`;
  }
  const why = error instanceof SyntaxError ? error.message.replace(/^Invalid regular expression: /, '') : '';
  return `not a valid regular expression: ${why}`;
}

/** A regular expression of JavaScript without parts that need backtracking: no text can make it slow. */
const textPattern = z.lazy(() =>
  z
    .string()
    .min(1, 'an empty pattern matches everything')
    .max(maxPattern, `a pattern of at most ${maxPattern} characters`)
    .transform((source, context): TextPattern => {
      const { body, flags } = split(source);
      try {
        const isIn = linearPattern(new RegExp(body, flags));
        return { source, test: (text) => linesOf(text).some(isIn) };
      } catch (error) {
        context.addIssue({ code: 'custom', message: reasonOf(error) });
        return z.NEVER;
      }
    }),
);

const list = z.lazy(() => z.array(textPattern).min(1, 'at least one pattern').max(50, 'at most 50 patterns'));

const oneOrMore = z.lazy(() =>
  z
    .union([textPattern, list], { error: 'a pattern or a list of patterns' })
    .transform((value): readonly TextPattern[] => ('test' in value ? [value] : value)),
);

export const patternGroups = z.lazy(() =>
  z
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
    }),
);

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
