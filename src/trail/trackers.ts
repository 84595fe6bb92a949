import { linearGroups } from '../patterns/linear-match.ts';

/** As the configuration has it. */
export interface TrackerSettings {
  /** Regular expression of a key, such as `SHOP-\d+`. */
  readonly pattern: string;
  /** Address of one entry, with `{key}`. */
  readonly url: string;
}

/** A tracker outside of GitLab. */
export interface Tracker {
  /** The key at the start of a text; null where there is none. */
  readonly keyOf: (text: string) => string | null;
  readonly url: string;
}

const maxKey = 100;

/**
 * Makes a tracker of its settings. Throws `SyntaxError` where the pattern is no regular expression, and `UsageError`
 * where matching it could take long.
 */
export function trackerOf({ pattern, url }: TrackerSettings): Tracker {
  // Tried alone first: an expression that only parses within brackets is none.
  const alone = new RegExp(pattern);
  const groups = linearGroups(new RegExp(`(?<key>${alone.source})`));
  return { keyOf: (text) => groups(text)?.['key'] ?? null, url };
}

/** The key at a place of a text; a key of no characters is none. */
export function trackerKeyAt(
  text: string,
  at: number,
  trackers: readonly Tracker[],
): { readonly key: string; readonly url: string } | null {
  const rest = text.slice(at, at + maxKey + 1);
  for (const { keyOf, url } of trackers) {
    const key = keyOf(rest) ?? '';
    // `SHOP-12x` is no key, whatever the pattern says of its beginning.
    const isWhole = !/\w/.test(rest.charAt(key.length));
    if (key !== '' && key.length <= maxKey && isWhole)
      return { key, url: url.replaceAll('{key}', () => encodeURIComponent(key)) };
  }
  return null;
}
