import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseCommands } from '../../../src/bot/commands/parse-commands.ts';
import { commands } from '../../../src/bot/commands/registry.ts';
import { parsedByGitLab, textOf } from '../../render/gitlab-view.ts';

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
    ['with a text in quotes', '/herald issue "The drawer  sticks"', ['issue The drawer sticks']],
    ['with a quote in a text in quotes', String.raw`/herald issue "The \"drawer\""`, ['issue The "drawer"']],
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
  );

  test('what runs is what GitLab shows as words, not as code or a quotation', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        const markdown = pieces.map((one, index) => one.replace('C', `/herald label c${index}x`)).join('\n');
        const html = parsedByGitLab(markdown)
          .replace(/<!--[\s\S]*?-->/g, '')
          .replace(/<(pre|code|blockquote)[^>]*>[\s\S]*?<\/\1>/g, ' ');
        const shown = textOf(html);
        for (const text of textsOf(markdown)) expect(shown, markdown).toContain(text.replace('label ', ''));
      }),
      { numRuns: 2_000 },
    );
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
