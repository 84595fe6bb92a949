import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { placeholders } from '../../../src/bot/rules/placeholders.ts';
import { documentTemplate, lineTemplate } from '../../../src/bot/rules/templates.ts';
import type { Facts } from '../../../src/model/facts.ts';
import { findQuickActions } from '../../../src/render/markdown/find-quick-actions.ts';
import { renderMarkdown } from '../../../src/render/markdown/render-markdown.ts';
import { aJob, aPipeline } from '../../builders.ts';
import { viewOfDocument, viewOfHtml } from '../../render/document-view.ts';
import { parsedByGitLab, referencesIn, textOf } from '../../render/gitlab-view.ts';
import { hostileText } from '../../render/hostile-text.ts';
import {
  anOccurrence,
  aPerson,
  changesOf,
  deploymentFacts,
  failedPipeline,
  mergeRequestFacts,
  theFacts,
} from '../builders.ts';
import { everyPlaceholder, hostileFacts } from '../hostile-facts.ts';

const filled = (template: string, facts: Partial<Facts> = {}): string =>
  renderMarkdown(documentTemplate.parse(template).fill(anOccurrence(), theFacts(facts), 'my rule'));

const everything: Partial<Facts> = {
  schedule: { id: 5, description: 'Nightly', ref: 'main', owner: 'otto' },
  pipeline: failedPipeline(),
  deployment: deploymentFacts(),
  changes: changesOf(['a', 'b']),
};

describe('a text of a rule', () => {
  test.each<[string, string, Partial<Facts>, string]>([
    ['without values is its Markdown', '**Hello** _you_\n\n- a\n- b', {}, '**Hello** _you_\n\n- a\n- b'],
    ['a value among words', 'By {author}.', {}, 'By `ada`.'],
    ['a mention only where it says so', '{@author} and {author}', {}, '@ada and `ada`'],
    ['a value in emphasis', '**{title}**', {}, '**Take vouchers at the till**'],
    ['a value in code', '`git switch {source-branch}`', {}, '`git switch vouchers`'],
    [
      'a value in a code block',
      '```sh\ngit switch {source-branch}\n```',
      {},
      '```\ngit switch vouchers\n```',
    ],
    ['a value in a heading', '# {title}', {}, '#### Take vouchers at the till'],
    [
      'a value in a table',
      'a | b\n--- | ---\n{author} | {title}',
      {},
      '| a | b |\n| :-- | :-- |\n| `ada` | Take vouchers at the till |',
    ],
    ['a value in a list and a quote', '- {iid}\n\n> {iid}', {}, '- 17\n\n> 17'],
    [
      'a value in a fold',
      '<details><summary>{iid}</summary>\n\n{author}\n\n</details>',
      {},
      '<details><summary>17</summary>\n\n`ada`\n\n</details>',
    ],
    [
      'a value as an address',
      '[the site]({environment-url})',
      everything,
      '[the site](https://shop.example.com/)',
    ],
    [
      'a value in the words of a link',
      '[pipeline {pipeline}](https://x.example)',
      {},
      '[pipeline `#1001`](https://x.example/)',
    ],
    [
      'a linked value',
      '{pipeline}',
      {},
      '[`#1001`](https://gitlab.example.com/shop/checkout/-/pipelines/1001)',
    ],
    [
      'an environment with an address is a link',
      '{environment}',
      everything,
      '[`production`](https://shop.example.com/)',
    ],
    [
      'and one without is not',
      '{environment}',
      { deployment: deploymentFacts({ externalUrl: null }) },
      '`production`',
    ],
    [
      'failed jobs',
      '{failed-jobs}',
      everything,
      '[`unit`](https://gitlab.example.com/shop/checkout/-/jobs/1)',
    ],
    ['what is not there is nothing', 'on {environment}{milestone}.', {}, 'on .'],
    ['an escaped brace is a brace', '\\{author}', {}, '\\{author\\}'],
    ['braces that are no placeholder', 'a {b c} {D} {1}', {}, 'a {b c} {D} {1}'],
    ['unknown names in code are code', '`{foo}`', {}, '`{foo}`'],
  ])('%s', (_why, template, facts, expected) => {
    expect(textOf(parsedByGitLab(filled(template, facts)))).toBe(textOf(parsedByGitLab(expected)));
    expect(filled(template, facts).replaceAll('\\', '')).toBe(expected.replaceAll('\\', ''));
  });

  test.each([
    ['{autor}', 'unknown placeholder {autor}; did you mean {author}?'],
    ['{whatever-this-is}', 'unknown placeholder {whatever-this-is}; docs/reference/rules.md lists them.'],
    ['[a](https://x.example/{iid})', 'a placeholder must be the whole address'],
    ['', 'an empty text says nothing'],
    ['x'.repeat(10_001), 'a text of at most 10000 characters'],
    ['{constructor}', 'unknown placeholder {constructor}'],
  ])('%j is refused', (template, message) => {
    expect(documentTemplate.safeParse(template).error?.issues[0]?.message).toContain(message);
  });

  test('more than twenty names are counted', () => {
    const jobs = Array.from({ length: 23 }, (_, id) => aJob({ id, name: `j${id}`, status: 'failed' }));
    const words = textOf(
      parsedByGitLab(filled('{failed-jobs}', { pipeline: { pipeline: aPipeline(), jobs } })),
    );
    expect(words.trim()).toMatch(/^j0, .*, j19 and 3 more$/);
  });

  test('every placeholder says something where everything is known', () => {
    const subject = mergeRequestFacts({
      assignees: [aPerson()],
      reviewers: [aPerson()],
      labels: ['x'],
      milestone: { id: 1, title: 'm' },
    });
    const occurrence = anOccurrence({ ref: 'main' });
    const commits = [{ sha: 'a', title: 'A', message: 'A', authorName: 'Ada' }];
    const facts = theFacts({ ...everything, commits, subject });
    const silent = Object.entries(placeholders).filter(
      ([, { inline, text }]) =>
        text(facts, { occurrence, rule: 'r' }) === '' ||
        inline(facts, { occurrence, rule: 'r' }).length === 0,
    );
    expect(silent.map(([name]) => name)).toEqual([]);
  });
});

describe('values of strangers', () => {
  const hostile = fc
    .array(hostileText, { minLength: 8, maxLength: 8 })
    .map((texts) => hostileFacts((index) => texts[index % texts.length] ?? ''));
  const document = documentTemplate.parse(everyPlaceholder);

  test('they are no syntax, mention nobody, and are no quick action', () => {
    fc.assert(
      fc.property(hostile, (facts) => {
        const filledIn = document.fill(anOccurrence(), facts, 'my rule');
        const markdown = renderMarkdown(filledIn);
        const html = parsedByGitLab(markdown);
        expect(findQuickActions(markdown)).toEqual([]);
        expect(referencesIn(html)).toEqual([]);
        expect(viewOfHtml(html), markdown).toEqual(viewOfDocument(filledIn));
      }),
      { numRuns: 300 },
    );
  });

  test('in a title they are one line without control characters, cut', () => {
    fc.assert(
      fc.property(hostile, (facts) => {
        const title = lineTemplate(255).parse('{title} {labels} {failed-jobs}');
        const line = title.fill(anOccurrence(), facts, 'my rule');
        expect(line).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
        expect(line.length).toBeLessThanOrEqual(255);
      }),
    );
  });
});
