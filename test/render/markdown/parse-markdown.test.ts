import { describe, expect, test } from 'vitest';
import { parseMarkdown } from '../../../src/render/markdown/parse-markdown.ts';
import { renderMarkdown } from '../../../src/render/markdown/render-markdown.ts';
import { growthOf, inProportion } from '../../cost.ts';

const shown = (markdown: string): string => renderMarkdown(parseMarkdown(markdown));

describe('Markdown that a job wrote', () => {
  test.each([
    ['a paragraph of several lines is one line', 'a\nb', 'a b'],
    ['two spaces at the end break the line', 'a  \nb', 'a<br>b'],
    ['a heading stands below those of the comment', '# Title #', '#### Title'],
    ['a deep heading is bold', '### Title', '**Title**'],
    ['emphasis of both kinds', '**a** and *b* and __c__ and _d_', '**a** and _b_ and **c** and _d_'],
    ['an underscore in a word is no emphasis', 'snake_case_name', 'snake_case_name'],
    ['a star that nothing closes is a star', '2 * 3 and *a', '2 * 3 and \\*a'],
    ['code keeps what is in it', '`` a`b ``', '``a`b``'],
    ['a link', '[a *b*](https://x.example/y)', '[a _b_](https://x.example/y)'],
    ['a link that is none of the web is its words', '[a](javascript:alert(1))', 'a'],
    [
      'an image is a link to it: nothing is loaded',
      '![logo](https://x.example/i.png)',
      '[logo](https://x.example/i.png)',
    ],
    [
      'a link in a link is its words, however deep',
      '[a **<https://gitlab.example.com/g/p/-/issues/1>** b](https://x.example/y)',
      '[a **`https://gitlab.example.com/g/p/-/issues/1`** b](https://x.example/y)',
    ],
    [
      'a link to what GitLab would refer to, with its address as words',
      '[https://gitlab.example.com/g/p/-/issues/1#.](https://gitlab.example.com/g/p/-/issues/1)',
      '[`https://gitlab.example.com/g/p/-/issues/1#`.](https://gitlab.example.com/g/p/-/issues/1#..)',
    ],
    ['a bare address', '<https://x.example/a>', '[`https://x.example/a`](https://x.example/a)'],
    ['a fence that nothing closes reaches to the end', '```\na\nb', '```\na\nb\n```'],
    ['HTML is text', '<b>a</b>', '`<b>a</b>`'],
    ['a comment of HTML is gone', '<!-- hidden -->\na', 'a'],
    ['a rule is gone', 'a\n\n---\n\nb', 'a\n\nb'],
    ['a quote', '> a\n> b', '> a b'],
    ['a list in a list', '- a\n  - b\n- c', '- a\n\n  - b\n- c'],
    ['boxes to tick are drawn', '- [ ] a\n- [x] b', '- ☐ a\n- ☑ b'],
    ['numbers', '1. a\n2. b', '1. a\n2. b'],
    [
      'a table with too few cells in a row',
      '| a | b |\n| --- | :-: |\n| 1 |',
      '| a | b |\n| :-- | :-: |\n| 1 |  |',
    ],
    ['a pipe in a cell', 'a | b\n--- | ---\nx \\| y | z', '| a | b |\n| :-- | :-- |\n| x \\| y | z |'],
    [
      'a fold with its summary on the next line',
      '<details>\n<summary>More</summary>\n\na\n\n</details>',
      '<details><summary>More</summary>\n\na\n\n</details>',
    ],
    [
      'an open fold on one line',
      '<details open><summary>More</summary>a</details>',
      '<details open><summary>More</summary>\n\na\n\n</details>',
    ],
    [
      'a fold that nothing closes reaches to the end',
      '<details><summary>a</summary>\nb',
      '<details><summary>a</summary>\n\nb\n\n</details>',
    ],
    ['a fold without a summary is text', '<details>\na', '\\<details> a'],
    ['nothing', '\n \n', ''],
  ])('%s', (_why, markdown, expected) => {
    expect(shown(markdown)).toBe(expected);
  });

  test('a long text is cut at a line, with an ellipsis', () => {
    const markdown = shown(`${'a line\n\n'.repeat(20_000)}end`);
    expect(markdown.length).toBeLessThan(70_000);
    expect(markdown.endsWith('a line\n\n…')).toBe(true);
  });

  test('what is nested too deeply is plain text, and nothing of it is lost', () => {
    expect(shown(`${'> '.repeat(50)}deep`)).toMatch(/deep/);
    expect(shown(`${'- '.repeat(50)}deep`)).toMatch(/deep/);
    expect(shown(`${'*'.repeat(5_000)}deep${'*'.repeat(5_000)}`)).toMatch(/deep/);
  });

  test.each([
    '- ',
    '> ',
    '1. ',
    '- a\n',
    '- > 1. ',
    '[',
    '![',
    '[a](',
    '[[',
    '[a]: b\n',
    '[^a',
    '*a ',
    '**a_ ',
    '`a``',
    '&',
    '<',
    'a<!-- ',
    '<a "',
    'a|b\n-|-\n',
    'a\n|-|\n',
    '|-',
    '>>>\n',
    '\\\\$',
    '$$ ',
    '://a](',
    'http://a)',
    'www.',
    '<details><summary>',
    '<summary>',
    'a  \n',
    ' ',
  ])('%j over and over is read in proportion to its length', (unit) => {
    const growth = growthOf((size) => {
      for (const start of ['', '[^a]: a\n\n', '<div><details>', '>'.repeat(90)])
        parseMarkdown(start + unit.repeat(size / unit.length));
    }, 16_000);
    expect(growth).toBeLessThan(inProportion);
  });

  test('folds in folds end somewhere', () => {
    const markdown = shown('<details><summary>a</summary>\n'.repeat(50));
    expect(markdown.match(/^<details>/gm)?.length).toBe(markdown.match(/^<\/details>/gm)?.length);
  });
});
