import { describe, expect, test } from 'vitest';
import type { Check } from '../../../src/doctor/check.ts';
import { bot, canaries, maintainer } from '../../setup/bot-project-state.ts';
import type { EmbeddedState } from '../../support/gitlab/state/state.ts';
import { anInstallation, type Installation } from './installation.ts';

const expires = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);

/** The maintainer is a person; the bot's user has another role in the watched project. */
function people(roleOfBot: number): (state: EmbeddedState) => void {
  return ({ users, tokens, ci }) => {
    users.splice(0, 1, { ...maintainer, bot: false });
    users.push({ id: 72, username: 'herald-bot', bot: true });
    const facts = { scopes: ['api'], expires_at: expires };
    tokens.push({ value: canaries.bot, kind: 'personal', userId: 72, facts });
    ci.members.push({ project_id: 100, user_id: maintainer.id, access_level: 40 });
    if (roleOfBot > 0) ci.members.push({ project_id: 100, user_id: 72, access_level: roleOfBot });
  };
}

const withBotToken = { HERALD_BOT_TOKEN: canaries.bot };

function ofAbout(checks: readonly Check[], about: string): Check | undefined {
  return checks.find((check) => check.about === about);
}

async function roleSeen(
  { checks }: Installation,
  env: Readonly<Record<string, string>>,
): Promise<readonly (string | undefined)[]> {
  const check = ofAbout(await checks([], env), 'role of the bot');
  return [check?.state, check?.words];
}

describe('the role that herald doctor tells', () => {
  test('of a maintainer who looks is told as his, not as the bot’s', async () => {
    const installation = await anInstallation({}, people(0));
    expect(await roleSeen(installation, {})).toEqual([
      'ok',
      expect.stringMatching(
        /^@maria is Maintainer, the user of this token; the bot's own user is unknown: put its token/,
      ),
    ]);
  });

  test.each([
    [0, 'problem', '@herald-bot is no member'],
    [20, 'problem', '@herald-bot is Reporter'],
    [30, 'ok', '@herald-bot is Developer'],
  ])('of the bot is that of its token, where it is given: level %i', async (level, state, words) => {
    const installation = await anInstallation({}, people(level));
    expect(await roleSeen(installation, withBotToken)).toEqual([
      state,
      expect.stringMatching(new RegExp(`^${words}: (?:works|needs)`)),
    ]);
  });

  test('of the bot is that of the token that asks, where its user is a bot', async () => {
    const installation = await anInstallation({}, people(20));
    expect(await roleSeen(installation, { HERALD_TOKEN: canaries.bot })).toEqual([
      'problem',
      expect.stringMatching(/^@herald-bot is Reporter: works: .*; needs Developer: /),
    ]);
  });

  test.each<[string, Readonly<Record<string, string>>]>([
    ['herald setup wrote into the variable', {}],
    ['a job of the bot’s project has', { CI_PROJECT_ID: String(bot.id) }],
  ])('of a person is the bot’s, where it is the token that %s', async (_name, env) => {
    const asPerson = (state: EmbeddedState): void => {
      people(20)(state);
      state.users.splice(-1, 1, { id: 72, username: 'paula', bot: false });
      if ('CI_PROJECT_ID' in env) state.ci.variables.splice(0);
    };
    const installation = await anInstallation({}, asPerson);
    expect(await roleSeen(installation, { HERALD_TOKEN: canaries.bot, ...env })).toEqual([
      'problem',
      expect.stringMatching(/^@paula is Reporter: works/),
    ]);
  });
});

describe('herald doctor, of a person,', () => {
  test('who looks with his own token is warned only in case it is the bot’s', async () => {
    const { checks } = await anInstallation({}, people(30));
    const user = ofAbout(await checks(), 'token user');
    expect(user).toMatchObject({ state: 'warning' });
    expect(user?.words).toContain(
      'is a person: if this is the token that Herald writes with, comments appear',
    );
  });

  test('who looks beside the bot’s token is not warned; the bot’s token is looked at, too', async () => {
    const { checks, doctor } = await anInstallation({}, people(30));
    const found = await checks([], withBotToken);
    expect(ofAbout(found, 'token user')).toMatchObject({
      state: 'ok',
      words: 'maria (70), a person, used only for this check',
    });
    expect(ofAbout(found, "bot's token user")).toMatchObject({
      state: 'ok',
      words: 'herald-bot (72), a bot',
    });
    expect(ofAbout(found, "bot's token expiry")).toMatchObject({ state: 'problem' });
    const { stdout, stderr } = await doctor([], withBotToken);
    expect(stdout + stderr).not.toContain('CANARY');
  });

  test('is warned when the token that was given as the bot’s is his', async () => {
    const { checks } = await anInstallation({}, people(30));
    const user = ofAbout(await checks([], { HERALD_BOT_TOKEN: canaries.maintainer }), "bot's token user");
    expect(user?.words).toMatch(/is a person: comments appear under that name/);
  });
});

test('a token that was given as the bot’s and works no more is a problem, and all else is judged', async () => {
  const { checks } = await anInstallation({}, people(30));
  const found = await checks([], { HERALD_BOT_TOKEN: 'glpat-CANARY-revoked-0123456789' });
  expect(ofAbout(found, "bot's token")).toMatchObject({ state: 'problem' });
  expect(ofAbout(found, "bot's token")?.remedy).toContain('HERALD_BOT_TOKEN');
  expect(ofAbout(found, 'webhook')).toMatchObject({ state: 'ok' });
});
