import { describe, expect, test } from 'vitest';
import { suggestReviewers } from '../../src/bot/suggest-reviewers.ts';
import type { Facts } from '../../src/model/facts.ts';
import type { Member } from '../../src/model/person.ts';
import { aMember, aPerson, changesOf, mergeRequestFacts, theFacts } from './builders.ts';

function member(id: number, username: string, overrides: Partial<Member> = {}): Member {
  return aMember({ id, username, ...overrides });
}

const ann = member(21, 'ann');
const bob = member(22, 'bob');
const cem = member(23, 'cem');
const author = member(24, 'dora');
const bot = aMember({ id: 99, username: 'herald', accessLevel: 40 });
const everybody = [cem, bob, ann, author, bot];

function facts(overrides: Partial<Facts> & { readonly owners?: string } = {}): Facts {
  const { owners, ...more } = overrides;
  return theFacts({
    self: aPerson({ id: 99, username: 'herald' }),
    subject: mergeRequestFacts({ author: aPerson({ id: 24, username: 'dora' }) }),
    members: everybody,
    reviewLoad: new Map(),
    changes: changesOf(['app/a.ts', 'app/b.ts', 'docs/x.md']),
    codeOwners: owners === undefined ? null : { path: 'CODEOWNERS', text: owners },
    ...more,
  });
}

function names(of: Facts, count = 9): readonly string[] {
  return suggestReviewers(of, count).people.map(({ username }) => username);
}

describe('among members without owners', () => {
  test.each<{ name: string; given: Parameters<typeof facts>[0]; as: readonly string[] }>([
    { name: 'by name where nobody has anything to do', given: {}, as: ['ann', 'bob', 'cem'] },
    {
      name: 'who has the fewest reviews waiting comes first',
      given: {
        reviewLoad: new Map([
          [ann.id, 3],
          [bob.id, 1],
        ]),
      },
      as: ['cem', 'bob', 'ann'],
    },
    { name: 'loads that are not known are none', given: { reviewLoad: null }, as: ['ann', 'bob', 'cem'] },
    {
      name: 'who is blocked or deactivated is left out',
      given: { members: [ann, { ...bob, active: false }, cem] },
      as: ['ann', 'cem'],
    },
    { name: 'the author and the bot are left out', given: { members: [author, bot, cem] }, as: ['cem'] },
    { name: 'an owner who is gone is as none', given: { owners: '* @zoe' }, as: ['ann', 'bob', 'cem'] },
    {
      name: 'owners of other files are as none',
      given: { owners: '/infra/ @cem' },
      as: ['ann', 'bob', 'cem'],
    },
    { name: 'a file without owners', given: { owners: '# nobody yet' }, as: ['ann', 'bob', 'cem'] },
    {
      name: 'changes that are not known',
      given: { owners: '* @cem', changes: null },
      as: ['ann', 'bob', 'cem'],
    },
  ])('$name', ({ given, as }) => {
    expect(names(facts(given))).toEqual(as);
    expect(suggestReviewers(facts(given), 1).owns).toBe(false);
  });
});

describe('among owners', () => {
  test.each<{ name: string; given: Parameters<typeof facts>[0]; as: readonly string[] }>([
    { name: 'nobody else is asked', given: { owners: '* @cem @ann' }, as: ['ann', 'cem'] },
    {
      name: 'the owner of most files comes first',
      given: { owners: '/docs/ @ann\n/app/ @cem' },
      as: ['cem', 'ann'],
    },
    {
      name: 'more files count more than fewer waiting reviews',
      given: { owners: '/docs/ @ann\n/app/ @cem', reviewLoad: new Map([[cem.id, 9]]) },
      as: ['cem', 'ann'],
    },
    {
      name: 'of equal owners who has fewer waiting',
      given: {
        owners: '* @ann @cem',
        reviewLoad: new Map([
          [ann.id, 2],
          [cem.id, 1],
        ]),
      },
      as: ['cem', 'ann'],
    },
    { name: 'names count whatever their case', given: { owners: '* @CEM' }, as: ['cem'] },
    { name: 'all sections count', given: { owners: '/app/ @ann\n[Docs]\n/docs/ @bob' }, as: ['ann', 'bob'] },
    { name: 'optional sections, too', given: { owners: '^[Docs]\n/docs/ @bob' }, as: ['bob'] },
    {
      name: 'the last rule that fits decides',
      given: { owners: '* @ann\n/app/ @bob\n/docs/ @bob' },
      as: ['bob'],
    },
    {
      name: 'the author does not own what he changes; another owner is asked',
      given: { owners: '* @dora @bob' },
      as: ['bob'],
    },
    {
      name: 'the author as the only owner leaves all others',
      given: { owners: '* @dora' },
      as: ['ann', 'bob', 'cem'],
    },
    {
      name: 'a role is exactly that role',
      given: {
        owners: '* @@maintainers',
        members: [ann, { ...bob, accessLevel: 40 }, { ...cem, accessLevel: 50 }],
      },
      as: ['bob'],
    },
    {
      name: 'groups and addresses cannot be asked of GitLab here, and name nobody',
      given: { owners: '* @shop/backend ann@example.com' },
      as: ['ann', 'bob', 'cem'],
    },
    {
      name: 'an owner who is blocked is left out',
      given: { owners: '* @ann @bob', members: [{ ...ann, active: false }, bob, cem] },
      as: ['bob'],
    },
  ])('$name', ({ given, as }) => {
    expect(names(facts(given))).toEqual(as);
  });

  test('as many are given as are asked for, with the reason of the first', () => {
    const of = facts({ owners: '/docs/ @ann\n/app/ @cem', reviewLoad: new Map([[cem.id, 4]]) });
    expect(suggestReviewers(of, 1)).toMatchObject({
      people: [cem],
      reason: 'code owner of 2 of the changed files, 4 reviews waiting',
      owns: true,
    });
  });
});

test.each([
  {
    name: 'members that are not known',
    given: { members: null },
    reason: /nobody can be asked: GitLab does not show me the members/,
  },
  {
    name: 'nobody else there',
    given: { members: [author, bot] },
    reason: /nobody can be asked.*no other active member/,
  },
])('nobody is suggested with $name, and the reason is said', ({ given, reason }) => {
  const found = suggestReviewers(facts(given), 1);
  expect(found.people).toEqual([]);
  expect(found.reason).toMatch(reason);
});

test('of very many files the first thousand are looked at', () => {
  const files = Array.from({ length: 1_500 }, (_, index) =>
    index < 1_000 ? `app/${index}` : `docs/${index}`,
  );
  const of = facts({ owners: '/app/ @ann\n/docs/ @cem', changes: changesOf(files) });
  expect(names(of)).toEqual(['ann']);
});
