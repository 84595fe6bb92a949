import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseCommands } from '../../../src/bot/commands/parse-commands.ts';
import { commands } from '../../../src/bot/commands/registry.ts';
import { growthOf, inProportion } from '../../cost.ts';
import { htmlParts, parsedByGitLab } from '../../render/gitlab-view.ts';

const grammar = { prefix: '/herald', username: 'herald-bot', names: commands.map(({ name }) => name) };

function textsOf(markdown: string): readonly string[] {
  return parseCommands(markdown, grammar).calls.map(({ text }) => text);
}

describe('a command', () => {
  test.each([
    ['after the prefix', '/herald retry', ['retry']],
    ['after a mention', '@herald-bot retry', ['retry']],
    ['after a mention with a colon', '@herald-bot: retry', ['retry']],
    ['in any case', '/HERALD Retry', ['retry']],
    ['with words', '/herald label ~a ~b', ['label ~a ~b']],
    ['with a text in quotes', '/herald issue "The drawer  sticks"', ['issue "The drawer sticks"']],
    [
      'with a quote in a text in quotes',
      String.raw`/herald issue "The \"drawer\""`,
      [String.raw`issue "The \"drawer\""`],
    ],
    ['with a quoted name of GitLab', '/herald label ~"b c" ~d', ['label ~"b c" ~d']],
    ['with a word in quotes', '/herald retry "unit"', ['retry unit']],
    ['with an apostrophe', "/herald hold until it's Monday", ["hold until it's Monday"]],
    ['alone', '/herald', ['help']],
    ['after up to three spaces', '   /herald retry', ['retry']],
    ['with line ends of Windows', 'Hello\r\n/herald retry\r\n', ['retry']],
    ['with a byte order mark', '\uFEFF/herald retry', ['retry']],
    ['with characters that nobody sees', '/her\u200Bald ret\u200Dry', ['retry']],
    ['several, in order, the same once', '/herald retry\n/herald run\n/herald  retry', ['retry', 'run']],
    ['among words', 'Please look.\n\n/herald retry\n\nThank you.', ['retry']],
    ['after a fence that was closed', '```\ncode\n```\n/herald retry', ['retry']],
    ['after a quotation and an empty line', '> Somebody said so.\n\n/herald retry', ['retry']],
    ['one that does not exist, after the prefix', '/herald frobnicate', ['frobnicate']],
    ['nearly one, after a mention', '@herald-bot rety', ['rety']],
  ])('%s', (_name, markdown, texts) => {
    expect(textsOf(markdown)).toEqual(texts);
  });
});

describe('no command', () => {
  test.each([
    ['a longer word', '/heraldry retry'],
    ['within a line', 'Try /herald retry now'],
    ['a mention in passing', '@herald-bot is a good bot'],
    ['a mention of somebody with a longer name', '@herald-bot2 retry'],
    ['a quick action of GitLab', '/close'],
    ['in a fence', '```\n/herald retry\n```'],
    ['in a fence of tildes', '~~~ sh\n/herald retry\n~~~'],
    ['in a fence that nobody closes', '```\n/herald retry'],
    ['in a fence that a shorter one does not close', '````\n```\n/herald retry\n````'],
    ['in a fence in a list', '- ```\n  /herald retry\n  ```'],
    ['in a fence in a numbered list', '1. ```\n   /herald retry\n   ```'],
    ['in indented code', '    /herald retry'],
    ['behind a tab', '\t/herald retry'],
    ['between backticks', '`/herald retry`'],
    ['between backticks over lines', 'See `\n/herald retry\n` there'],
    ['in a quotation', '> /herald retry'],
    ['in a quotation that goes on by itself', '> Somebody said\n/herald retry'],
    ['in a quotation of GitLab', '>>>\n/herald retry\n>>>'],
    ['in an HTML comment', '<!-- /herald retry -->'],
    ['in an HTML comment over lines', '<!--\n/herald retry\n-->'],
    ['in HTML', '<details>\n/herald retry\n</details>'],
    ['in preformatted HTML with empty lines', '<pre>\n\n/herald retry\n\n</pre>'],
    ['in a list', '- /herald retry'],
    ['in a heading', '# /herald retry'],
    ['in a table', '| /herald retry | x |'],
    ['in a fence that a line with other white space does not close', '```\n```\u2003\n/herald retry'],
    ['in a fence that indented code does not close', '```\n    ```\n/herald retry\n```'],
    ['in a fence after code that only looks like one', '    ```\n```\n/herald retry\n```'],
    ['in a fence after an invisible character and one', '\u200B```\n```\n/herald retry\n```'],
    ['in a quotation of GitLab of four', '>>>>\n\n/herald retry\n\n>>>>'],
    ['in a quotation that a line with other white space does not end', '> a\n\u2003\n/herald retry'],
    ['in a footnote', 'a[^1]\n\n[^1]: note\n/herald retry'],
    ['as the address of a definition', "[a]:\n/herald 'retry'"],
    ['as the address of a link', "[a](\n/herald 'retry'\n)"],
    ['in the words of an image', '![a\n/herald retry\n](https://x.example/i.png)'],
    ['in an attribute', 'a <b title="\n/herald retry\n">'],
    ['in code after a backtick that a backslash takes', '\\`a``b`\n/herald retry\n``'],
    ['in code after an address that takes a backtick', '://x` `\n/herald retry\n`'],
    ['in a formula', '$$\n/herald retry\n$$'],
    ['in front matter', '---\n/herald retry\n---'],
    ['in a fence within what only looks like a comment', '    <!--\n```\n-->\n/herald retry\n```'],
    ['after code whose words go on', 'a\n    `\n/herald retry\n`'],
    ['behind a hundred thousand characters', `${'a'.repeat(100_000)}\n/herald retry`],
  ])('%s', (_name, markdown) => {
    expect(textsOf(markdown)).toEqual([]);
  });

  test('the eleventh', () => {
    const markdown = Array.from({ length: 12 }, (_, index) => `/herald label ~l${index}`).join('\n');
    const { calls, tooMany } = parseCommands(markdown, grammar);
    expect(calls).toHaveLength(10);
    expect(tooMany).toBe(true);
  });
});

