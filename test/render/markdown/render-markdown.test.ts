import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Block,
  code,
  codeBlock,
  type Document,
  details,
  emphasis,
  heading,
  type Inline,
  icon,
  lineBreak,
  link,
  list,
  paragraph,
  strong,
  text,
} from '../../../src/model/document.ts';
import { codeText } from '../../../src/render/markdown/code-span.ts';
import { findQuickActions } from '../../../src/render/markdown/find-quick-actions.ts';
import { renderMarkdown } from '../../../src/render/markdown/render-markdown.ts';
import { visibleLine, visibleLines } from '../../../src/render/words/visible-text.ts';
import { runs } from '../../property-runs.ts';
import { spaceless, viewOfDocument, viewOfHtml } from '../document-view.ts';
import { parsedByGitLab, referencesIn, textOf } from '../gitlab-view.ts';
import { hostileParts, hostileText } from '../hostile-text.ts';

const markdownOf = (...children: readonly Inline[]): string => renderMarkdown([paragraph(...children)]);
const tableOf = (...rows: readonly (readonly Inline[])[]): Block => ({
  kind: 'table',
  columns: [
    { title: [text('Name')], align: 'left' },
    { title: [text('Note')], align: 'right' },
  ],
  rows: rows.map((cells) => [cells, [text('end')]]),
});

describe('ordinary text', () => {
  test.each([
    'All 1,204 tests pass in 3m 41s (84.2 %, −0.3 pp).',
    'It did not start: connection refused, after 3 tries; see the log.',
    'snake_case_name in C:\\Users\\x at 12:30:45',
    "It's 50% done - or so; a/b, R&D, C++ and x = y?",
  ])('comes out as it was written: %s', (value) => {
    expect(markdownOf(text(value))).toBe(value);
  });
});

describe('hostile text', () => {
  test.each([
    ['@all please', '`@all` please'],
    ['fixed (#12), see !3.', 'fixed (`#12`), see `!3`.'],
    ['/merge now', '`/merge` now'],
    ['see https://gitlab.example.com/a/b/-/issues/1', 'see `https://gitlab.example.com/a/b/-/issues/1`'],
    ['# not a title', '\\# not a title'],
    ['1. not a list', '1\\. not a list'],
    ['<b>bold</b>?', '`<b>bold</b>`?'],
    ['<br x', '\\<br x'],
    ['&lt;b&gt;', '\\&lt;b\\&gt;'],
    ['costs $5 and $6', 'costs `$5` and `$6`'],
    ['a\u202Eb\u0000', 'a⟨U+202E⟩b␀'],
  ])('%s is written as %s', (value, expected) => {
    expect(markdownOf(text(value))).toBe(expected);
  });

  test('two texts in a row are judged as the one that the browser shows', () => {
    expect(markdownOf(text('@'), text('all'))).toBe('`@all`');
  });

  test('code that touches code becomes one span, as two would swallow each other', () => {
    expect(markdownOf(text('see @all'), code('x`y'))).toBe('see ``@allx`y``');
  });

  test.each([
    ['an invisible character and a space', [text('\u00AD /close')]],
    ['a link without an address', [link('javascript:x', text('/close'))]],
    ['an empty text', [text(' '), text('/close')]],
    ['emphasis', [emphasis(text('/close'))]],
  ])('a command behind %s at the start of a line is no command', (_name, children: Inline[]) => {
    expect(findQuickActions(markdownOf(...children))).toEqual([]);
  });

  test('a backslash before a pipe stays in its cell', () => {
    const html = parsedByGitLab(renderMarkdown([tableOf([code('a\\|b')])]));
    expect(html.match(/<td/g)).toHaveLength(2);
    expect(textOf(html)).toContain('a\\|b');
  });

  test('very long words take time in proportion to their length', () => {
    const words = ['/', 'A', 'a', '.', '`', '*', '\\', ':a', '<', '['].map((part) => part.repeat(200_000));
    expect(
      words.map((word) => markdownOf(text(word), code(word)).length).every((length) => length > 200_000),
    ).toBe(true);
  });

  test('a name that would make a definition of the line, which nobody sees, is seen', () => {
    const html = parsedByGitLab(markdownOf(link('https://a.b/', code(']: c'), text('^'), code('x]:'))));
    expect(textOf(html).trim()).toBe(']: c^x]:');
  });

  test('an exclamation mark before a link makes no image', () => {
    expect(parsedByGitLab(markdownOf(text('wow!'), link('https://a.b/', text('here'))))).not.toContain(
      '<img',
    );
  });

  test('a link that GitLab would turn into a reference stays a link and refers to nothing', () => {
    expect(markdownOf(link('https://gitlab.example.com/a/b/-/issues/1', text('x')))).toBe(
      '[x](https://gitlab.example.com/a/b/-/issues/1#.)',
    );
  });

  test.each(['javascript:alert(1)', 'data:text/html,x', '/relative', 'not an address'])(
    'an address that is not of the web is dropped, its words stay: %s',
    (url) => {
      expect(markdownOf(link(url, text('words')))).toBe('words');
    },
  );

  test('a code block with commands has no line that starts with a slash, and shows them as they are', () => {
    const markdown = renderMarkdown([codeBlock('/merge\n  /close\n```\n/assign me\n````')]);
    expect(findQuickActions(markdown)).toEqual([]);
    expect(textOf(parsedByGitLab(markdown)).trimEnd()).toBe('/merge\n  /close\n```\n/assign me\n````');
  });
});

