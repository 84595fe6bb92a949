/**
 * Every example of https://docs.gitlab.com/user/project/codeowners/reference/ and
 * https://docs.gitlab.com/user/project/codeowners/advanced/, in their order, with what these pages say of it. The two
 * trees of groups are in `test/usecases/report/code-owner-approval.test.ts`: who is in a group comes from the API.
 */
import { describe, expect, test } from 'vitest';
import { owedApprovals } from '../../src/code-owners/owed-approvals.ts';
import { ownersOf } from '../../src/code-owners/owners-of.ts';
import { parseCodeOwners } from '../../src/code-owners/parse-code-owners.ts';
import { touchedRules } from '../../src/code-owners/touched-rules.ts';

type Owners = Readonly<Record<string, string>>;

interface Example {
  readonly name: string;
  readonly text: string;
  /** Path → section → owners. */
  readonly as: Readonly<Record<string, Owners>>;
}

/** Section → owners, separated by spaces. */
function ownersIn(text: string, path: string): Owners {
  return Object.fromEntries(
    ownersOf(parseCodeOwners(text), path).map(({ section, owners }) => [section, owners.join(' ')]),
  );
}

const first = `* @default-owner
README.md @doc-team @tech-lead
*.rb @ruby-owner
LICENSE @legal janedoe@gitlab.com
README @group @group/with-nested/subgroup
/docs/ @all-docs
/docs/* @root-docs
/docs/**/*.md @markdown-docs  # Match specific file types in any subdirectory
/db/**/index.md @index-docs   # Match a specific file name in any subdirectory

[Documentation]
ee/docs    @docs
docs       @docs

# Assign a role as a Code Owner:
/config/ @@maintainer
`;

