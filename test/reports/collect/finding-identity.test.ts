import { describe, expect, test } from 'vitest';
import { findingIdentities, normalisedContext } from '../../../src/reports/collect/finding-identity.ts';

const finding = { rule: 'no-var', path: 'src/a.js', message: 'Line 12 is 130 long' };

describe('normalisedContext', () => {
  test.each([
    ['Line 12 has 130 characters', 'Line # has # characters'],
    ['see a.c:12:5', 'see a.c:#:#'],
    ['at 0x7ffe97693e20', 'at #'],
    ['CVE-2030-1234 and sha256 stay', 'CVE-2030-1234 and sha256 stay'],
    ['  many\n blanks\t', 'many blanks'],
    ['größe2 is a word', 'größe2 is a word'],
    ['', ''],
  ])('of %s it keeps %s', (message, context) => {
    expect(normalisedContext(message)).toBe(context);
  });
});

describe('findingIdentities', () => {
  const identify = (...messages: readonly string[]): readonly string[] => {
    const identities = findingIdentities(100);
    return messages.map((message) => identities.identify({ ...finding, message }, null));
  };

  test('a moved finding keeps its identity', () => {
    expect(identify('Line 12 is 130 long')).toEqual(identify('Line 40 is 131 long'));
  });

  test('rule, path and message each make a difference', () => {
    const ids = [
      finding,
      { ...finding, rule: 'x' },
      { ...finding, path: 'b.js' },
      { ...finding, message: 'other' },
    ].map((values) => findingIdentities(100).identify(values, null));
    expect(new Set(ids).size).toBe(4);
  });

  test('equal findings get ordinals, the same ones in the next run', () => {
    expect(new Set(identify('a', 'a', 'a')).size).toBe(3);
    expect(identify('a', 'b', 'a')).toEqual([...identify('a', 'b'), identify('a', 'a')[1]]);
  });

  test("the tool's fingerprint stands above rule, path and message", () => {
    const one = findingIdentities(100).identify(finding, 'f00d');
    expect(findingIdentities(100).identify({ rule: 'y', path: null, message: 'z' }, 'f00d')).toBe(one);
    expect(findingIdentities(100).identify(finding, 'beef')).not.toBe(one);
  });

  test('a repeated fingerprint is no loss: each has an identity', () => {
    const identities = findingIdentities(100);
    expect(new Set([1, 2, 3].map(() => identities.identify(finding, 'requires login'))).size).toBe(3);
  });

  test('a blank fingerprint is none', () => {
    expect(findingIdentities(100).identify(finding, ' ')).toBe(
      findingIdentities(100).identify(finding, null),
    );
  });

  test('past the limit, new ones have no ordinals and known ones still do', () => {
    const identities = findingIdentities(1);
    const first = identities.identify(finding, null);
    const other = { ...finding, rule: 'x' };
    expect(identities.identify(other, null)).toBe(identities.identify(other, null));
    expect(identities.identify(finding, null)).not.toBe(first);
  });
});
