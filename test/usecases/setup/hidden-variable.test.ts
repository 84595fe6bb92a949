import { expect, test } from 'vitest';
import { processKilledAfter } from '../../killed-process.ts';
import { bot, canaries } from '../../setup/bot-project-state.ts';
import { aSetupStage, type SetupStage } from './stage.ts';

const readable = {
  project_id: bot.id,
  key: 'HERALD_TOKEN',
  value: canaries.bot,
  protected: true,
  masked: true,
  hidden: false,
  environment_scope: '*',
  description: null,
};

const ofToken = { parts: ['token'] };

/** A token that GitLab shows, and a run that makes it anew and dies with its nth write. */
async function killedAfter(n: number): Promise<{ readonly stage: SetupStage; readonly writes: number }> {
  const killed = processKilledAfter(n);
  const stage = await aSetupStage([], { beforeRequest: killed.beforeRequest });
  stage.state.ci.variables.push(readable);
  await killed.run(() => stage.run(ofToken));
  return { stage, writes: killed.writes() };
}

const hidden = { value: canaries.bot, hidden: true, masked: true, protected: true, environment_scope: '*' };

test('a token that GitLab shows is created again, hidden, and then let be', async () => {
  const { stage, writes } = await killedAfter(Number.POSITIVE_INFINITY);
  expect(writes).toBe(3);
  expect(stage.state.ci.variables).toMatchObject([hidden]);
  const again = await stage.run(ofToken);
  expect(again.flatMap(({ changes }) => changes)).toEqual([]);
});

test.each([1, 2, 3])('a run that dies with write %i of that never loses the token', async (n) => {
  const { stage } = await killedAfter(n);
  expect(stage.state.ci.variables.map(({ value }) => value)).toContain(canaries.bot);
  await stage.run(ofToken);
  expect(stage.state.ci.variables).toMatchObject([hidden]);
  expect((await stage.run(ofToken)).flatMap(({ changes }) => changes)).toEqual([]);
});

test.each([1, 2, 3])('nor when the next run is without the token (write %i)', async (n) => {
  const { stage } = await killedAfter(n);
  await stage.run(ofToken, {});
  expect(stage.state.ci.variables).toMatchObject([{ value: canaries.bot, environment_scope: '*' }]);
  const { advice = [] } = (await stage.run(ofToken, {}))[0] ?? {};
  expect(advice.filter((words) => words.includes('not hidden'))).toHaveLength(n === 1 ? 1 : 0);
});

test('a GitLab that does not move variables gets the new one by another way', async () => {
  const stage = await aSetupStage([], {
    beforeRequest: ({ method, path }) =>
      method === 'PUT' && path.includes('/variables/')
        ? { status: 400, body: { message: 'environment_scope is invalid' } }
        : undefined,
  });
  stage.state.ci.variables.push(readable);
  await stage.run(ofToken);
  expect(stage.state.ci.variables).toMatchObject([hidden]);
});

test('a value that GitLab cannot hide stays where it was', async () => {
  const stage = await aSetupStage([], {
    beforeRequest: ({ method, path }) =>
      method === 'POST' && path.endsWith('/variables')
        ? { status: 400, body: { message: { value: ['is invalid'] } } }
        : undefined,
  });
  stage.state.ci.variables.push(readable);
  const [outcome] = await stage.run(ofToken);
  expect(outcome?.refusal?.message).toContain('is invalid');
  expect(stage.state.ci.variables).toEqual([readable]);
});

test('without the token it is only said that it can be read', async () => {
  const stage = await aSetupStage([]);
  stage.state.ci.variables.push(readable);
  const [outcome] = await stage.run(ofToken, {});
  expect(outcome?.advice.join()).toMatch(/HERALD_TOKEN of .* is not hidden/);
  expect(stage.state.ci.variables).toEqual([readable]);
});

test('a version that hides no variables is not asked to', async () => {
  const stage = await aSetupStage([], {
    beforeRequest: ({ path }) =>
      path === '/version' ? { status: 200, body: { version: '17.5.2' } } : undefined,
  });
  stage.state.ci.variables.push(readable);
  const outcomes = await stage.run(ofToken);
  expect(outcomes.flatMap(({ changes, advice }) => [...changes, ...advice])).toEqual([]);
});
