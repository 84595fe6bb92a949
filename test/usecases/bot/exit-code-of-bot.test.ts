import { expect, test } from 'vitest';
import { exitCodeOfBot } from '../../../src/usecases/bot/exit-code-of-bot.ts';
import { mergeRequestEvent } from './events.ts';
import { aStage, cast, type Stage } from './stage.ts';

const config =
  'bot: { rules: [{ name: mark, on: merge_request.opened, do: [{ label: new }, { react: eyes }] }] }';

function roleOfBot({ state }: Stage, level: number): void {
  const member = state.ci.members.find(({ user_id: id }) => id === cast.bot.id);
  if (member !== undefined) member.access_level = level;
}

test('what GitLab refuses to a rule ends with 4, and the rest is done', async () => {
  const stage = await aStage(config);
  roleOfBot(stage, 10);
  const handled = await stage.handle(mergeRequestEvent('open'));
  expect(handled.writes.map(({ outcome, refusedByGitLab }) => [outcome, refusedByGitLab])).toEqual([
    ['refused', true],
    ['done', false],
  ]);
  expect(exitCodeOfBot([handled])).toBe(4);
});

test('a rule that GitLab lets through ends with 0', async () => {
  const stage = await aStage(config);
  expect(exitCodeOfBot([await stage.handle(mergeRequestEvent('open'))])).toBe(0);
});

test('what GitLab refuses to a command is told in the answer, and ends with 0', async () => {
  const stage = await aStage();
  roleOfBot(stage, 10);
  const { note, payload } = stage.say('dev', '/herald label ~backend');
  const handled = await stage.handle(payload);
  expect(handled.writes).toMatchObject([{ outcome: 'refused', refusedByGitLab: true }]);
  expect(stage.answers(note)[0]).toMatch(/403/);
  expect(exitCodeOfBot([handled])).toBe(0);
});

test('what has changed meanwhile is no trouble', async () => {
  const stage = await aStage('bot: { rules: [{ name: again, on: merge_request.opened, do: [approve] }] }');
  const client = stage.world().gitlab;
  let asked = 0;
  const fetchMergeRequestFacts: typeof client.fetchMergeRequestFacts = async (project, iid) => {
    const facts = await client.fetchMergeRequestFacts(project, iid);
    asked += 1;
    return asked === 1 ? facts : facts && { ...facts, headSha: 'dd'.repeat(20) };
  };
  const gitlab = { ...client, fetchMergeRequestFacts };
  const handled = await stage.handle(mergeRequestEvent('open'), { gitlab });
  expect(handled.writes).toMatchObject([{ outcome: 'refused', refusedByGitLab: false }]);
  expect(exitCodeOfBot([handled])).toBe(0);
});

test('nothing handled is done', () => {
  expect(exitCodeOfBot([])).toBe(0);
});
