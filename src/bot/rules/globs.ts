import picomatch from 'picomatch';
import * as z from 'zod';
import { shownList } from './judgement.ts';

/** More wildcards make matching slow, and say little. */
const maxStars = 8;

export const glob = z
  .string()
  .min(1, 'an empty glob matches nothing')
  .max(300, 'a glob of at most 300 characters')
  .refine((value) => (value.match(/\*+/g) ?? []).length <= maxStars, `a glob of at most ${maxStars} stars`);

const list = z.array(glob).min(1, 'at least one glob').max(100, 'at most 100 globs');

const oneOrMore = z
  .union([glob, list], { error: 'a glob or a list of globs' })
  .transform((value): readonly string[] => (typeof value === 'string' ? [value] : value));

export type IsMatch = (value: string) => boolean;

const common = { dot: true, noextglob: true, nonegate: true } as const;

/** In names (branches, labels, environments, people) a star stands for anything, slashes too, as in GitLab's own wildcards. */
export function nameMatcher(globs: readonly string[]): IsMatch {
  return picomatch([...globs], { ...common, bash: true, nocase: true });
}

/** In paths a star ends at a slash, and `**` does not. */
export function pathMatcher(globs: readonly string[]): IsMatch {
  return picomatch([...globs], common);
}

interface Groups {
  readonly any: readonly string[];
  readonly all: readonly string[];
  readonly none: readonly string[];
}

/** `a`, `[a, b]`, or `{any: …, all: …, none: …}`. */
export const globGroups = z
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
  });

/** What is compared, in words. */
export interface Compared {
  /** `the labels`, `the target branch` */
  readonly what: string;
  /** What has one value at most is written otherwise. */
  readonly values: readonly string[] | string | null;
}

/** Why the values are not as the groups want them; null when they are. */
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
  matcher: (globs: readonly string[]) => IsMatch,
): WhyNot {
  const isAny = matcher(any);
  const isNone = matcher(none);
  const each = all.map((one): [string, IsMatch] => [one, matcher([one])]);
  return (compared) => {
    const values = listOf(compared.values);
    const unwanted = none.length === 0 ? [] : values.filter(isNone);
    if (unwanted.length > 0) return holdsUnwanted(compared, unwanted);
    const missing = each.filter(([, isMatch]) => !values.some(isMatch)).map(([one]) => one);
    if (missing.length > 0) return lacks(compared, missing.join(' and '));
    return any.length > 0 && !values.some(isAny) ? lacks(compared, any.join(' or ')) : null;
  };
}
