import { expect, test } from 'vitest';
import { allOwners, idleOwners } from '../../src/code-owners/idle-owners.ts';
import { parseCodeOwners } from '../../src/code-owners/parse-code-owners.ts';

const mia = { id: 11, username: 'Mia', name: 'Mia', active: true, accessLevel: 40 };
const known = { projectPath: 'Acme/shop/till', invited: ['other/Team', 'solo'], members: [mia] };

test.each([
  ['@mia', true],
  ['@acme', true],
  ['@ACME/Shop', true],
  ['@other/team', true],
  ['@solo', true],
  ['@@developer', true],
  ['@@maintainers', true],
  ['somebody@example.com', true],
  ['@acme/shop/till', true],
  ['@nobody', false],
  ['@acme/other', false],
  ['@acm', false],
  ['@other', false],
  ['@other/team/sub', false],
  ['@@guest', false],
])('%s counts: %s', (owner, counts) => {
  expect(idleOwners([owner], known)).toEqual(counts ? [] : [owner]);
});

test('where there may be more members, nobody is judged by name alone', () => {
  expect(idleOwners(['@nobody', '@a/b'], { ...known, members: null })).toEqual(['@a/b']);
});

test('owners of a file, with those of its sections, each once', () => {
  const file = '* @a @b\n[Docs] @c\ndocs/\nother/ @a\n';
  expect(allOwners(parseCodeOwners(file))).toEqual(['@a', '@b', '@c']);
});
