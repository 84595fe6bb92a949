import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { closingReferences, referenceName } from '../../src/trail/closing-references.ts';
import { trackerOf } from '../../src/trail/trackers.ts';
import { runs } from '../property-runs.ts';

const place = { serverUrl: 'https://gitlab.example.com', project: 'shop/checkout', trackers: [] };
const jira = trackerOf({ pattern: 'SHOP-\\d+', url: 'https://jira.example.com/browse/{key}' });

function named(text: string, overrides: Partial<Parameters<typeof closingReferences>[1]> = {}) {
  return closingReferences([text], { ...place, ...overrides }).map((reference) =>
    reference.kind === 'issue' && reference.project === place.project
      ? `#${reference.iid}`
      : referenceName(reference),
  );
}

/**
 * The second implementation: GitLab's pattern as its documentation prints it
 * (https://docs.gitlab.com/user/project/issues/managing_issues/#default-closing-pattern), with the patterns of a short
 * reference and of an address filled in, and then every reference in what it matched.
 */
const path = '[\\w.][\\w.-]*(?:/[\\w.][\\w.-]*)*';
const short = `(?:(?<![\\w.])${path})?#\\d+(?:\\+s?)?(?=\\W|$)|GL-\\d+(?:\\+s?)?(?=\\W|$)`;
const link = '(?:http|https)://[^\\s>]{1,300}(?<!\\?|!|\\.|,|:)';
const statement = new RegExp(
  '\\b((?:[Cc]los(?:e[sd]?|ing)|\\b[Ff]ix(?:e[sd]|ing)?|\\b[Rr]esolv(?:e[sd]?|ing)|\\b[Ii]mplement(?:s|ed|ing)?)(:?) +(?:(?:issues? +)?(?:(?:%)|(?:&))(?:(?: *,? +and +| *,? *)?)|([A-Z][A-Z0-9_]+-\\d+))+)'
    .replace('%', link)
    .replace('&', short),
  'g',
);

function byOracle(text: string): readonly string[] {
  const statements = [...text.matchAll(statement)].map(([whole]) => whole).join(' ');
  const inside = new RegExp(
    `https://gitlab\\.example\\.com/(?<group>${path})/-/issues/(?<number>\\d+)(?!\\w)\\S*|(?:https?://\\S*)|(?<project>(?<![\\w.])${path})?#(?<iid>\\d+)(?!\\w)|(?<![\\w.])GL-(?<own>\\d+)(?!\\w)`,
    'g',
  );
  const found = [...statements.matchAll(inside)].flatMap(({ groups }) => {
    const written = groups?.['group'] ?? groups?.['project'] ?? place.project;
    const iid = groups?.['number'] ?? groups?.['iid'] ?? groups?.['own'];
    if (iid === undefined) return [];
    const full = written.includes('/') ? written : `shop/${written}`;
    return [full === place.project ? `#${Number(iid)}` : `${full.toLowerCase()}#${Number(iid)}`];
  });
  return [...new Set(found)];
}