/** Where untrusted text can stand; each place gives a document and what of the text must be readable in it. */
const places: Readonly<Record<string, (value: string) => readonly [Document, string]>> = {
  paragraph: (value) => [[paragraph(text(value))], visibleLine(value)],
  'after a break': (value) => [[paragraph(text('a'), lineBreak, text(value))], visibleLine(value)],
  'beside code': (value) => [[paragraph(code(value), text(value), code(value))], visibleLine(value)],
  'strong and emphasised': (value) => [
    [paragraph(strong(text(value)), emphasis(code('x'), text(value)), text(value))],
    visibleLine(value),
  ],
  'beside an icon and a link': (value) => [
    [paragraph(icon('failed'), text(value), link('https://example.com/a b?c=<d>', text(value)), text(value))],
    visibleLine(value),
  ],
  heading: (value) => [[heading(3, text(value)), paragraph(text('end'))], visibleLine(value)],
  'a table cell': (value) => [[tableOf([text(value)], [code(value), text(value)])], visibleLine(value)],
  'a list': (value) => [
    [
      list([paragraph(text(value))], [paragraph(code(value)), codeBlock(value)]),
      list([paragraph(text(value))]),
    ],
    visibleLine(value),
  ],
  'a summary': (value) => [
    [details([text(value), code(value)], [paragraph(text(value)), codeBlock(value)]), paragraph(text('end'))],
    visibleLine(value),
  ],
  'a quote': (value) => [
    [{ kind: 'quote', blocks: [paragraph(text(value)), codeBlock(value)] }],
    visibleLine(value),
  ],
  'a link': (value) => [
    [
      paragraph(
        link(
          `https://x.example/a/b/-/issues/1?${encodeURIComponent(visibleLines(value))}`,
          text(value),
          strong(link('https://y.example/', text(value))),
        ),
      ),
    ],
    visibleLine(value),
  ],
  'a code span': (value) => [[paragraph(code(value))], codeText(value)],
  'a code block': (value) => [
    [codeBlock(value), paragraph(text('end'))],
    visibleLines(value).replace(/\n+$/, ''),
  ],
};

/** What GitLab shows is what the document holds: no element, link, reference or command comes of a text. */
function expectHarmless(place: (value: string) => readonly [Document, string], value: string): void {
  const [document, readable] = place(value);
  const markdown = renderMarkdown(document);
  const html = parsedByGitLab(markdown);
  expect(findQuickActions(markdown), markdown).toEqual([]);
  expect(
    markdown.split('\n').filter((line) => line.startsWith('/')),
    markdown,
  ).toEqual([]);
  expect(referencesIn(html), markdown).toEqual([]);
  expect(spaceless(textOf(html)), markdown).toContain(spaceless(readable));
  expect(viewOfHtml(html), markdown).toEqual(viewOfDocument(document));
}

describe.each(Object.entries(places))('text of strangers in %s', (_name, place) => {
  test('does nothing, part by part', () => {
    for (const value of hostileParts) expectHarmless(place, value);
  });

  test('does nothing in any mixture', () => {
    fc.assert(
      fc.property(hostileText, (value) => {
        expectHarmless(place, value);
      }),
      { numRuns: runs(150) },
    );
  });
});
