import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isListInput, itemsOfListInput } from '../../src/config/list-input.ts';
import { UsageError } from '../../src/errors.ts';
import { insideText } from '../templates/gitlab-interpolation.ts';

const where = 'HERALD_REPORTS';

/** A list on its way through GitLab: the text of the variable. */
function throughGitLab(items: readonly unknown[]): string {
  return insideText('list:$[[ inputs.reports ]]', { 'inputs.reports': items });
}

describe('a list that came through an input', () => {
  test.each([
    { name: 'globs', items: ['reports/*.xml', '!reports/old/**'] },
    { name: 'commas', items: ['**/*.{xml,json}', 'a, b'] },
    { name: 'conditions', items: ['coverage-drop>0.5', 'new-findings>=high'] },
    { name: 'quotes of both kinds', items: [`a "b" 'c'`] },
    { name: 'what Ruby would interpolate', items: ['#{1}', '#$0', '#@a'] },
    { name: 'what a shell would run', items: ['$(touch pwned)', '`x`', '; rm -rf /'] },
    { name: 'brackets', items: ['[a-z]*.xml', ']', '['] },
    { name: 'other scripts', items: ['übung/*.xml', '报告.xml', '😀'] },
  ])('keeps $name', ({ items }) => {
    expect(itemsOfListInput(throughGitLab(items), where)).toEqual(items);
    expect(itemsOfListInput(`list:${JSON.stringify(items)}`, where)).toEqual(items);
  });

  test('a number is its text', () => {
    expect(itemsOfListInput(throughGitLab([1, 2.5, -3]), where)).toEqual(['1', '2.5', '-3']);
  });

  test('an empty list and empty items are nothing', () => {
    expect(itemsOfListInput('list:[]', where)).toEqual([]);
    expect(itemsOfListInput('list:["", " "]', where)).toEqual([]);
  });

  test.each([
    { name: 'a backslash', items: ['a\\b'] },
    { name: 'a backslash before a quote', items: ['a\\"b'] },
    { name: 'a backslash at the end, which would swallow the next item', items: ['a\\', 'b'] },
    { name: 'a line break', items: ['a\nb'] },
    { name: 'a control character', items: ['a\u001bb'] },
    { name: 'a list in a list', items: [['a']] },
    { name: 'a truth value', items: [true] },
    { name: 'nothing', items: [null] },
    { name: 'a mapping', items: [{ a: 1 }] },
  ])('refuses $name, and says where and what to do', ({ items }) => {
    const read = (): unknown => itemsOfListInput(throughGitLab(items), where);
    expect(read).toThrow(UsageError);
    expect(read).toThrow(/HERALD_REPORTS holds a list that cannot be read/);
  });

  test.each(['list:', 'list:x', 'list:["a"', 'list:["a",]', 'list:["a" "b"]', 'list:[,]', 'list:["a\\"]'])(
    'refuses %s',
    (text) => {
      expect(() => itemsOfListInput(text, where)).toThrow(UsageError);
    },
  );

  test('is never read as other items than it had', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: fc.constantFrom('"', '\\', '#', '{', ',', ' ', '[', ']', 'a', '\n') }),
    );
    fc.assert(
      fc.property(fc.array(text, { maxLength: 4 }), (items) => {
        const wanted = items.map((entry) => entry.trim()).filter((entry) => entry !== '');
        let read: readonly string[];
        try {
          read = itemsOfListInput(throughGitLab(items), where);
        } catch (error) {
          expect(error).toBeInstanceOf(UsageError);
          return;
        }
        // Herald may refuse what it cannot know; what it takes is what was meant.
        expect(read).toEqual(wanted);
      }),
      { numRuns: 2_000 },
    );
  });

  test('is told from a list of our own', () => {
    expect(isListInput('list:[]')).toBe(true);
    expect(isListInput('["a"].xml')).toBe(false);
  });
});