const reference: readonly Example[] = [
  {
    name: 'the first example',
    text: first,
    as: {
      'a.txt': { '': '@default-owner' },
      'a/README.md': { '': '@doc-team @tech-lead' },
      'a/b.rb': { '': '@ruby-owner' },
      LICENSE: { '': '@legal janedoe@gitlab.com' },
      README: { '': '@group @group/with-nested/subgroup' },
      'docs/a/b.txt': { '': '@all-docs' },
      'docs/a.txt': { '': '@root-docs' },
      'docs/a/b.md': { '': '@markdown-docs' },
      'db/a/b/index.md': { '': '@index-docs' },
      'config/a.yml': { '': '@default-owner', Documentation: '@@maintainer' },
      'ee/docs': { '': '@default-owner', Documentation: '@docs' },
    },
  },
  {
    name: 'sections',
    text: '* @admin\n\n[README Owners]\nREADME.md @user1 @user2\ninternal/README.md @user4\n\n[README other owners]\nREADME.md @user3\n',
    as: {
      'README.md': { '': '@admin', 'README Owners': '@user1 @user2', 'README other owners': '@user3' },
      'internal/README.md': { '': '@admin', 'README Owners': '@user4', 'README other owners': '@user3' },
    },
  },
  {
    name: 'one section',
    text: '[README Owners]\nREADME.md @user1 @user2\ninternal/README.md @user2\n',
    as: {
      'README.md': { 'README Owners': '@user1 @user2' },
      'internal/README.md': { 'README Owners': '@user2' },
    },
  },
  {
    name: 'default owners of a section',
    text: '[Documentation] @docs-team\ndocs/\nREADME.md\n\n[Database] @database-team @agarcia\nmodel/db/\nconfig/db/database-setup.md @docs-team\n',
    as: {
      'docs/a': { Documentation: '@docs-team' },
      'README.md': { Documentation: '@docs-team' },
      'model/db/a': { Database: '@database-team @agarcia' },
      'config/db/database-setup.md': { Database: '@docs-team' },
    },
  },
  {
    name: 'optional sections',
    text: '[Documentation]\n*.md @root\n\n[Ruby]\n*.rb @root\n\n^[Go]\n*.go @root\n',
    as: { 'a.md': { Documentation: '@root' }, 'a.rb': { Ruby: '@root' }, 'a.go': { Go: '@root' } },
  },
  {
    name: 'roles',
    text: 'file.md @@developer @@maintainer',
    as: { 'file.md': { '': '@@developer @@maintainer' } },
  },
  { name: 'a group', text: 'file.md @group-x', as: { 'file.md': { '': '@group-x' } } },
  {
    name: 'a subgroup',
    text: 'file.md @group-x/subgroup-y',
    as: { 'file.md': { '': '@group-x/subgroup-y' } },
  },
  {
    name: 'a group and a subgroup',
    text: 'file.md @group-x @group-x/subgroup-y',
    as: { 'file.md': { '': '@group-x @group-x/subgroup-y' } },
  },
  {
    name: 'a nested group in a section',
    text: '[Maintainers]\n* @gitlab-org/maintainers/group-name',
    as: { 'a/b': { Maintainers: '@gitlab-org/maintainers/group-name' } },
  },
  {
    name: 'absolute paths',
    text: '/README.md @a\n/docs/README.md @b',
    as: { 'README.md': { '': '@a' }, 'docs/README.md': { '': '@b' }, 'app/README.md': {} },
  },
  {
    name: 'relative paths',
    text: 'README.md @username\ninternal/README.md @b',
    as: {
      'README.md': { '': '@username' },
      'app/lib/README.md': { '': '@username' },
      'internal/README.md': { '': '@b' },
      'docs/internal/README.md': { '': '@b' },
      'docs/api/internal/README.md': { '': '@b' },
    },
  },
  {
    name: 'directory paths',
    text: '/docs/ @a',
    as: { 'docs/a': { '': '@a' }, 'docs/a/b.c': { '': '@a' }, 'a/docs/b': {}, docs: {} },
  },
  {
    name: 'wildcards: an extension',
    text: '/docs/*.md @username',
    as: { 'docs/a.md': { '': '@username' }, 'docs/a/b.md': {} },
  },
  {
    name: 'wildcards: any extension',
    text: '/docs/index.* @username',
    as: {
      'docs/index.md': { '': '@username' },
      'docs/index.html': { '': '@username' },
      'docs/index.xml': { '': '@username' },
      'docs/index': {},
    },
  },
  {
    name: 'wildcards: a part of a name',
    text: '/docs/*spec* @username',
    as: {
      'docs/qa_specs.rb': { '': '@username' },
      'docs/spec_helpers.rb': { '': '@username' },
      'docs/runtime.spec': { '': '@username' },
      'docs/a/spec': {},
    },
  },
  {
    name: 'wildcards: one folder',
    text: '/docs/*/README.md @username',
    as: { 'docs/api/README.md': { '': '@username' }, 'docs/README.md': {}, 'docs/a/b/README.md': {} },
  },
  {
    name: 'globstars',
    text: '/docs/**/index.md @a',
    as: {
      'docs/index.md': { '': '@a' },
      'docs/api/index.md': { '': '@a' },
      'docs/api/graphql/index.md': { '': '@a' },
    },
  },
  {
    name: 'exclusions',
    text: '* @username\n!pom.xml\n\n[Ruby]\n*.rb @ruby-team\n!/config/**/*.rb\n',
    as: {
      'pom.xml': {},
      'a.txt': { '': '@username' },
      'a.rb': { '': '@username', Ruby: '@ruby-team' },
      'config/a/b.rb': { '': '@username' },
    },
  },
  {
    name: 'exclusions in their order',
    text: '* @default-owner\n!*.rb                      # Excludes all Ruby files.\n/special/*.rb @ruby-owner\n',
    as: { 'special/a.rb': {}, 'a.rb': {}, 'a.txt': { '': '@default-owner' } },
  },
  {
    name: 'exclusions that a later rule does not take back',
    text: '[Ruby]\n*.rb @ruby-team\n!/config/**/*.rb\n/config/routes.rb @ops\n',
    as: { 'config/routes.rb': {}, 'a.rb': { Ruby: '@ruby-team' } },
  },
  {
    name: 'exclusions of one section',
    text: '[Ruby]\n*.rb @ruby-team\n!/config/**/*.rb\n\n[Config]\n/config/ @ops-team\n',
    as: { 'config/a.rb': { Config: '@ops-team' }, 'a.rb': { Ruby: '@ruby-team' } },
  },
  {
    name: 'exclusions of what machines write',
    text: '* @default-owner\n!package-lock.json\n!yarn.lock\n!**/generated/\n!.gitlab-ci.yml\n',
    as: {
      'package-lock.json': {},
      'web/yarn.lock': {},
      'a/generated/b/c.ts': {},
      '.gitlab-ci.yml': {},
      'a.ts': { '': '@default-owner' },
    },
  },
  {
    name: 'owners of one entry, the last of which counts',
    text: '/path/to/entry.rb @group\n/path/to/entry.rb @group/subgroup\n/path/to/entry.rb @user\n/path/to/entry.rb @group @group/subgroup @user\n',
    as: { 'path/to/entry.rb': { '': '@group @group/subgroup @user' } },
  },
];

