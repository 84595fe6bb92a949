import { describe, expect, test } from 'vitest';
import type { BotAction } from '../../../src/model/bot-write.ts';
import { askEmbedded, startEmbedded, tokens } from '../../support/gitlab/ask.ts';
import type { EmbeddedGitLab } from '../../support/gitlab/embedded-gitlab.ts';
import { command, mr, perform, rule, saying, worldAt } from './world.ts';

const open = (words: string): BotAction => ({
  do: 'openThread',
  on: mr,
  key: 'hold',
  document: saying(words),
});
const resolve: BotAction = { do: 'resolveThread', on: mr, key: 'hold' };

function threads({ state }: EmbeddedGitLab) {
  return (state.mergeRequests[0]?.notes ?? []).map(({ body, resolved }) => [
    body.split('\n').at(-1),
    resolved ?? false,
  ]);
}

/** A person resolves every thread. */
async function resolveByHand(gitlab: EmbeddedGitLab): Promise<void> {
  const { json } = await askEmbedded(gitlab, 'GET merge_requests/17/discussions');
  for (const { id } of json as { id: string }[])
    await askEmbedded(gitlab, `PUT merge_requests/17/discussions/${id}`, {
      body: { resolved: true },
      token: tokens.ada,
    });
}

describe('a thread', () => {
  test.each([
    { name: 'that the bot resolved is opened again by a rule', by: 'bot', cause: rule, resolved: false },
    { name: 'that a person resolved is left so by a rule', by: 'person', cause: rule, resolved: true },
    {
      name: 'that a person resolved is opened again by a command',
      by: 'person',
      cause: command,
      resolved: false,
    },
  ])('$name', async ({ by, cause, resolved }) => {
    const gitlab = await startEmbedded();
    await perform(worldAt(gitlab), open('On hold.'), cause);
    if (by === 'bot') await perform(worldAt(gitlab), resolve);
    else await resolveByHand(gitlab);
    expect(threads(gitlab)).toEqual([['On hold.', true]]);
    const { outcome } = await perform(worldAt(gitlab), open('On hold.'), cause);
    expect(threads(gitlab)).toEqual([['On hold.', resolved]]);
    expect(outcome).toBe(resolved ? 'there' : 'done');
  });

  test('with another reason keeps its place', async () => {
    const gitlab = await startEmbedded();
    await perform(worldAt(gitlab), open('On hold.'), command);
    await perform(worldAt(gitlab), open('On hold: wait for the release.'), command);
    expect(threads(gitlab)).toEqual([['On hold: wait for the release.', false]]);
  });

  test('that people talked in is resolved whole', async () => {
    const gitlab = await startEmbedded();
    await perform(worldAt(gitlab), open('On hold.'), command);
    const { json } = await askEmbedded(gitlab, 'GET merge_requests/17/discussions');
    const [thread] = json as { id: string }[];
    const path = `POST merge_requests/17/discussions/${thread?.id ?? ''}/notes`;
    await askEmbedded(gitlab, path, { body: { body: 'Why?' }, token: tokens.ada });
    await perform(worldAt(gitlab), resolve);
    expect(threads(gitlab).map(([, resolved]) => resolved)).toEqual([true, true]);
  });

  test('is no comment: a comment of the same key stands beside it', async () => {
    const gitlab = await startEmbedded();
    await perform(worldAt(gitlab), open('On hold.'));
    await perform(worldAt(gitlab), { do: 'comment', on: mr, key: 'hold', document: saying('Note') });
    await perform(worldAt(gitlab), { do: 'removeComment', on: mr, key: 'hold' });
    expect(threads(gitlab)).toEqual([['On hold.', false]]);
  });
});
