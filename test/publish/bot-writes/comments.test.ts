import { describe, expect, test } from 'vitest';
import type { BotAction } from '../../../src/model/bot-write.ts';
import { askEmbedded, startEmbedded, tokens } from '../../support/gitlab/ask.ts';
import type { EmbeddedGitLab } from '../../support/gitlab/embedded-gitlab.ts';
import { atOnce, changesSince, issue, mr, perform, rule, saying, worldAt } from './world.ts';

const welcome = (words: string, key = 'rule/welcome'): BotAction => ({
  do: 'comment',
  on: mr,
  key,
  document: saying(words),
});

function bodies({ state }: EmbeddedGitLab): readonly string[] {
  return (state.mergeRequests[0]?.notes ?? []).map(({ body }) => body.split('\n').at(-1) ?? '');
}

test('a reaction of somebody else is left, and so is another one of the bot', async () => {
  const gitlab = await startEmbedded();
  const react = (name: string, token: string) =>
    askEmbedded(gitlab, 'POST issues/5/award_emoji', { body: { name }, token });
  for (const [name, token] of [
    ['eyes', tokens.bot],
    ['eyes', tokens.ada],
    ['tada', tokens.bot],
  ] as const)
    await react(name, token);
  await perform(worldAt(gitlab), { do: 'unreact', on: issue, noteId: null, emoji: 'eyes' });
  const left = gitlab.state.issues[0]?.reactions?.map(({ name, user }) => [name, user.id]);
  expect(left).toEqual([
    ['eyes', 11],
    ['tada', 7],
  ]);
});

describe('a comment', () => {
  test('is updated in place when it has something else to say', async () => {
    const gitlab = await startEmbedded();
    await perform(worldAt(gitlab), welcome('One'));
    const from = gitlab.requests.length;
    expect(await perform(worldAt(gitlab), welcome('Two'))).toMatchObject({ outcome: 'done' });
    expect(bodies(gitlab)).toEqual(['Two']);
    expect(changesSince(gitlab, from)).toEqual([expect.stringMatching(/^PUT .*\/notes\/\d+$/)]);
  });

  test('is not written again only because another event is its cause', async () => {
    const gitlab = await startEmbedded();
    await perform(worldAt(gitlab), welcome('One'));
    const other = { ...rule, event: 'merge_request.updated', config: 'ffffffff' };
    expect((await perform(worldAt(gitlab), welcome('One'), other)).outcome).toBe('there');
  });

  test('of each key stands for itself, on each object', async () => {
    const gitlab = await startEmbedded();
    await perform(worldAt(gitlab), welcome('One'));
    await perform(worldAt(gitlab), welcome('Two', 'rule/other'));
    await perform(worldAt(gitlab), {
      do: 'comment',
      on: issue,
      key: 'rule/welcome',
      document: saying('Three'),
    });
    expect(bodies(gitlab)).toEqual(['One', 'Two']);
    expect(gitlab.state.issues[0]?.notes).toHaveLength(1);
  });

  test('leads to itself', async () => {
    const gitlab = await startEmbedded();
    const { url } = await perform(worldAt(gitlab), welcome('One'));
    const id = gitlab.state.mergeRequests[0]?.notes[0]?.id ?? 0;
    expect(url).toBe(`${gitlab.url}/shop/till/-/merge_requests/17#note_${id}`);
  });

  test('that somebody pasted whole is left alone, and the own one is written beside it', async () => {
    const gitlab = await startEmbedded();
    await perform(worldAt(gitlab), welcome('One'));
    const [own] = gitlab.state.mergeRequests[0]?.notes ?? [];
    gitlab.state.mergeRequests[0]?.notes.pop();
    await askEmbedded(gitlab, 'POST merge_requests/17/notes', {
      body: { body: own?.body },
      token: tokens.ada,
    });
    await perform(worldAt(gitlab), welcome('Two'));
    expect(bodies(gitlab)).toEqual(['One', 'Two']);
  });

  test('is found behind hundreds of others', async () => {
    const gitlab = await startEmbedded();
    const notes = gitlab.state.mergeRequests[0]?.notes ?? [];
    const [, ada] = gitlab.state.users;
    const at = '2026-03-04T10:00:00.000Z';
    for (let id = 1; ada !== undefined && id <= 205; id += 1)
      notes.push({ id, author: ada, body: 'Talk', system: false, created_at: at, updated_at: at });
    await perform(worldAt(gitlab), welcome('One'));
    expect((await perform(worldAt(gitlab), welcome('One'))).outcome).toBe('there');
    expect(notes).toHaveLength(206);
  });

  test('that stands twice is one again after the next run', async () => {
    const gitlab = await startEmbedded();
    await perform(worldAt(gitlab), welcome('One'));
    const notes = gitlab.state.mergeRequests[0]?.notes ?? [];
    const [own] = notes;
    if (own !== undefined) notes.push({ ...own, id: own.id + 1 });
    expect((await perform(worldAt(gitlab), welcome('One'))).outcome).toBe('there');
    expect(notes).toEqual([own]);
  });

  test('by two runs that say different things is one, and says what the later said', async () => {
    const gitlab = await startEmbedded({ latencyMilliseconds: 10 });
    await atOnce(
      () => perform(worldAt(gitlab), welcome('One')),
      () => perform(worldAt(gitlab), welcome('Two')),
    );
    const created = gitlab.requests.filter(({ method }) => method === 'POST').map(({ body }) => body['body']);
    expect(bodies(gitlab)).toEqual([String(created.at(-1)).split('\n').at(-1)]);
  });

  test('stays one when the token is replaced', async () => {
    const gitlab = await startEmbedded();
    await perform(worldAt(gitlab), welcome('One'));
    const next = worldAt(gitlab, tokens.nextBot);
    expect((await perform(next, welcome('One'))).outcome).toBe('there');
    await perform(next, welcome('Two'));
    expect(bodies(gitlab)).toEqual(['Two']);
  });

  test('whose answer was lost is not written twice', async () => {
    let lost = 0;
    const gitlab = await startEmbedded({
      beforeRequest: ({ method }) => {
        if (method === 'POST') lost += 1;
        return method === 'POST' && lost === 1 ? 'reset-after' : undefined;
      },
    });
    expect((await perform(worldAt(gitlab), welcome('One'))).outcome).toBe('done');
    expect(bodies(gitlab)).toEqual(['One']);
  });
});
