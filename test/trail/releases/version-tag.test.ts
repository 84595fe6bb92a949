import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareVersions, isPreRelease, versionOf } from '../../../src/trail/releases/version-tag.ts';

function shown(tag: string): readonly [string, string] | null {
  const found = versionOf(tag);
  return found === null ? null : [found.prefix, found.version.format() + buildOf(found.version.build)];
}

function buildOf(build: readonly string[]): string {
  return build.length === 0 ? '' : `+${build.join('.')}`;
}

describe('row 61: the version of a tag', () => {
  test.each<[string, readonly [string, string] | null]>([
    ['v1.4.0', ['v', '1.4.0']],
    ['1.4', ['', '1.4.0']],
    ['v1.4', ['v', '1.4.0']],
    ['v2', ['v', '2.0.0']],
    ['web/v1.2.3', ['web/v', '1.2.3']],
    ['@acme/till@1.2.3', ['@acme/till@', '1.2.3']],
    ['release-1.4', ['release-', '1.4.0']],
    ['v2.0.0-rc.1', ['v', '2.0.0-rc.1']],
    ['v2.0.0-rc1', ['v', '2.0.0-rc.1']],
    ['2.0.0b2', ['', '2.0.0-b.2']],
    ['v1.2.3+5', ['v', '1.2.3+5']],
    ['1.2.3.4', ['', '1.2.3+4']],
    ['2026.11.01', ['', '2026.11.1']],
    ['2026-11-01', ['', '2026.11.1']],
    ['release-2026-11-01.2', ['release-', '2026.11.1+2']],
    ['build-123', ['build-', '123.0.0']],
    ['app-2-1.2.3', ['app-2-', '1.2.3']],
    ['latest', null],
    ['v1.2.3/linux', null],
    ['', null],
    [`v${'1'.repeat(300)}`, null],
  ])('%s', (tag, expected) => {
    expect(shown(tag)).toEqual(expected);
  });

  // The example of https://semver.org/#spec-item-11, in its order.
  const inOrder = [
    '1.0.0-alpha',
    '1.0.0-alpha.1',
    '1.0.0-alpha.beta',
    '1.0.0-beta',
    '1.0.0-beta.2',
    '1.0.0-beta.11',
    '1.0.0-rc.1',
    '1.0.0',
    '2.0.0',
    '2.1.0',
    '2.1.1',
  ];

  test('orders as the specification does, and counts what people count', () => {
    const order = (tags: readonly string[]): readonly string[] =>
      tags.toSorted((a, b) => {
        const [left, right] = [versionOf(a), versionOf(b)];
        return left === null || right === null ? 0 : compareVersions(left, right);
      });
    expect(order(inOrder.toReversed())).toEqual(inOrder);
    expect(order(['v2.0.0-rc10', 'v2.0.0-rc2', 'v1.10', 'v1.9'])).toEqual([
      'v1.9',
      'v1.10',
      'v2.0.0-rc2',
      'v2.0.0-rc10',
    ]);
  });

  test('what is before a release says so', () => {
    expect(['v1.0.0', 'v1.0.0-rc.1', 'latest', '2026-11-01'].map(isPreRelease)).toEqual([
      false,
      true,
      false,
      false,
    ]);
  });

  test('any text has a version or none', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (tag) => {
        const found = versionOf(tag);
        expect(found === null || tag.length > found.prefix.length).toBe(true);
      }),
    );
  });
});