const advanced: readonly Example[] = [
  {
    name: 'matching of patterns',
    text: '**/*.rb @ruby\n* @all',
    as: { '.gitignore': { '': '@all' } },
  },
  {
    name: 'matching in folders',
    text: '**/*.rb @ruby',
    as: {
      'config/database.rb': { '': '@ruby' },
      'app/controllers/users/stars_controller.rb': { '': '@ruby' },
    },
  },
  {
    name: 'default owners and optional sections',
    text: '[Documentation][2] @docs-team\ndocs/\nREADME.md\n\n^[Database] @database-team\nmodel/db/\nconfig/db/database-setup.md @docs-team\n',
    as: {
      'README.md': { Documentation: '@docs-team' },
      'model/db/a': { Database: '@database-team' },
      'config/db/database-setup.md': { Database: '@docs-team' },
    },
  },
  {
    name: 'regular entries and sections',
    text: '* @general-approvers\n\n[Documentation] @docs-team\ndocs/\nREADME.md\n*.txt\n\n[Database] @database-team\nmodel/db/\nconfig/db/database-setup.md @docs-team\n',
    as: {
      'model/db/CHANGELOG.txt': {
        '': '@general-approvers',
        Documentation: '@docs-team',
        Database: '@database-team',
      },
      'config/db/database-setup.md': { '': '@general-approvers', Database: '@docs-team' },
    },
  },
  {
    name: 'sections of one name',
    text: '[Documentation]\nee/docs/    @docs\ndocs/       @docs\n\n[Database]\nREADME.md  @database\nmodel/db/   @database\n\n[DOCUMENTATION]\nREADME.md  @docs\n',
    as: {
      'README.md': { Documentation: '@docs', Database: '@database' },
      'ee/docs/a': { Documentation: '@docs' },
    },
  },
  {
    name: 'the last fitting entry',
    text: '*.md @doc-team\nterms.md @legal-team\n',
    as: { 'terms.md': { '': '@legal-team' }, 'a.md': { '': '@doc-team' } },
  },
  {
    name: 'spaces with a backslash',
    text: 'path\\ with\\ spaces/*.md @owner',
    as: { 'path with spaces/a.md': { '': '@owner' } },
  },
  {
    name: 'spaces without a backslash',
    text: 'folder with spaces/*.md @group',
    as: { folder: { '': '@group' }, 'folder with spaces/a.md': {} },
  },
  {
    name: 'a heading that cannot be read, after the first section',
    text: '* @group\n\n[Section name\ndocs/ @docs_group\n',
    as: { 'docs/a': { '': '@docs_group' }, a: { '': '@group' } },
  },
  {
    name: 'a heading that cannot be read, after a named section',
    text: '[Docs]\ndocs/**/* @group\n\n[Section name\ndocs/ @docs_group\n',
    as: { 'docs/a': { Docs: '@docs_group' } },
  },
  {
    name: 'malformed owners',
    text: '/path/* @group user_without_at_symbol @user_with_at_symbol',
    as: { 'path/a': { '': '@group @user_with_at_symbol' } },
  },
];

