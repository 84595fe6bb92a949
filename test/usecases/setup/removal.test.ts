import { describe, expect, test } from 'vitest';
import { bot, canaries, maintainer } from '../../setup/bot-project-state.ts';
import type { EmbeddedState } from '../../support/gitlab/state/state.ts';
import { aSetupStage, type SetupStage } from './stage.ts';

const byHand = {
  project_id: bot.id,
  key: 'HERALD_TOKEN',
  value: 'somebody-elses-token',
  protected: false,
  masked: true,
  hidden: false,
  environment_scope: '*',
  description: null,
};

test('--remove leaves a variable that somebody made and herald setup wrote later, and says so', async () => {
  const { run, state } = await aSetupStage();
  state.ci.variables.push(byHand);
  await run();
  expect(state.ci.variables).toMatchObject([{ value: canaries.bot }]);
  // Another token, written by a later run: it is remembered still.
  await run({}, { HERALD_BOT_TOKEN: `${canaries.bot}-2` });
  expect(state.ci.variables).toMatchObject([{ value: `${canaries.bot}-2` }]);
  const outcomes = await run({ remove: true });
  expect(state.ci.variables).toMatchObject([{ key: 'HERALD_TOKEN' }]);
  expect(outcomes.flatMap(({ advice }) => advice)).toEqual([
    expect.stringMatching(/HERALD_TOKEN of shop\/herald-bot stays, .*somebody else created it/),
  ]);
  expect(state.ci.hooks).toEqual([]);
});

test('--remove takes away a variable that herald setup made and wrote again', async () => {
  const { run, state } = await aSetupStage();
  await run();
  await run({}, { HERALD_BOT_TOKEN: `${canaries.bot}-2` });
  expect(state.ci.variables).toHaveLength(1);
  await run({ remove: true });
  expect(state.ci.variables).toEqual([]);
});

/** What people see of a project, and what setup can change in it. */
function settingsIn({ ci, accessTokens }: EmbeddedState): unknown {
  const { hooks, triggers, variables, schedules, labels } = ci;
  const working = accessTokens.filter(({ revoked }) => !revoked);
  return structuredClone({ hooks, triggers, variables, schedules, labels, working });
}

const hookOfPeople = {
  id: 1,
  project_id: 100,
  url: 'https://chat.example.com/hook',
  fields: { push_events: true },
  urlVariables: new Map<string, string>(),
  alert_status: 'executable' as const,
};

describe.each<{
  readonly name: string;
  readonly chosen: Readonly<Record<string, unknown>>;
  readonly variables: Readonly<Record<string, string>>;
}>([
  { name: 'with a token that is given', chosen: {}, variables: { HERALD_BOT_TOKEN: canaries.bot } },
  { name: 'with a service account', chosen: { bot: true }, variables: {} },
])('setup and then --remove, $name', ({ chosen, variables }) => {
  async function aStageOfPeople(): Promise<SetupStage> {
    const stage = await aSetupStage(['shop/checkout', 'shop/stock']);
    const { ci, projects } = stage.state;
    for (const { id } of projects)
      ci.members.push({ project_id: id, user_id: maintainer.id, access_level: 40 });
    ci.groups.push({ id: 500, full_path: 'shop' });
    ci.hooks.push(hookOfPeople);
    ci.variables.push({ ...byHand, key: 'DEPLOY_TOKEN' });
    return stage;
  }

  test('leave GitLab as it was, with the things of people', async () => {
    const { run, state } = await aStageOfPeople();
    const before = settingsIn(state);
    await run(chosen, variables);
    expect(settingsIn(state)).not.toEqual(before);
    const outcomes = await run({ remove: true });
    expect(outcomes.map(({ refusal }) => refusal)).toEqual(outcomes.map(() => null));
    expect(settingsIn(state)).toEqual(before);
  });

  test('--plan shows the same changes, and makes none; a second --remove has nothing to do', async () => {
    const { run, state } = await aStageOfPeople();
    await run(chosen, variables);
    const made = settingsIn(state);
    const planned = await run({ remove: true, plan: true });
    expect(settingsIn(state)).toEqual(made);
    const done = await run({ remove: true });
    expect(done.flatMap(({ changes }) => changes)).toEqual(planned.flatMap(({ changes }) => changes));
    const again = await run({ remove: true });
    expect(again.flatMap(({ changes }) => changes)).toEqual([]);
  });
});

test('where GitLab does not show the account, --remove says which token to revoke by hand', async () => {
  const stage = await aSetupStage(['shop/checkout']);
  const { ci, projects, accounts } = stage.state;
  for (const { id } of projects)
    ci.members.push({ project_id: id, user_id: maintainer.id, access_level: 40 });
  ci.groups.push({ id: 500, full_path: 'shop' });
  await stage.run({ bot: true }, {});
  accounts.splice(0);
  const outcomes = await stage.run({ remove: true });
  expect(outcomes.flatMap(({ advice }) => advice)).toContainEqual(
    expect.stringMatching(/the token in HERALD_TOKEN .* keeps working: revoke it by hand/),
  );
  expect(ci.variables).toEqual([]);
});