describe('row 63: what a text closes', () => {
  /** Lines and results of GitLab's documentation and of the table of keywords. */
  test.each<readonly [text: string, closes: readonly string[]]>([
    ['Close #1', ['#1']],
    ['closes #1', ['#1']],
    ['Closed #1', ['#1']],
    ['closing #1', ['#1']],
    ['Fix #1', ['#1']],
    ['fixes: #1', ['#1']],
    ['Fixed #1', ['#1']],
    ['fixing #1', ['#1']],
    ['Resolve #1', ['#1']],
    ['resolves #1', ['#1']],
    ['Resolved #1', ['#1']],
    ['resolving #1', ['#1']],
    ['Implement #1', ['#1']],
    ['implements #1', ['#1']],
    ['Implemented #1', ['#1']],
    ['implementing #1', ['#1']],
    ['CLOSES #1', []],
    ['implemente #1', []],
    ['fixe #1', []],
    ['prefixes #1', []],
    ['Closes#1', []],
    ['Closes : #1', []],
    ['Closes issue #1', ['#1']],
    ['Closes issues #1, #2 and group/project#3', ['#1', '#2', 'group/project#3']],
    ['Closes #4, #6, Related to #5', ['#4', '#6']],
    ['Closes #1,#2', ['#1', '#2']],
    ['Closes #1 #2', ['#1', '#2']],
    ['Closes #1, and #2', ['#1', '#2']],
    ['Closes #1 or #2', ['#1']],
    ['Closes #1, #1 and fixes #1', ['#1']],
    ['Closes #1\nand #2', ['#1']],
    ['Closes #1,\n#2', ['#1']],
    ['Closes\n#1', []],
    ['Closes checkout#1', ['#1']],
    ['Closes tills#1', ['shop/tills#1']],
    ['Closes Shop/Checkout#1', ['#1']],
    ['Closes a/b/c/d#9', ['a/b/c/d#9']],
    ['Closes a.git#9', []],
    ['Closes #12abc', []],
    ['Closes #12_', []],
    ['Closes #12.', ['#12']],
    ['Closes #12+s', ['#12']],
    ['Closes #0', []],
    ['Closes #99999999999999999999', []],
    ['Closes !12', []],
    ['Closes GL-7', ['#7']],
    ['Closes [issue:7]', ['#7']],
    ['Closes [issue:a/b/7]', ['a/b#7']],
    ['Closes https://gitlab.example.com/a/b/-/issues/23.', ['a/b#23']],
    ['Closes https://gitlab.example.com/a/b/issues/23', ['a/b#23']],
    ['Closes https://gitlab.example.com/a/b/-/work_items/23', ['a/b#23']],
    ['Closes https://gitlab.example.com/a/b/-/issues/incident/23', ['a/b#23']],
    ['Closes https://gitlab.example.com/a/b/-/issues/23#note_4, #5', ['a/b#23', '#5']],
    ['Closes https://gitlab.example.com/groups/a/-/work_items/23', []],
    ['Closes https://gitlab.example.com/a/b/-/merge_requests/23', []],
    ['Closes https://gitlab.example.org/a/b/-/issues/23', []],
    ['Closes https://gitlab.example.com.evil.org/a/b/-/issues/23', []],
    ['Closes https://evil.org/https://gitlab.example.com/a/b/-/issues/23', []],
    ['Closes <https://gitlab.example.com/a/b/-/issues/23>', []],
    ['Closes [it](https://gitlab.example.com/a/b/-/issues/23)', []],
    ['Closes ABC-1, #2', []],
    ['Closes #2, ABC-1', ['#2']],
    // As GitLab does it: what is in code closes, too.
    ['`Closes #1`', ['#1']],
    ['Closes `#1`', []],
    ['```\nCloses #1\n```', ['#1']],
    ['<!-- Closes #1 -->', ['#1']],
    ['', []],
  ])('row 63: %j', (text, closes) => {
    expect(named(text)).toEqual(closes);
  });

  test("row 63: the message of GitLab's documentation, by its pattern: a list ends with its line", () => {
    const message = `Awesome commit message

Fix #20, Fixes #21 and Closes group/otherproject#22.
This commit is also related to #17 and fixes #18, #19
and https://gitlab.example.com/group/otherproject/-/issues/23.`;
    expect(named(message)).toEqual(['#20', '#21', 'group/otherproject#22', '#18', '#19']);
  });

  test('row 63: an instance below a path has its own addresses', () => {
    const serverUrl = 'https://example.com/gitlab';
    expect(named('Closes https://example.com/gitlab/a/b/-/issues/1', { serverUrl })).toEqual(['a/b#1']);
    expect(named('Closes https://example.com/a/b/-/issues/1', { serverUrl })).toEqual([]);
  });

  test('row 63: several texts are one list', () => {
    expect(closingReferences(['Fix #1', 'Fix #1, #2'], place).map(referenceName)).toEqual([
      'shop/checkout#1',
      'shop/checkout#2',
    ]);
  });

  const iids = fc.integer({ min: 1, max: 99_999 });
  const projects = fc.constantFrom('', 'shop/tills', 'a/b/c', 'tills');
  const references = fc.tuple(projects, iids, fc.boolean()).map(([project, iid, isLink]) => {
    const full = project === '' ? place.project : project.includes('/') ? project : `shop/${project}`;
    return {
      written: isLink ? `https://gitlab.example.com/${full}/-/issues/${iid}` : `${project}#${iid}`,
      name: full === place.project ? `#${iid}` : `${full}#${iid}`,
    };
  });
  const words = fc.constantFrom('Close', 'fixes', 'Resolved', 'implementing', 'Closes:');
  const separators = fc.constantFrom(', ', ' and ', ', and ', ' ');

  test('row 63: what is linked is found again', () => {
    fc.assert(
      fc.property(
        words,
        fc.array(references, { minLength: 1, maxLength: 8 }),
        separators,
        fc.constantFrom('', 'Some words. ', 'See #77, '),
        (word, list, between, before) => {
          const text = `${before}${word} ${list.map(({ written }) => written).join(between)}`;
          expect(named(text)).toEqual([...new Set(list.map(({ name }) => name))]);
        },
      ),
      { numRuns: runs(1_000), seed: 21 },
    );
  });

  test("row 63: GitLab's own pattern finds the same", () => {
    const pieces = fc.constantFrom(
      'Closes',
      'fix',
      'implements:',
      'issue',
      'issues',
      ' ',
      ' ',
      '  ',
      ',',
      ' and ',
      '\n',
      '#1',
      '#22',
      'a/b#3',
      'tills#4',
      'GL-5',
      'ABC-6',
      '.',
      '`',
      'https://gitlab.example.com/a/b/-/issues/7',
      'https://evil.org/a/b/-/issues/8',
      'x',
      'é',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 14 }), (parts) => {
        const text = parts.join('');
        // Where letters of other alphabets touch a keyword, Ruby and JavaScript draw words differently.
        fc.pre(!/é(?:Closes|fix|implements)/.test(text));
        expect(named(text)).toEqual(byOracle(text));
      }),
      { numRuns: runs(20_000), seed: 63 },
    );
  });

  test('row 63: no text takes long, and more than 100,000 characters are not read', () => {
    const many = 'Closes #1, '.repeat(9_000);
    expect(named(`${many}${'x'.repeat(10_000)} Closes #2`)).toEqual(['#1']);
    for (const text of [
      'Closes '.repeat(14_000),
      `Closes ${'a/'.repeat(49_000)}`,
      `fix ${' '.repeat(99_000)}`,
    ])
      expect(named(text)).toEqual([]);
    expect(named(`fix #1${' '.repeat(99_000)}x`)).toEqual(['#1']);
  });
});

