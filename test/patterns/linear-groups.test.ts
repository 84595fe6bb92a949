import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UsageError } from '../../src/errors.ts';
import { linearGroups } from '../../src/patterns/linear-match.ts';

/** What the engine of JavaScript finds at the beginning. */
function byEngine(pattern: string, text: string): Record<string, string | undefined> | null {
  const groups = new RegExp(pattern, 'y').exec(text)?.groups;
  if (groups === undefined) return null;
  // Groups that took no part are keys without a value.
  return JSON.parse(JSON.stringify(groups)) as Record<string, string>;
}

const gcc = String.raw`(?<path>[^:\s]+):(?<line>\d+)(?::(?<column>\d+))?: (?<severity>error|warning): (?<message>.*?)(?: \[(?<rule>-W[\w-]+)\])?$`;

describe('the groups are those that the engine of JavaScript finds', () => {
  test.each([
    [gcc, 'src/a.c:7:3: warning: unused variable x [-Wunused-variable]'],
    [gcc, 'src/a.c:9: error: no.h: No such file'],
    [gcc, '  src/a.c:9: error: not at the beginning'],
    ['(?<m>a*)a', 'aaa'],
    ['(?<m>a*?)a', 'aaa'],
    ['(?<m>a+?)(?<n>a*)', 'aaa'],
    ['(?<m>a|ab)(?<n>c|bcd)(?<o>d*)', 'abcd'],
    ['(?<m>a??)(?<n>a?)', 'a'],
    ['(?<m>a{2,3})(?<n>a*)', 'aaaaa'],
    ['(?<m>a{2,3}?)(?<n>a*)', 'aaaaa'],
    ['(?:(?<m>a)|b)c', 'bc'],
    ['(?<m>)', 'x'],
    ['(?<m>(?<n>a)b)', 'ab'],
    ['(?<m>.*)$', 'é😀'],
    ['^(?<m>.)\\b', 'a b'],
    ['(?<m>a)', 'ba'],
  ])('%s in %j', (pattern, text) => {
    expect(linearGroups(new RegExp(pattern))(text)).toEqual(byEngine(pattern, text));
  });

  test('put together at random', () => {
    const atom = fc.constantFrom('a', 'b', '.', '[ab]', '\\w', '(?:a|ab)', '(?:ab|a)', '\\b', '(?:b|)');
    const quantifier = fc.constantFrom('', '', '*', '+', '?', '*?', '+?', '??', '{1,2}', '{1,2}?');
    const part = fc.tuple(atom, quantifier).map(([one, how]) => (one === '\\b' ? one : `${one}${how}`));
    const group = fc.array(part, { minLength: 1, maxLength: 2 }).map((parts) => parts.join(''));
    const pattern = fc
      .array(group, { minLength: 1, maxLength: 4 })
      .map((groups) => groups.map((inner, index) => `(?<g${index}>${inner})`).join(''));
    const text = fc.array(fc.constantFrom('a', 'b', ' '), { maxLength: 8 }).map((units) => units.join(''));
    fc.assert(
      fc.property(pattern, text, (source, value) => {
        expect([source, value, linearGroups(new RegExp(source))(value)]).toEqual([
          source,
          value,
          byEngine(source, value),
        ]);
      }),
      { numRuns: 3_000 },
    );
  });
});

test.each(['(?=a)(?<m>a)', '(?<!b)(?<m>a)', '(?<m>a)\\k<m>', '(?<m>a{3000})'])(
  '%s cannot be matched so',
  (pattern) => {
    expect(() => linearGroups(new RegExp(pattern))).toThrow(UsageError);
  },
);
