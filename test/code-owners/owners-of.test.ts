import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ownersOf } from '../../src/code-owners/owners-of.ts';
import { parseCodeOwners } from '../../src/code-owners/parse-code-owners.ts';

function owners(text: string, path: string): Record<string, readonly string[]> {
  return Object.fromEntries(
    ownersOf(parseCodeOwners(text), path).map(({ section, owners: names }) => [section, names]),
  );
}

/** Rules and examples of https://docs.gitlab.com/user/project/codeowners/reference/ and its page of advanced use. */
describe('who owns a path', () => {
  const readmes = `* @admin

[README Owners]
README.md @user1 @user2
internal/README.md @user4

[README other owners]
README.md @user3
`;
  const defaults = `[Documentation] @docs-team
docs/
README.md

[Database] @database-team @agarcia
model/db/
config/db/database-setup.md @docs-team
`;
  const exclusions = `* @username
!pom.xml

[Ruby]
*.rb @ruby-team
!/config/**/*.rb
/config/routes.rb @ops
`;

  test.each<{ name: string; text: string; path: string; as: Record<string, readonly string[]> }>([
    {
      name: 'each section by itself',
      text: readmes,
      path: 'README.md',
      as: { '': ['@admin'], 'README Owners': ['@user1', '@user2'], 'README other owners': ['@user3'] },
    },
    {
      name: 'the last rule of a section that fits',
      text: readmes,
      path: 'internal/README.md',
      as: { '': ['@admin'], 'README Owners': ['@user4'], 'README other owners': ['@user3'] },
    },
    {
      name: 'without a fitting rule nobody of a section',
      text: readmes,
      path: 'a.txt',
      as: { '': ['@admin'] },
    },
    {
      name: 'the last of equal rules',
      text: 'README.md @a\nREADME.md @b',
      path: 'README.md',
      as: { '': ['@b'] },
    },
    {
      name: 'the owners of the section',
      text: defaults,
      path: 'docs/a/b.md',
      as: { Documentation: ['@docs-team'] },
    },
    {
      name: 'several owners of the section',
      text: defaults,
      path: 'model/db/x.sql',
      as: { Database: ['@database-team', '@agarcia'] },
    },
    {
      name: 'owners of the rule instead of those of the section',
      text: defaults,
      path: 'config/db/database-setup.md',
      as: { Database: ['@docs-team'] },
    },
    {
      name: 'nobody where the last rule has no owners, nor has its section',
      text: '* @a\n/free/',
      path: 'free/x',
      as: {},
    },
    { name: 'nobody for what is excluded', text: exclusions, path: 'pom.xml', as: {} },
    { name: 'exclusions hold in their section', text: exclusions, path: 'a/pom.xml', as: {} },
    {
      name: 'what is excluded cannot be included again',
      text: exclusions,
      path: 'config/routes.rb',
      as: { '': ['@username'] },
    },
    {
      name: 'what is not excluded',
      text: exclusions,
      path: 'app/a.rb',
      as: { '': ['@username'], Ruby: ['@ruby-team'] },
    },
    {
      name: 'an exclusion before the rules',
      text: '[A]\n!a.rb\n*.rb @x',
      path: 'a.rb',
      as: {},
    },
    {
      name: 'sections of one name are one, whatever case',
      text: '[Docs]\n*.md @a\n[DOCS]\n/x.md @b',
      path: 'x.md',
      as: { Docs: ['@b'] },
    },
    {
      name: 'each part of a section has its own defaults',
      text: '[Docs] @a\n*.md\n[docs] @b\n*.txt',
      path: 'x.md',
      as: { Docs: ['@a'] },
    },
    {
      name: 'spaces with a backslash are of the path',
      text: 'path\\ with\\ spaces/ @space-owner',
      path: 'path with spaces/a.txt',
      as: { '': ['@space-owner'] },
    },
    {
      name: 'a pound sign with a backslash is of the path',
      text: '\\#file_with_pound.rb @pound',
      path: '#file_with_pound.rb',
      as: { '': ['@pound'] },
    },
    { name: 'tabs and many spaces', text: 'a.rb \t  @x\t@y', path: 'a.rb', as: { '': ['@x', '@y'] } },
    { name: 'lines of another system', text: 'a.rb @x\r\nb.rb @y\r\n', path: 'b.rb', as: { '': ['@y'] } },
    {
      name: 'users, groups, roles and addresses',
      text: 'LICENSE @legal @group/with-nested/subgroup @@maintainer janedoe@gitlab.com',
      path: 'LICENSE',
      as: { '': ['@legal', '@group/with-nested/subgroup', '@@maintainer', 'janedoe@gitlab.com'] },
    },
    {
      name: 'words that name nobody are left out',
      text: 'a.rb some @x words',
      path: 'a.rb',
      as: { '': ['@x'] },
    },
    {
      name: 'there are no comments behind a rule: who is named there is an owner',
      text: '/docs/ @docs # and @jane',
      path: 'docs/a',
      as: { '': ['@docs', '@jane'] },
    },
    { name: 'a line that is a comment', text: '# a.rb @x', path: 'a.rb', as: {} },
    {
      name: 'owners of a section need no space behind its heading',
      text: '[A]@y/z\n*.rb',
      path: 'a.rb',
      as: { A: ['@y/z'] },
    },
    {
      name: 'nor behind the number of its approvals',
      text: '^[A][2]@y @z\n*.rb',
      path: 'a.rb',
      as: { A: ['@y', '@z'] },
    },
    {
      name: 'owners of a section end at the first character that no owner has',
      text: '[A] @a, @b\n*.rb',
      path: 'a.rb',
      as: { A: ['@a'] },
    },
    {
      name: 'words that name nobody do not bring back the owners of the section',
      text: '[A] @a\n*.rb nobody',
      path: 'a.rb',
      as: {},
    },
    {
      name: 'a section without a name is one by itself',
      text: '*.rb @a\n[] @b\n*.rb',
      path: 'a.rb',
      as: { '': ['@b'] },
    },
    {
      name: 'a heading that is none is a rule that fits nothing',
      text: '* @a\n[Broken\n*.rb @b',
      path: 'x.rb',
      as: { '': ['@b'] },
    },
  ])('$name', ({ text, path, as }) => {
    expect(owners(text, path)).toEqual(as);
  });
});