describe('row 63: trackers outside of GitLab', () => {
  const trackers = [jira];

  test.each<readonly [text: string, closes: readonly string[]]>([
    ['Closes SHOP-12', ['tracker SHOP-12']],
    ['Closes SHOP-12, SHOP-13 and SHOP-14', ['tracker SHOP-12', 'tracker SHOP-13', 'tracker SHOP-14']],
    ['Closes #1 and SHOP-12', ['#1', 'tracker SHOP-12']],
    // For GitLab the list has ended.
    ['Closes SHOP-12, #1', ['tracker SHOP-12']],
    ['See SHOP-12', []],
    ['Closes OTHER-12', []],
    ['Closes SHOP-12x', []],
  ])('row 63: %j', (text, closes) => {
    expect(named(text, { trackers })).toEqual(closes);
  });

  test('row 63: a key is part of an address in no way but as text', () => {
    const odd = trackerOf({ pattern: '[^ ]+', url: 'https://t.example.com/?q={key}&x=1' });
    const [found] = closingReferences(['Closes a&b=$&/../c'], { ...place, trackers: [odd] });
    expect(found?.url).toBe('https://t.example.com/?q=a%26b%3D%24%26%2F..%2Fc&x=1');
  });

  test('row 63: a pattern that could take long, or is none, is refused', () => {
    expect(() => trackerOf({ pattern: '(a)\\1', url: '' })).toThrow();
    expect(() => trackerOf({ pattern: 'a)|(b', url: '' })).toThrow(SyntaxError);
  });
});
