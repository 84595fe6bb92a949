import { expect, test } from 'vitest';
import { GitLabUnreachableError } from '../../src/errors.ts';
import type { BotAction, BotWrite } from '../../src/model/bot-write.ts';
import { performBotWrites } from '../../src/publish/perform-bot-writes.ts';
import { startEmbedded } from '../support/gitlab/ask.ts';
import { changesSince, issue, missing, mr, rule, saying, worldAt } from './bot-writes/world.ts';

function writes(...actions: readonly BotAction[]): readonly BotWrite[] {
  return actions.map((action) => ({ action, cause: rule }));
}

const label: BotAction = { do: 'label', on: issue, add: ['a'], remove: [] };
const onNothing: BotAction = { do: 'comment', on: missing, key: 'k', document: saying('x') };
const title: BotAction = { do: 'setTitle', on: mr, title: 'Other' };

test('writes are done in their order, and what is refused stops nothing else', async () => {
  const gitlab = await startEmbedded();
  const world = worldAt(gitlab);
  const performed = await performBotWrites(world, writes(label, onNothing, title), { dryRun: false });
  expect(performed.map(({ outcome }) => outcome)).toEqual(['done', 'refused', 'done']);
  expect(performed.map(({ write }) => write.action)).toEqual([label, onNothing, title]);
  expect(performed[1]?.detail).toContain('404');
  expect(changesSince(gitlab)).toEqual(['PUT /projects/42/issues/5', 'PUT /projects/42/merge_requests/17']);
  expect(world.log.lines.join('\n')).toContain('rule welcome: change the labels of issue #5');
});

test('a dry run asks nothing and says what would be done', async () => {
  const gitlab = await startEmbedded();
  const performed = await performBotWrites(worldAt(gitlab), writes(label, onNothing), { dryRun: true });
  expect(performed).toMatchObject([
    {
      outcome: 'would',
      url: null,
      detail: 'rule welcome: change the labels of issue #5 of project 42: add a',
    },
    { outcome: 'would' },
  ]);
  expect(gitlab.requests).toEqual([]);
});

test('a connection that stays broken is an error, and what comes after is not done', async () => {
  const gitlab = await startEmbedded({
    beforeRequest: ({ path }) => (path.endsWith('/issues/5') ? { status: 503, body: 'down' } : undefined),
  });
  const done = performBotWrites(worldAt(gitlab), writes(label, title), { dryRun: false });
  await expect(done).rejects.toBeInstanceOf(GitLabUnreachableError);
  expect(changesSince(gitlab)).toEqual([]);
});

test('the report is made elsewhere', async () => {
  const gitlab = await startEmbedded();
  const [performed] = await performBotWrites(worldAt(gitlab), writes({ do: 'report', on: mr }), {
    dryRun: false,
  });
  expect(performed?.outcome).toBe('refused');
});
