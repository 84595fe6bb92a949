import { describe, expect, test } from 'vitest';
import { herald } from '../../cli/herald.ts';
import { processKilledAfter } from '../../killed-process.ts';
import { bot, canaries, maintainer } from '../../setup/bot-project-state.ts';
import type { EmbeddedOptions } from '../../support/gitlab/embedded-gitlab.ts';
import type { EmbeddedState } from '../../support/gitlab/state/state.ts';
import { aSetupStage, type SetupStage } from './stage.ts';

const ofToken = { parts: ['token'], bot: true };

/** A bot's project, and projects that it watches, with one maintainer. */
async function aStage(
  watched: readonly string[],
  options: Omit<EmbeddedOptions, 'state'> = {},
): Promise<SetupStage> {
  const stage = await aSetupStage(watched, options);
  const { ci, projects } = stage.state;
  for (const { id } of projects)
    ci.members.push({ project_id: id, user_id: maintainer.id, access_level: 40 });
  ci.groups.push({ id: 500, full_path: 'shop' });
  return stage;
}

function accountIn({ state }: SetupStage): EmbeddedState['users'][number] {
  const id = state.accounts[0]?.userId;
  const user = state.users.find((one) => one.id === id);
  if (user === undefined) throw new Error('there is no service account');
  return user;
}

function rolesOf(userId: number, { ci }: EmbeddedState): Readonly<Record<number, number>> {
  const own = ci.members.filter(({ user_id }) => user_id === userId);
  return Object.fromEntries(own.map(({ project_id: at, access_level: level }) => [at, level]));
}

const all = (outcomes: Awaited<ReturnType<SetupStage['run']>>): readonly unknown[] =>
  outcomes.flatMap(({ changes, refusal }) => [...changes, ...(refusal === null ? [] : [refusal])]);