/** The text outside of code, quotations, formulas and footnotes. */
function wordsSeen(html: string): string {
  const unread = new Set(['pre', 'code', 'blockquote', 'section', 'script', 'style', 'textarea', 'title']);
  const words: string[] = [];
  const open: string[] = [];
  for (const part of htmlParts(html)) {
    if (part.kind === 'text') {
      if (open.length === 0) words.push(part.text);
    } else if (part.kind === 'open') {
      if (open.length > 0 || unread.has(part.name) || 'data-math-style' in part.attributes)
        open.push(part.name);
    } else if (open.at(-1) === part.name) open.pop();
  }
  return words.join(' ');
}

describe('whatever somebody writes', () => {
  const piece = fc.constantFrom(
    '```',
    '~~~',
    '````',
    '- ```',
    '  ```',
    '1. ~~~',
    '> ',
    '> text',
    '>>>',
    '`',
    '``',
    'text `code',
    'a ` b',
    '<!--',
    '-->',
    '<!-- x -->',
    '<pre>',
    '</pre>',
    '<div>',
    '</div>',
    '',
    '',
    '    code',
    '\t',
    '- item',
    '1. item',
    'words',
    '# heading',
    '***',
    '| a |',
    'C',
    'C',
    'C',
    '  C',
    '   C',
    ' C',
    "C 'x'",
    '\u2003```',
    '```\u2003',
    '\u00A0',
    '\u2003',
    '\u2028',
    '    ```',
    '    `',
    '\t~~~',
    '> ```',
    '```\u2028```',
    '\u200B```',
    '>>>>',
    ' >>>',
    '>>>\u2003',
    '\u200B>>>',
    '    <!--',
    '- <!--',
    'words <!-- more',
    '[^1]',
    '[^1]: note',
    '[^1]:',
    '[a]:',
    '[a',
    'b]:',
    '[a]: <',
    '[a]: x "',
    '"',
    '[a](',
    ')',
    '![a',
    '](x)',
    '[a][',
    ']',
    '<b title="',
    'words <b title="',
    '">',
    '<',
    '\\`a``b`',
    '://x` `',
    '$$',
    '$x',
    'y$',
    '---',
    '+++',
    ': term',
    '<?',
    '?>',
    '<![CDATA[',
    ']]>',
  );

  test('what runs is what GitLab shows as words, not as code or a quotation', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        const markdown = pieces.map((one, index) => one.replace('C', `/herald label c${index}x`)).join('\n');
        const shown = wordsSeen(parsedByGitLab(markdown));
        for (const text of textsOf(markdown)) expect(shown, markdown).toContain(/c\d+x/.exec(text)?.[0]);
      }),
      { numRuns: 4_000 },
    );
  });

  test('a comment as long as GitLab takes them is read at once', () => {
    const units = [
      '`',
      '`\u2028',
      '``` ',
      '> ',
      '- ',
      '<!--',
      '[',
      '[a](',
      '$',
      '\\`',
      '"',
      ' ',
      '/herald "',
      '1. ',
    ];
    for (const unit of units) {
      const growth = growthOf((size) => {
        for (const end of ['', '\u2028', '\n/herald retry'])
          parseCommands(unit.repeat(size / unit.length) + end, grammar);
      }, 250_000);
      expect(growth, unit).toBeLessThan(inProportion);
    }
  });

  test('it ends, in time, and with ten commands at most', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (markdown) => {
        expect(parseCommands(`/herald ${markdown}`, grammar).calls.length).toBeLessThanOrEqual(10);
      }),
    );
    expect(
      parseCommands(`/herald ${'"'.repeat(500_000)}\n${'`'.repeat(500_000)}`, grammar).calls.length,
    ).toBeLessThanOrEqual(10);
  });
});
