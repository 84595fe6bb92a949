import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type CheckState, hasProblem } from '../../src/doctor/check.ts';
import { checkSettings } from '../../src/doctor/check-project.ts';
import { checkRole } from '../../src/doctor/check-role.ts';
import { checkServer } from '../../src/doctor/check-server.ts';
import { checkTokenFacts, checkUser } from '../../src/doctor/check-token.ts';
import { doctorDocument } from '../../src/doctor/doctor-document.ts';
import { renderMarkdown } from '../../src/render/markdown/render-markdown.ts';

const now = new Date('2026-03-01T12:00:00Z');
const person = { id: 7, username: 'herald-bot', name: 'Herald', active: true, bot: true };
const token = {
  name: 'herald',
  scopes: ['api'],
  expiresAt: null,
  active: true,
  createdAt: null,
  permissions: null,
};

describe('a fine-grained token', () => {
  const granular = (permissions: readonly string[] | null) =>
    checkTokenFacts({ ...token, scopes: ['granular'], permissions }, 'own', now)[0];

  test('is judged by its permissions, where GitLab shows them', () => {
    expect(granular(['read_job', 'create_commit_status'])).toMatchObject({
      state: 'problem',
      words: expect.stringMatching(
        /without permissions for: .*comments on merge requests \(Work Item: Create, Work Item: Update, [^)]*\)/,
      ) as unknown,
    });
    expect(granular(['read_job', 'create_commit_status'])?.words).not.toContain('commit statuses (');
  });

  test('is fine with the permissions of the reference', () => {
    const page = readFileSync('docs/reference/permissions.md', 'utf8');
    const lists = page.slice(
      page.indexOf('## Fine-grained tokens'),
      page.indexOf("A maintainer's token for"),
    );
    const names = [...lists.matchAll(/^- ([^:]+): (.*)$/gm)].flatMap(([, resource = '', actions = '']) =>
      actions.split(', ').map((action) => `${action} ${resource}`.toLowerCase().replaceAll(' ', '_')),
    );
    expect(names).toContain('create_commit_status');
    expect(granular(names)).toMatchObject({ state: 'ok' });
  });

  test('is unknown where GitLab shows no permissions, with a remedy', () => {
    expect(granular(null)).toMatchObject({
      state: 'unknown',
      remedy: expect.stringContaining('docs/reference/permissions.md') as unknown,
    });
  });
});

describe('the token', () => {
  test.each<[string, string | null, CheckState]>([
    ['never expires', null, 'ok'],
    ['expires in a year', '2027-03-01', 'ok'],
    ['expires in four weeks', '2026-03-25', 'warning'],
    ['expires this week', '2026-03-05', 'problem'],
    ['has expired', '2026-02-01', 'problem'],
  ])('that %s', (_name, expiresAt, state) => {
    const checks = checkTokenFacts({ ...token, expiresAt }, 'own', now);
    expect(checks.find(({ about }) => about === 'token expiry')?.state).toBe(state);
  });

  test.each<[string, readonly string[], CheckState]>([
    ['may write', ['api'], 'ok'],
    ['may only read', ['read_api'], 'problem'],
    ['may nothing', [], 'problem'],
    ['is fine-grained, of which GitLab says no more', ['granular'], 'unknown'],
  ])('that %s', (_name, scopes, state) => {
    const checks = checkTokenFacts({ ...token, scopes }, 'own', now);
    const check = checks.find(({ about }) => about === 'token scopes');
    expect(check?.state).toBe(state);
    if (state === 'problem') expect(check?.words).toMatch(/needs api: [^;]*comments on merge requests/);
    if (scopes.includes('read_api')) expect(check?.words).toMatch(/works: [^;]*reading pipelines/);
  });

  test.each<[string, object, CheckState]>([
    ['a bot', {}, 'ok'],
    ['a person', { bot: false }, 'warning'],
    ['a blocked user', { active: false }, 'problem'],
  ])('whose user is %s', (_name, changes, state) => {
    const user = checkUser({ ...person, ...changes }, 'own', true);
    expect(user).toMatchObject({ about: 'token user', state });
    expect(user.words).toContain('herald-bot (7)');
  });

  test('that GitLab calls inactive was revoked or has expired, whatever else is said of it', () => {
    expect(checkTokenFacts({ ...token, active: false }, 'own', now)).toMatchObject([
      { about: 'token state', state: 'problem', words: 'it was revoked, or has expired' },
    ]);
  });

  test('of which GitLab says nothing is unknown', () => {
    expect(checkTokenFacts(null, 'own', now).map(({ state }) => state)).toEqual(['unknown']);
  });
});

test.each<[string | null, CheckState]>([
  ['19.6.0', 'ok'],
  ['17.0.0-ee', 'ok'],
  ['16.11.3', 'warning'],
  [null, 'unknown'],
  ['main', 'unknown'],
])('GitLab %s is %s', (version, state) => {
  expect(checkServer(version)).toMatchObject([{ state }]);
});

describe('the role of the token’s user', () => {
  test.each<[number, string, CheckState, CheckState]>([
    [0, 'no member', 'problem', 'unknown'],
    [5, 'Minimal Access', 'problem', 'unknown'],
    [10, 'Guest', 'problem', 'unknown'],
    [15, 'Planner', 'problem', 'unknown'],
    [20, 'Reporter', 'problem', 'unknown'],
    [30, 'Developer', 'ok', 'ok'],
    [40, 'Maintainer', 'ok', 'ok'],
    [50, 'Owner', 'ok', 'ok'],
  ])('of access level %i is %s', (level, name, ofBot, ofSomebody) => {
    const check = checkRole('shop/till', { user: person, isTheBot: true }, level);
    expect(check.state).toBe(ofBot);
    expect(check.words).toMatch(new RegExp(`^@herald-bot is ${name}: `));
    if (level < 30) expect(check.words).toMatch(/needs Developer: [^;]*commit statuses/);
    if (level === 20) expect(check.words).toMatch(/works: [^;]*comments on merge requests/);
    if (level === 30)
      expect(check.words).toMatch(/every day; needs Maintainer: webhooks \(herald setup and doctor only\)$/);
    if (level > 30) expect(check.words).toMatch(/every day$/);
    const other = checkRole('shop/till', { user: { ...person, username: 'maria' }, isTheBot: false }, level);
    expect(other.state).toBe(ofSomebody);
    expect(other.words).toContain(`@maria is ${name}, the user of this token; the bot's own user is unknown`);
  });
});

describe('a project', () => {
  const settings = {
    id: 1,
    path: 'shop/till',
    url: '',
    defaultBranch: 'main',
    archived: false,
    pendingDeletion: false,
    ciEnabled: true,
    minimumOverrideRole: null,
  };

  test('that is alive has nothing to be said of', () => {
    expect(checkSettings(settings)).toEqual([]);
  });

  test.each([{ archived: true }, { pendingDeletion: true }, { ciEnabled: false }])('with %j', (changes) => {
    expect(hasProblem(checkSettings({ ...settings, ...changes }))).toBe(true);
  });
});

test('what GitLab says cannot do anything in the issue', () => {
  const words = '@all /close <img src=x onerror=1> [x](javascript:alert(1)) #1 !2';
  const markdown = renderMarkdown(
    doctorDocument([{ project: '@all', about: 'webhook', state: 'problem', words, remedy: '/approve' }]),
  );
  expect(markdown).not.toMatch(/(?<![\\`\w])@all|^\/(?:close|approve)|(?<!\\)<img|(?<!\\)\]\(javascript:/m);
});
