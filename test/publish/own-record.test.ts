import { expect, test } from 'vitest';
import { withReplyMarker } from '../../src/bot/commands/reply-marker.ts';
import type { PerformerWorld } from '../../src/publish/bot-writes/performer.ts';
import { fetchOwnRecord } from '../../src/publish/own-record.ts';
import { askEmbedded, startEmbedded, tokens } from '../support/gitlab/ask.ts';
import type { EmbeddedGitLab } from '../support/gitlab/embedded-gitlab.ts';
import { command, issue, mr, perform, rule, saying, worldAt } from './bot-writes/world.ts';

/** An answer to comment 5 as whoever answers comments writes it. */
function replyBody(): string {
  const calls = new Map([['0123456789ab', 'done' as const]]);
  return withReplyMarker({ noteId: 5, calls, config: 'abcdef1234', madeThread: false }, 'Done.');
}

async function withTalk(): Promise<{ gitlab: EmbeddedGitLab; world: PerformerWorld }> {
  const gitlab = await startEmbedded();
  const world = worldAt(gitlab);
  await askEmbedded(gitlab, 'POST merge_requests/17/notes', { body: { body: 'Hello' }, token: tokens.ada });
  await perform(world, { do: 'comment', on: mr, key: 'rule/welcome', document: saying('Welcome!') }, rule);
  await perform(world, { do: 'openThread', on: mr, key: 'hold', document: saying('On hold.') }, command);
  const { json } = await askEmbedded(gitlab, 'GET merge_requests/17/discussions');
  const [thread] = json as { id: string }[];
  await askEmbedded(gitlab, `POST merge_requests/17/discussions/${thread?.id ?? ''}/notes`, {
    body: { body: replyBody() },
  });
  return { gitlab, world };
}

test('what the bot wrote is read back, with why it was written', async () => {
  const { world } = await withTalk();
  expect(await fetchOwnRecord(world.gitlab, mr)).toEqual([
    {
      kind: 'note',
      key: 'rule/welcome',
      by: 'rule welcome',
      event: 'merge_request.opened',
      config: '4f2b9c1d',
      permission: null,
      at: expect.any(String) as unknown,
      noteId: expect.any(Number) as unknown,
    },
    expect.objectContaining({ kind: 'thread', key: 'hold', by: 'command hold', permission: 'Developer' }),
    expect.objectContaining({ kind: 'reply', key: '5', by: '', event: 'note', config: 'abcdef1234' }),
  ]);
  expect(await fetchOwnRecord(world.gitlab, issue)).toEqual([]);
});

test('what others pasted, and what was moved here from elsewhere, is no record', async () => {
  const { gitlab, world } = await withTalk();
  const own = gitlab.state.mergeRequests[0]?.notes.map(({ body }) => body) ?? [];
  for (const body of own) {
    await askEmbedded(gitlab, 'POST merge_requests/17/notes', { body: { body }, token: tokens.ada });
    // An answer counts by its author alone: it leads to no deed, and keeps commands from being run again after a new
    // token.
    if (body !== replyBody()) await askEmbedded(gitlab, 'POST issues/5/notes', { body: { body } });
  }
  expect(await fetchOwnRecord(world.gitlab, mr)).toHaveLength(3);
  expect(await fetchOwnRecord(world.gitlab, issue)).toEqual([]);
});
