import * as z from 'zod';
import { type GlobKind, globTest } from './glob-expression.ts';
import { shownList } from './judgement.ts';

function isGlob(value: string): boolean {
  try {
    return typeof globTest(value, 'path') === 'function';
  } catch {
    return false;
  }
}

export const glob = z.lazy(() =>
  z
    .string()
    .min(1, 'an empty glob matches nothing')
    .max(300, 'a glob of at most 300 characters')
    .refine(isGlob, 'not a valid glob: check the square brackets'),
);

const list = z.lazy(() => z.array(glob).min(1, 'at least one glob').max(100, 'at most 100 globs'));

const oneOrMore = z.lazy(() =>
  z
    .union([glob, list], { error: 'a glob or a list of globs' })
    .transform((value): readonly string[] => (typeof value === 'string' ? [value] : value)),
);

export type IsMatch = (value: string) => boolean;

function matcher(globs: readonly string[], kind: GlobKind): IsMatch {
  const tests = globs.map((one) => globTest(one, kind));
  return (value) => tests.some((isMatch) => isMatch(value));
}

/** Of branches, labels, environments, people. */
export function nameMatcher(globs: readonly string[]): IsMatch {
  return matcher(globs, 'name');
}

export function pathMatcher(globs: readonly string[]): IsMatch {
  return matcher(globs, 'path');
}

interface Groups {
  readonly any: readonly string[];
  readonly all: readonly string[];
  readonly none: readonly string[];
}

/** `a`, `[a, b]`, or `{any: …, all: …, none: …}`. */
export const globGroups = z.lazy(() =>
  z
    .union(
      [
        glob,
        list,
        z
          .strictObject({ any: oneOrMore.optional(), all: oneOrMore.optional(), none: oneOrMore.optional() })
          .refine((value) => Object.keys(value).length > 0, 'any, all or none of something'),
      ],
      { error: 'a glob, a list of globs, or any, all and none with globs' },
    )
    .transform((value): Groups => {
      const groups =
        typeof value === 'string' ? { any: [value] } : Array.isArray(value) ? { any: value } : value;
      return { any: groups.any ?? [], all: groups.all ?? [], none: groups.none ?? [] };
    }),
);

/** What is compared, in words. */
export interface Compared {
  /** `the labels`, `the target branch` */
  readonly what: string;
  /** Things with at most one value are worded differently. */
  readonly values: readonly string[] | string | null;
}

/** Why the values do not match the groups; null when they do. */
export type WhyNot = (compared: Compared) => string | null;

function listOf(values: Compared['values']): readonly string[] {
  if (values === null) return [];
  return typeof values === 'string' ? [values] : values;
}

/** `the labels (a, b) hold no c`, `the target branch is main, not release/*`. */
function lacks({ what, values }: Compared, wanted: string): string {
  if (values === null) return `${what} is not set, and not ${wanted}`;
  if (typeof values === 'string') return `${what} is ${shownList([values])}, not ${wanted}`;
  return `${what} (${values.length === 0 ? 'none' : shownList(values)}) do not hold ${wanted}`;
}

function holdsUnwanted({ what, values }: Compared, unwanted: readonly string[]): string {
  return `${what} ${typeof values === 'string' ? 'is' : 'hold'} ${shownList(unwanted)}`;
}

/** One matcher for each group, made once. */
export function selection(
  { any, all, none }: Groups,
  matcherOf: (globs: readonly string[]) => IsMatch,
): WhyNot {
  const isAny = matcherOf(any);
  const isNone = matcherOf(none);
  const each = all.map((one): [string, IsMatch] => [one, matcherOf([one])]);
  return (compared) => {
    const values = listOf(compared.values);
    const unwanted = none.length === 0 ? [] : values.filter(isNone);
    if (unwanted.length > 0) return holdsUnwanted(compared, unwanted);
    const missing = each.filter(([, isMatch]) => !values.some(isMatch)).map(([one]) => one);
    if (missing.length > 0) return lacks(compared, missing.join(' and '));
    return any.length > 0 && !values.some(isAny) ? lacks(compared, any.join(' or ')) : null;
  };
}