describe.each([
  { page: 'reference', examples: reference },
  { page: 'advanced', examples: advanced },
])('row 69: GitLab’s page $page', ({ examples }) => {
  test.each(examples)('$name', ({ text, as }) => {
    const found = Object.fromEntries(Object.keys(as).map((path) => [path, ownersIn(text, path)]));
    expect(found).toEqual(as);
  });
});

describe('row 69: approvals of a section', () => {
  const approvalsIn = (text: string, path: string) =>
    (touchedRules(parseCodeOwners(text), [path]) ?? []).map(({ section, optional, approvals, owners }) => ({
      section,
      optional,
      approvals,
      owners: owners.join(' '),
    }));

  test.each([
    { heading: '[Section name]', section: 'Section name', optional: false, approvals: 1, owners: '@x' },
    { heading: '^[Section name]', section: 'Section name', optional: true, approvals: 1, owners: '@x' },
    { heading: '[Section name][5]', section: 'Section name', optional: false, approvals: 5, owners: '@x' },
    {
      heading: '[Section name] @username',
      section: 'Section name',
      optional: false,
      approvals: 1,
      owners: '@x',
    },
    {
      heading: '[Section name][2] @group @subgroup',
      section: 'Section name',
      optional: false,
      approvals: 2,
      owners: '@x',
    },
    { heading: '[Section name][0]', section: 'Section name', optional: false, approvals: 1, owners: '@x' },
  ])('$heading', ({ heading, ...as }) => {
    expect(approvalsIn(`${heading}\n*.md @x`, 'a.md')).toEqual([as]);
  });

  test('several approvals', () => {
    const text = '[Documentation][2]\n*.md @tech-writer-team\n\n[Ruby]\n*.rb @dev-team\n';
    expect(approvalsIn(text, 'a.md')).toMatchObject([{ section: 'Documentation', approvals: 2 }]);
    expect(approvalsIn(text, 'a.rb')).toMatchObject([{ section: 'Ruby', approvals: 1 }]);
  });

  test('are those of the heading above the rule, where sections of one name ask for different numbers', () => {
    const text = '[Docs]\n*.md @a\n[docs][3]\n*.txt @b\n';
    expect(approvalsIn(text, 'a.md')).toMatchObject([{ section: 'Docs', approvals: 1 }]);
    expect(approvalsIn(text, 'a.txt')).toMatchObject([{ section: 'Docs', approvals: 3 }]);
  });

  test('owners whom nobody can see or who do not exist add nothing; zero owners ask for nothing', () => {
    const member = { id: 1, username: 'username', name: 'U', active: true, accessLevel: 30 };
    const directory = {
      members: [member],
      groups: new Map([['group', [2]]]),
      directLevels: null,
      strangers: new Set(['grou', 'i_left', 'i_dont_exist']),
    };
    const text = '* @group @grou @username @i_left @i_dont_exist\n/free.md\n';
    const judged = (path: string, approvers: readonly number[]) =>
      owedApprovals(
        touchedRules(parseCodeOwners(text), [path]) ?? [],
        { approvers: new Set(approvers), author: 9 },
        directory,
      );
    expect(judged('a.md', [2])).toMatchObject({ rules: 1, owed: [], unclear: [], unowned: [] });
    expect(judged('a.md', [1])).toMatchObject({ rules: 1, owed: [], unclear: [], unowned: [] });
    expect(judged('a.md', [3])).toMatchObject({ owed: [{ given: 0, required: 1 }], unseen: [] });
    expect(judged('free.md', [])).toMatchObject({ rules: 0, owed: [] });
  });

  test('too many rules and files are not compared', () => {
    const text = Array.from({ length: 2_001 }, (_, index) => `/a${index} @x`).join('\n');
    const paths = Array.from({ length: 1_000 }, (_, index) => `b${index}`);
    expect(touchedRules(parseCodeOwners(text), paths)).toBeNull();
    expect(touchedRules(parseCodeOwners(text), paths.slice(1))).toEqual([]);
  });
});
