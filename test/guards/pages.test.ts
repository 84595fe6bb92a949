import { existsSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sectionIds } from '../../src/model/section-id.ts';
import { allPages, anchorOf, olderAnchorOf, type PageParts, partsOf, read, root } from './pages.ts';

const pages: ReadonlyMap<string, PageParts> = new Map(
  allPages().map((path) => [path, partsOf(read(path))] as const),
);

const isElsewhere = (address: string): boolean => /^[a-z][a-z0-9+.-]*:/i.test(address);

/** What is wrong with a link or picture of a page; null when it leads somewhere. */
function problemOf(page: string, address: string, parts: ReadonlyMap<string, PageParts>): string | null {
  const [file = '', anchor = ''] = address.split('#');
  const path = file === '' ? page : posix.join(posix.dirname(page), decodeURI(file));
  if (!parts.has(path) && !existsSync(join(root, path))) return `${page}: ${address}: no such file`;
  if (anchor === '') return null;
  const target = parts.get(path);
  return target?.anchors.includes(decodeURI(anchor)) === true ? null : `${page}: ${address}: no such heading`;
}

describe('every page', () => {
  test('there are pages, with links and pictures', () => {
    expect(pages.size).toBeGreaterThan(40);
    const links = [...pages.values()].flatMap((parts) => parts.links);
    expect(links.filter((link) => link.includes('.md#')).length).toBeGreaterThan(10);
    expect([...pages.values()].flatMap(({ pictures }) => pictures).length).toBeGreaterThan(3);
  });

  test.each([...pages.keys()])('%s: its links and pictures lead to files and headings', (page) => {
    const { links, pictures } = pages.get(page) ?? { links: [], pictures: [] };
    const broken = [...links, ...pictures]
      .filter((address) => !isElsewhere(address))
      .flatMap((address) => problemOf(page, address, pages) ?? []);
    expect(broken).toEqual([]);
  });

  test('includes Herald without variables: people who start the pipeline could override them', () => {
    const lines = [...pages].flatMap(([page, { blocks }]) =>
      blocks.flatMap(({ text }) =>
        text
          .split('\n')
          .filter((line) => /\bcomponent: /.test(line))
          .map((line) => `${page}: ${line.trim()}`),
      ),
    );
    expect(lines.length).toBeGreaterThan(5);
    expect(lines.filter((line) => line.includes('$'))).toEqual([]);
  });

  test('that lists the sections of the comment has them all, in their order', () => {
    const said = read('docs/guides/tune-the-comment.md').replaceAll('\n', ' ');
    expect(said).toContain(`${sectionIds.map((id) => `\`${id}\``).join(', ')}: in this order`);
  });

  test('shows no picture of another host: a page loads nothing from elsewhere', () => {
    const foreign = [...pages].flatMap(([page, { pictures }]) =>
      pictures.filter(isElsewhere).map((address) => `${page}: ${address}`),
    );
    expect(foreign).toEqual([]);
  });

  test('is in the index, so that people find it', () => {
    const index = (pages.get('docs/README.md')?.links ?? []).map((link) => posix.join('docs', link));
    const guides = [...pages.keys()].filter((path) => /^docs\/(?:guides|reference)\//.test(path));
    expect(guides.filter((path) => !index.includes(path))).toEqual([]);
  });
});

describe('a broken link is found', () => {
  const parts = new Map([
    ['docs/a.md', partsOf('# A\n\n## Set it up\n\n## Set it up\n')],
    ['docs/b.md', partsOf('# B\n')],
  ]);
  test.each([
    ['a.md', null],
    ['a.md#set-it-up', null],
    ['a.md#set-it-up-1', null],
    ['#b', null],
    ['a.md#set-it-up-2', 'docs/b.md: a.md#set-it-up-2: no such heading'],
    ['#a', 'docs/b.md: #a: no such heading'],
    ['gone.md', 'docs/b.md: gone.md: no such file'],
    ['../LICENSE.md#x', 'docs/b.md: ../LICENSE.md#x: no such heading'],
  ])('%s', (address, problem) => {
    expect(problemOf('docs/b.md', address, parts)).toBe(problem);
  });

  test('not in a block of code, and in HTML where it is a picture', () => {
    const page = partsOf('`[a](b)`\n\n```md\n[a](b)\n```\n\n<img class="x" src="c.png">\n\n[d](e)\n');
    expect(page).toMatchObject({ links: ['e'], pictures: ['c.png'] });
  });
});

// The examples of https://docs.gitlab.com/user/markdown/#heading-ids-and-links
test.each([
  ['This heading has spaces in it', 'this-heading-has-spaces-in-it'],
  ['This heading has Unicode in it: 한글', 'this-heading-has-unicode-in-it-한글'],
  ['This heading has 3.5 in it (and parentheses)', 'this-heading-has-35-in-it-and-parentheses'],
  ['This heading has  multiple spaces and --- hyphens', 'this-heading-has--multiple-spaces-and-----hyphens'],
])('GitLab makes of the heading "%s" the anchor "%s"', (heading, anchor) => {
  expect(anchorOf(heading)).toBe(anchor);
});

// The examples of spec/lib/gitlab/utils/markdown_spec.rb in GitLab's source, before 17.0.
test.each([
  ['My Header', 'my-header'],
  ['My, Header!', 'my-header'],
  ['   My Header   ', 'my-header'],
  ['My -   -  -   Header', 'my-header'],
  ['123', 'anchor-123'],
])('GitLab made of the heading "%s" the anchor "%s"', (heading, anchor) => {
  expect(olderAnchorOf(heading)).toBe(anchor);
});

test('a heading whose anchor depends on the version has none to link to', () => {
  expect(partsOf('# A - b\n\n## C\n').anchors).toEqual(['c']);
});

test('the README fits on three screens of 40 lines, without a table of inputs', () => {
  const readme = read('README.md');
  expect(readme.split('\n').length).toBeLessThanOrEqual(120);
  const prose = readme.split('\n').filter((line) => !/^(?:\||!\[)/.test(line));
  expect(prose.filter((line) => line.length > 106)).toEqual([]);
  expect(statSync(join(root, 'docs/reference/options.md')).size).toBeGreaterThan(1000);
});
