import { describe, expect, test } from 'vitest';
import type { ProjectVariable } from '../../src/model/setup.ts';
import { secretDescription } from '../../src/setup/markers.ts';
import { planSecret, type SecretSituation } from '../../src/setup/plan-secret.ts';
import { bot } from './bot-project-state.ts';

const fingerprint = 'a'.repeat(16);
const other = 'b'.repeat(16);

function aVariable(overrides: Partial<ProjectVariable> = {}): ProjectVariable {
  return {
    key: 'HERALD_TOKEN',
    value: null,
    protected: true,
    masked: true,
    hidden: true,
    description: secretDescription({ fingerprint, takenOver: false, token: null }),
    ...overrides,
  };
}

function plan(overrides: Partial<SecretSituation>): ReturnType<typeof planSecret> {
  return planSecret({
    bot,
    key: 'HERALD_TOKEN',
    found: null,
    aside: null,
    hides: true,
    given: null,
    givenIn: 'HERALD_BOT_TOKEN',
    protected: true,
    ...overrides,
  });
}

const given = { fingerprint, isValueFound: false };
const byHand = aVariable({ description: null });
const visible = aVariable({ hidden: false, value: 'x' });

describe('with a token', () => {
  test.each<[string, Partial<SecretSituation>, object | null]>([
    ['is made where there is none', {}, { how: 'make', takenOver: false, why: 'there is none' }],
    ['is let be when it is the same, by its fingerprint', { found: aVariable() }, null],
    [
      'is let be when it is the same by its value, whoever wrote it',
      {
        found: aVariable({ description: null, hidden: null, value: 'x' }),
        given: { fingerprint, isValueFound: true },
      },
      null,
    ],
    [
      'is written when it is another',
      {
        found: aVariable({
          description: secretDescription({ fingerprint: other, takenOver: false, token: null }),
        }),
      },
      { how: 'write', takenOver: false, why: 'another token was given' },
    ],
    [
      'is written over what somebody else made, which is remembered',
      { found: byHand },
      { how: 'write', takenOver: true },
    ],
    [
      'was taken over before, which is still remembered',
      {
        found: aVariable({
          description: secretDescription({ fingerprint: other, takenOver: true, token: null }),
        }),
      },
      { how: 'write', takenOver: true },
    ],
    [
      'is protected when it was not',
      { found: aVariable({ protected: false }) },
      { how: 'write', protected: true, why: 'it is not protected' },
    ],
    [
      'need not be protected where the user says so',
      { found: aVariable({ protected: false }), protected: false },
      null,
    ],
    [
      'is masked when it was not',
      { found: aVariable({ masked: false, hidden: null }) },
      { how: 'write', why: 'it is not masked' },
    ],
    [
      'is made anew when it can be read',
      { found: visible },
      { how: 'make-anew', takenOver: false, why: 'it is not hidden, so every maintainer can read it' },
    ],
    [
      'is made anew when it can be read and is another token',
      { found: aVariable({ hidden: false, description: null }) },
      { how: 'make-anew', takenOver: true, why: 'another token was given' },
    ],
    ['stays readable on a GitLab that hides nothing', { found: visible, hides: false }, null],
    ['stays as it is on a GitLab that says nothing of hiding', { found: aVariable({ hidden: null }) }, null],
  ])('it %s', (_name, overrides, wanted) => {
    const { changes, advice } = plan({ given, ...overrides });
    expect(advice).toEqual([]);
    if (wanted === null) expect(changes).toEqual([]);
    else expect(changes).toEqual([expect.objectContaining({ do: 'set-secret', ...wanted })]);
  });
});

describe('without a token', () => {
  test.each<[string, Partial<SecretSituation>, RegExp | null]>([
    ['there is none', {}, /has no variable HERALD_TOKEN.*HERALD_BOT_TOKEN/],
    ['it is not masked', { found: aVariable({ masked: false }) }, /is not masked: give/],
    ['it is not protected', { found: aVariable({ protected: false }) }, /is not protected: give/],
    [
      'it can be read, and only a new one can be hidden',
      { found: visible },
      /is not hidden, .*creates the variable again: GitLab cannot hide an existing variable/,
    ],
    ['all is well', { found: aVariable() }, null],
    ['somebody else made it, and well', { found: byHand }, null],
  ])('advice is given when %s', (_name, overrides, words) => {
    const { changes, advice } = plan(overrides);
    expect(changes).toEqual([]);
    expect(advice).toEqual(words === null ? [] : [expect.stringMatching(words)]);
  });
});

describe('what a run that broke off had set aside', () => {
  const aside = aVariable();
  const asideOfOthers = aVariable({ description: null });
  const takenAside = aVariable({
    description: secretDescription({ fingerprint, takenOver: true, token: null }),
  });
  test.each<[string, Partial<SecretSituation>, readonly string[]]>([
    ['takes its place when there is no other', { aside }, ['place-variable']],
    ['goes when there is another', { aside, found: aVariable() }, ['delete-variable']],
    [
      'goes after its token is made, so that one is there always',
      { aside, given },
      ['set-secret', 'delete-variable'],
    ],
    ['goes before another try', { aside, found: visible, given }, ['delete-variable', 'set-secret']],
    ['is left alone when it is somebody else’s', { aside: asideOfOthers, found: aVariable() }, []],
  ])('%s', (_name, overrides, done) => {
    expect(plan(overrides).changes.map((change) => change.do)).toEqual(done);
  });

  test('says whose the variable was', () => {
    expect(plan({ aside: takenAside, given }).changes[0]).toMatchObject({ how: 'make', takenOver: true });
  });
});
