import { expect, test } from 'vitest';
import { bot, canaries } from '../../setup/bot-project-state.ts';
import { aSetupStage } from './stage.ts';

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
