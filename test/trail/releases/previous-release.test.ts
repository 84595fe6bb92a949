import { describe, expect, test } from 'vitest';
import { newestRelease, releasesBefore } from '../../../src/trail/releases/previous-release.ts';

function tagged(tags: readonly string[]): readonly { tag: string; sha: string; at: number }[] {
  return tags.map((tag, index) => ({ tag, sha: `${index}`.padStart(40, '0'), at: index }));
}

/** The best of the tags before the first one; a later tag in the list was made later. */
function before(tag: string, others: readonly string[]): string | null {
  const all = tagged([...others.slice(0, -1), tag, ...others.slice(-1)]);
  const wanted = all.find((one) => one.tag === tag);
  return wanted === undefined ? null : (releasesBefore(wanted, all)[0]?.tag ?? null);
}

describe('row 61: the release before a release', () => {
  test.each<[string, string, readonly string[], string | null]>([
    ['the one before', 'v1.4.0', ['v1.2.0', 'v1.3.0'], 'v1.3.0'],
    ['by numbers, not by letters', 'v1.10.0', ['v1.2.0', 'v1.9.0'], 'v1.9.0'],
    ['the first release', 'v1.0.0', ['nightly'], null],
    ['over its release candidates', 'v2.0.0', ['v1.9.0', 'v2.0.0-rc.1', 'v2.0.0-rc.2'], 'v1.9.0'],
    ['a release candidate after the one before', 'v2.0.0-rc.2', ['v1.9.0', 'v2.0.0-rc.1'], 'v2.0.0-rc.1'],
    ['the first release candidate', 'v2.0.0-rc.1', ['v1.8.0', 'v1.9.0'], 'v1.9.0'],
    ['a maintenance branch', 'v1.4.1', ['v1.4.0', 'v2.0.0-rc.1', 'v2.0.0'], 'v1.4.0'],
    ['a release made later than higher ones', 'v1.4.0', ['v1.3.0', 'v1.5.0'], 'v1.3.0'],
    [
      'of its own line, in a repository with several',
      'web/v1.1.0',
      ['web/v1.0.0', 'api/v1.0.9'],
      'web/v1.0.0',
    ],
    ['not of a tag without a version', 'v1.1.0', ['v1.0.0', 'stable', 'latest'], 'v1.0.0'],
    ['days', '2026-11-01', ['2026-9-30', '2026-10-31'], '2026-10-31'],
    ['two parts', 'v1.4', ['v1.2', 'v1.3.2', 'v1.3'], 'v1.3.2'],
    ['two builds', '1.0.0+2', ['1.0.0', '1.0.0+1'], '1.0.0+1'],
    ['tags without a version by their time', 'gold', ['bronze', 'silver', 'platinum'], 'silver'],
  ])('%s', (_what, tag, others, expected) => {
    expect(before(tag, others)).toBe(expected);
  });

  test('a tag that was moved is not its own predecessor', () => {
    const all = [
      { tag: 'v1.4.0', sha: 'b'.repeat(40), at: 9 },
      { tag: 'v1.3.0', sha: 'a'.repeat(40), at: 1 },
    ];
    const moved = { tag: 'v1.4.0', sha: 'c'.repeat(40), at: 10 };
    expect(releasesBefore(moved, all).map(({ tag }) => tag)).toEqual(['v1.3.0']);
  });
});

describe('row 61: the newest release', () => {
  test.each<[string, readonly string[], string | null]>([
    ['no release candidate', ['v1.9.0', 'v2.0.0-rc.1'], 'v1.9.0'],
    ['the highest, even if a lower one was made later', ['v2.0.0', 'v1.9.1'], 'v2.0.0'],
    ['a release candidate where there is nothing else', ['v1.0.0-rc.1'], 'v1.0.0-rc.1'],
    ['of the line that was released last', ['web/v3.0.0', 'api/v1.0.0'], 'api/v1.0.0'],
    ['a tag without a version', ['bronze', 'silver'], 'silver'],
    ['none', [], null],
  ])('%s', (_what, tags, expected) => {
    expect(newestRelease(tagged(tags))?.tag ?? null).toBe(expected);
  });
});
