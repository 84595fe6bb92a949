import { describe, expect, test } from 'vitest';
import { bot, canaries } from '../../setup/bot-project-state.ts';
import { anInstallation, complaints } from './installation.ts';

describe('the variable with the bot’s token', () => {
  test('that is missing is a problem, with what to do', async () => {
    const { checks, doctor, state } = await anInstallation();
    state.ci.variables.splice(0);
    const found = (await checks()).find(({ about }) => about === 'variable HERALD_TOKEN');
    expect(found).toMatchObject({ state: 'problem' });
    expect(found?.remedy).toMatch(
      /HERALD_BOT_TOKEN, and run herald setup --watch shop\/herald-bot --parts token; run herald doctor in a job of the project/,
    );
    expect((await doctor()).exitCode).toBe(1);
  });

  test('is not missed by a job of the bot’s project that has one, from a group', async () => {
    const { checks, state } = await anInstallation();
    state.ci.variables.splice(0);
    const env = { CI_PROJECT_ID: String(bot.id) };
    expect(complaints(await checks([], env)).join()).not.toContain('variable');
  });

  test('that anybody may read in a log, or a branch, is a warning', async () => {
    const { checks, state } = await anInstallation();
    const [variable] = state.ci.variables;
    if (variable !== undefined)
      state.ci.variables.splice(0, 1, { ...variable, masked: false, protected: false });
    const found = (await checks()).filter(({ about }) => about === 'variable HERALD_TOKEN');
    expect(found.map(({ state: how, words }) => `${how} ${words}`)).toEqual([
      expect.stringMatching(/^warning it is not masked/),
      expect.stringMatching(/^warning it is not protected/),
    ]);
  });

  test('that holds another token than the one that was given', async () => {
    const { checks, state } = await anInstallation();
    state.tokens.push({ value: 'glpat-CANARY-newer-0123456789', kind: 'personal', userId: 70 });
    const env = { HERALD_BOT_TOKEN: 'glpat-CANARY-newer-0123456789' };
    expect(complaints(await checks([], env)).join('\n')).toMatch(
      /warning variable HERALD_TOKEN: it holds another token than HERALD_BOT_TOKEN/,
    );
    expect(complaints(await checks([], { HERALD_BOT_TOKEN: canaries.bot })).join()).not.toContain(
      'another token',
    );
  });
});

describe('a fine-grained token of the bot', () => {
  test('is judged by its permissions, with the features that lack one', async () => {
    const { checks, state } = await anInstallation();
    const value = 'glpat-CANARY-granular-0123456789';
    state.tokens.push({ value, kind: 'personal', userId: 70 });
    state.granularTokens.set(value, ['User: Read', 'Personal Access Token: Read', 'Metadata: Read']);
    const found = (await checks([], { HERALD_BOT_TOKEN: value })).find(
      ({ about }) => about === "bot's token scopes",
    );
    expect(found).toMatchObject({ state: 'problem' });
    expect(found?.words).toContain('commit statuses (Commit Status: Create)');
    expect(found?.words).not.toContain('Metadata: Read');
  });

  test('that may not read anything is told so by GitLab, and the role is not blamed', async () => {
    const { doctor, state } = await anInstallation();
    const value = 'glpat-CANARY-granular-0123456789';
    state.tokens.push({ value, kind: 'personal', userId: 70 });
    state.granularTokens.set(value, ['User: Read', 'Personal Access Token: Read']);
    const { stdout, stderr } = await doctor([], { HERALD_TOKEN: value });
    expect(stdout + stderr).toMatch(
      /lacks the permission|fine-grained personal access token with the following/,
    );
    expect(stdout + stderr).not.toMatch(/needs at least the role/);
  });
});

describe('a token that works no more', () => {
  test.each([
    ['Token is expired. You can either do re-authorization or token refresh.', 'has expired'],
    ['Token was revoked. You have to re-authorize from the user.', 'was revoked'],
  ])('says so: %s', async (description, words) => {
    let isOver = false;
    const body = { error: 'invalid_token', error_description: description };
    const { doctor } = await anInstallation({}, undefined, {
      beforeRequest: () => (isOver ? { status: 401, body } : undefined),
    });
    isOver = true;
    const { exitCode, stderr } = await doctor();
    expect(exitCode).toBe(4);
    expect(stderr).toContain(`The token in HERALD_TOKEN ${words}. Replace it.`);
  });
});

describe('a secret in what herald doctor reads', () => {
  test.each([[], ['--json']])(
    'that GitLab repeats stands in no line, nor in a remedy: %s',
    async (...args) => {
      const secret = 'sesame-open-0123';
      const { doctor, state } = await anInstallation({ ref: secret }, ({ branches, branchRules }) => {
        branches.push({ project_id: bot.id, name: secret, sha: 'a'.repeat(40) });
        branchRules.push({
          project_id: bot.id,
          name: secret,
          push_access_levels: [],
          merge_access_levels: [],
        });
      });
      for (const hook of state.ci.hooks) hook.urlVariables = new Map();
      const open = await doctor(args);
      expect(open.stdout).toContain(`--ref ${secret}`);
      const { stdout, stderr } = await doctor(args, { SHOP_SECRET: secret });
      expect(stdout).toContain('--ref [MASKED]');
      expect(stdout + stderr).not.toContain(secret);
      if (args.length > 0)
        for (const line of stdout.trim().split('\n')) expect(JSON.parse(line)).toBeTypeOf('object');
    },
  );
});