describe('sections', () => {
  const sectionsOf = (text: string) =>
    parseCodeOwners(text)
      .slice(1)
      .map(({ name, optional, approvals }) => [name, optional, approvals]);

  test.each([
    { text: '[Section name]', as: [['Section name', false, 1]] },
    { text: '^[Section name]', as: [['Section name', true, 1]] },
    { text: '[Section name][5]', as: [['Section name', false, 5]] },
    { text: '[Section name][2] @group @subgroup', as: [['Section name', false, 2]] },
    { text: '^[Go][3] @g', as: [['Go', true, 3]] },
    { text: '[Section name][0]', as: [['Section name', false, 1]] },
    { text: '^[Go]\n*.go @a\n[go]\n*.mod @b', as: [['Go', false, 1]] },
    { text: '[Go]\n*.go @a\n^[go]\n*.mod @b', as: [['Go', false, 1]] },
    { text: '^[Go]\n*.go @a\n^[GO]\n*.mod @b', as: [['Go', true, 1]] },
    { text: '[Section name][ 5 ]', as: [['Section name', false, 5]] },
    { text: '[Section name][]', as: [['Section name', false, 1]] },
    { text: '[Section name][five]', as: [['Section name', false, 1]] },
    { text: '[]', as: [['', false, 1]] },
    { text: '[]\n*.go @a\n[]\n*.mod @b', as: [['', false, 1]] },
    { text: '[Broken', as: [] },
  ])('$text', ({ text, as }) => {
    expect(sectionsOf(text)).toEqual(as);
  });

  test('of an optional section the owners are told to be so', () => {
    const parsed = parseCodeOwners('^[Go]\n*.go @a\n[Ruby]\n*.go @b');
    expect(ownersOf(parsed, 'x.go')).toEqual([
      { section: 'Go', optional: true, owners: ['@a'] },
      { section: 'Ruby', optional: false, owners: ['@b'] },
    ]);
  });
});

const parts = [
  '*',
  '*.rb',
  ' ',
  ' ',
  '\n',
  '\n',
  '[A]',
  '^[b] @x',
  '@x',
  '@y/z',
  'a@b.c',
  '\\',
  '!',
  '/',
  '#',
  '[',
  '**',
];

/** Words of a text; the owners of a section may begin right behind the bracket of its heading. */
function wordsOf(text: string): ReadonlySet<string> {
  return new Set([...text.split(/\s+/), ...text.split(/\s+|(?<=\])/)]);
}

test('any text is read, and owners are always words of it', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...parts), { maxLength: 40 }), (chosen) => {
      const text = chosen.join('');
      const words = wordsOf(text);
      const named = ownersOf(parseCodeOwners(text), 'a.rb').flatMap(({ owners: names }) => names);
      expect(named.filter((name) => !words.has(name))).toEqual([]);
    }),
  );
});
