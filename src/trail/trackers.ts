import type { TrackerSettings } from '../model/closing-reference.ts';
import { linearGroups } from '../patterns/linear-match.ts';

/** A tracker outside of GitLab. */
export interface Tracker {
  /** The key at the start of a text; null where there is none. */
  readonly keyOf: (text: string) => string | null;
  readonly url: string;
}

const maxKey = 100;

/**
 * Makes a tracker of its settings. Throws `SyntaxError` where the pattern is not a regular expression, and `UsageError`
 * where matching it could take long.
 */
export function trackerOf({ pattern, url }: TrackerSettings): Tracker {
  // Tried alone first: an expression that only parses within brackets is none.
  const alone = new RegExp(pattern);
  const groups = linearGroups(new RegExp(`(?<key>${alone.source})`));
  return { keyOf: (text) => groups(text)?.['key'] ?? null, url };
}

/**
 * Trackers of their settings; `problem` says in words what is wrong with the first one that cannot be used, and is null
 * where all can be.
 */
export function trackersOf(settings: readonly TrackerSettings[]): {
  readonly trackers: readonly Tracker[];
  readonly problem: string | null;
} {
  const trackers: Tracker[] = [];
  for (const [index, one] of settings.entries())
    try {
      trackers.push(trackerOf(one));
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      return { trackers, problem: `trail.trackers[${index}].pattern: ${why}` };
    }
  return { trackers, problem: null };
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
    // `SHOP-12x` is not a key, even if the pattern matches its beginning.
    const isWhole = !/\w/.test(rest.charAt(key.length));
    if (key !== '' && key.length <= maxKey && isWhole)
      return { key, url: url.replaceAll('{key}', () => encodeURIComponent(key)) };
  }
  return null;
}