describe('herald setup --bot', () => {
  test('gives a bot that serves its own project an account of that project, and its token', async () => {
    const stage = await aStage([bot.path]);
    const outcomes = await stage.run(ofToken, {});
    expect(outcomes.map(({ refusal }) => refusal)).toEqual([null, null, null]);
    const account = accountIn(stage);
    expect(stage.state.accounts).toEqual([{ owner: `projects/${bot.id}`, userId: account.id }]);
    expect(account).toMatchObject({ name: 'Herald', username: 'shop-herald-bot' });
    expect(rolesOf(account.id, stage.state)).toEqual({ [bot.id]: 30 });
    const [token] = stage.state.accessTokens;
    expect(token).toMatchObject({ userId: account.id, scopes: ['api'], revoked: false });
    expect(stage.state.ci.variables).toMatchObject([
      { key: 'HERALD_TOKEN', value: token?.value, masked: true, hidden: true, protected: true },
    ]);
  });

  test('a second run finds the account and its token, and changes nothing', async () => {
    const stage = await aStage([bot.path]);
    await stage.run(ofToken, {});
    const before = JSON.stringify([stage.state.ci.variables, stage.state.accessTokens, stage.state.accounts]);
    expect(all(await stage.run(ofToken, {}))).toEqual([]);
    expect(JSON.stringify([stage.state.ci.variables, stage.state.accessTokens, stage.state.accounts])).toBe(
      before,
    );
  });

  test('serves several projects with an account of their group, a Developer of each of them', async () => {
    const stage = await aStage(['shop/web/front', 'shop/till']);
    await stage.run(ofToken, {});
    expect(stage.state.accounts).toMatchObject([{ owner: 'groups/500' }]);
    expect(rolesOf(accountIn(stage).id, stage.state)).toEqual({ [bot.id]: 30, 100: 30, 101: 30 });
    expect(all(await stage.run(ofToken, {}))).toEqual([]);
  });

  test('raises a role that is too low', async () => {
    const stage = await aStage([bot.path]);
    await stage.run(ofToken, {});
    const member = stage.state.ci.members.find(({ user_id }) => user_id === accountIn(stage).id);
    if (member !== undefined) member.access_level = 20;
    const changes = all(await stage.run(ofToken, {}));
    expect(changes).toMatchObject([{ do: 'add-member', isMember: true }]);
    expect(member?.access_level).toBe(30);
  });

  test('takes another username where somebody has it', async () => {
    const stage = await aStage([bot.path]);
    stage.state.users.push({ id: 999, username: 'shop-herald-bot' });
    await stage.run(ofToken, {});
    expect(accountIn(stage).username).toMatch(/^service_account_project_9_/);
  });

  test('with --plan says all of it, in order, and changes nothing', async () => {
    const stage = await aStage([bot.path]);
    const { state, gitlab } = stage;
    const args = ['setup', '--server', gitlab.url, '--allow-insecure', '--watch', bot.path];
    const env = { HERALD_TOKEN: canaries.maintainer };
    const { stdout, exitCode } = await herald([...args, '--parts', 'token', '--bot', '--plan'], env);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(
      /account of the bot[^]*\+ service account Herald of shop\/herald-bot\n[^]*\+ the service account as a Developer of shop\/herald-bot\n[^]*\+ a new token of the service account in the variable HERALD_TOKEN, masked, hidden and protected: there is none/,
    );
    expect([state.accounts, state.accessTokens, state.ci.variables]).toEqual([[], [], []]);
    expect(gitlab.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  test('prints the token nowhere, even where GitLab repeats it', async () => {
    const stage = await aStage([bot.path], {
      beforeRequest: ({ method, path, body }) =>
        method === 'POST' && path.endsWith('/variables')
          ? { status: 400, body: { message: `value ${String(body['value'])} is invalid` } }
          : undefined,
    });
    const args = ['setup', '--server', stage.gitlab.url, '--allow-insecure', '--watch', bot.path];
    const env = { HERALD_TOKEN: canaries.maintainer };
    const { stdout, stderr, exitCode } = await herald([...args, '--parts', 'token', '--bot'], env);
    expect(exitCode).toBe(4);
    expect(stdout).toContain('value [MASKED] is invalid');
    expect(stdout + stderr).not.toContain('glpat-');
    // No token is left that nobody knows.
    expect(stage.state.accessTokens).toMatchObject([{ revoked: true }]);
  });

  test.each([1, 2, 3, 4, 5])('that dies with write %i is continued, with one working token', async (n) => {
    const killed = processKilledAfter(n);
    const stage = await aStage([bot.path], { beforeRequest: killed.beforeRequest });
    await killed.run(() => stage.run(ofToken, {}));
    await stage.run(ofToken, {});
    expect(stage.state.accounts).toHaveLength(1);
    const working = stage.state.accessTokens.filter(({ revoked }) => !revoked);
    expect(working).toHaveLength(1);
    expect(stage.state.ci.variables.map(({ value }) => value)).toEqual(working.map(({ value }) => value));
    expect(all(await stage.run(ofToken, {}))).toEqual([]);
  });

  test('leaves tokens alone that somebody else made for the account', async () => {
    const stage = await aStage([bot.path]);
    await stage.run(ofToken, {});
    const other = {
      id: 5,
      name: 'of ours',
      value: 'x',
      scopes: [],
      expires_at: null,
      revoked: false,
      previous: null,
    };
    stage.state.accessTokens.push({ ...other, userId: accountIn(stage).id });
    expect(all(await stage.run(ofToken, {}))).toEqual([]);
    stage.state.ci.variables.splice(0);
    await stage.run(ofToken, {});
    expect(stage.state.accessTokens.filter(({ revoked }) => !revoked).map(({ name }) => name)).toEqual([
      'of ours',
      expect.stringMatching(/^HERALD_TOKEN of project 9 /),
    ]);
  });
});

describe('where GitLab does not let it', () => {
  test('a maintainer in Community Edition is told what to do by hand', async () => {
    const stage = await aStage([bot.path]);
    stage.state.ci.accountTokensByAdminsOnly = true;
    const [account] = await stage.run(ofToken, {});
    expect(account?.refusal?.message).toMatch(/422 .*Not permitted to create/);
    expect(account?.refusal?.hint).toMatch(
      /By hand: in Settings > Service accounts of shop\/herald-bot, .*HERALD_BOT_TOKEN/,
    );
  });

  test('somebody who does not own the group is told which role it takes', async () => {
    const stage = await aStage(['shop/till']);
    stage.state.ci.groupOwners = new Set();
    const [account] = await stage.run(ofToken, {});
    expect(account?.refusal?.hint).toMatch(
      /role Owner in the group.*By hand: .* of shop, .*shop\/herald-bot, shop\/till/,
    );
  });

  test('an older GitLab, without such accounts, gets the same words, and the rest is set up', async () => {
    const stage = await aStage([bot.path], {
      beforeRequest: ({ path }) =>
        path.includes('/service_accounts') ? { status: 404, body: { error: '404 Not Found' } } : undefined,
    });
    const outcomes = await stage.run({ bot: true, parts: ['token', 'schedule'] }, {});
    expect(outcomes.map(({ of, refusal }) => [of, refusal === null])).toEqual([
      ['account', false],
      ['bot', true],
      ['watched', true],
    ]);
    expect(outcomes[0]?.refusal?.hint).toContain('By hand:');
    expect(stage.state.ci.schedules).toHaveLength(1);
  });

  test('projects without a common group are told apart', async () => {
    const stage = await aStage(['other/till']);
    const [account] = await stage.run(ofToken, {});
    expect(account?.refusal?.message).toContain('share no group');
    expect(account?.refusal?.hint).toContain('a group that holds all these projects');
  });

  test.each([
    [['--bot', '--remove'], {}, '--bot cannot be combined'],
    [['--bot', '--parts', 'webhook'], {}, '--bot needs the part token'],
    [['--bot'], { HERALD_BOT_TOKEN: canaries.bot }, '--bot creates a token'],
  ])('%j with %j is a usage error', async (flags, env, words) => {
    const args = ['setup', '--server', 'https://gitlab.example.com', '--watch', bot.path, ...flags];
    const { stderr, exitCode } = await herald(args, { HERALD_TOKEN: canaries.maintainer, ...env });
    expect(exitCode).toBe(2);
    expect(stderr).toContain(words);
  });
});
