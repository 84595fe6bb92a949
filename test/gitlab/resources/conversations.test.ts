import nock from 'nock';
import { describe, expect, test } from 'vitest';
import type { Noteable } from '../../../src/model/noteable.ts';
import { connect, origin, rejection } from '../connect-for-test.ts';
import { aThreadNoteAnswer } from '../contract-of-bot.ts';

const issue: Noteable = { kind: 'issue', project: 42, iid: 5 };
const path = '/api/v4/projects/42/issues/5';
const gone = { message: '404 Not Found' };
const taken = { message: '404 Award Emoji {:name=>["has already been taken"]} Not Found' };
const me = { id: 7, username: 'herald-bot' };
const own = aThreadNoteAnswer({ body: 'Done' });
const foreign = aThreadNoteAnswer({ id: 300, author: { id: 8, username: 'ada' }, body: 'Done' });

describe('talk', () => {
  test('that is gone is null, and removing it is not an error', async () => {
    nock(origin).get(`${path}/discussions/f00`).reply(404, gone);
    nock(origin).delete(`${path}/notes/301`).reply(404, gone);
    nock(origin).delete(`${path}/award_emoji/1`).reply(404, gone);
    const { gitlab } = connect();
    expect(await gitlab.fetchThread(issue, 'f00')).toBeNull();
    await expect(gitlab.removeNoteOf(issue, 301)).resolves.toBeUndefined();
    await expect(gitlab.removeReaction(issue, null, 1)).resolves.toBeUndefined();
  });

  test('has the fields that Herald needs; internal is what GitLab calls so', async () => {
    nock(origin)
      .get(`${path}/discussions/f00`)
      .reply(200, { id: 'f00', notes: [aThreadNoteAnswer({ internal: true, resolvable: null })] });
    expect(await connect().gitlab.fetchThread(issue, 'f00')).toEqual({
      id: 'f00',
      individual: false,
      notes: [
        {
          id: 301,
          body: 'All good',
          authorId: 7,
          authorUsername: 'herald-bot',
          system: false,
          internal: true,
          createdAt: '2026-03-04T10:00:00.000Z',
          updatedAt: '2026-03-04T10:05:00.000Z',
          resolvable: false,
          resolved: false,
          resolvedById: null,
          place: null,
        },
      ],
    });
  });

  test('knows where on the diff GitLab shows it', async () => {
    const position = { head_sha: 'c0ffee', new_path: 'src/a.ts', new_line: null, old_line: 3 };
    nock(origin)
      .get(`${path}/discussions/f00`)
      .reply(200, { id: 'f00', notes: [aThreadNoteAnswer({ position })] });
    const thread = await connect().gitlab.fetchThread(issue, 'f00');
    expect(thread?.notes[0]?.place).toEqual({ headSha: 'c0ffee', path: 'src/a.ts', line: null });
  });

  test('of quick actions alone is refused, since GitLab makes no comment of it', async () => {
    nock(origin).post(`${path}/notes`).reply(202, { commands_changes: {} });
    const error = await rejection(connect().gitlab.addNoteTo(issue, '/close'));
    expect(error).toMatchObject({ code: 'refused', status: 202 });
  });
});

describe('a lost answer', () => {
  test.each([
    {
      name: 'to a reply: the thread is read, and what another wrote is not taken for ours',
      read: `${path}/discussions/f00`,
      answer: { id: 'f00', notes: [foreign, own] },
      post: `${path}/discussions/f00/notes`,
      write: () => connect().gitlab.replyInThread(issue, 'f00', 'Done\n'),
    },
    {
      name: 'to a comment: the newest comments are read',
      read: `${path}/notes?sort=desc&order_by=created_at&activity_filter=only_comments&per_page=100`,
      answer: [own, foreign],
      post: `${path}/notes`,
      write: () => connect().gitlab.addNoteTo(issue, 'Done'),
    },
  ])('$name', async ({ read, answer, post, write }) => {
    nock(origin).post(post).reply(502);
    nock(origin).get('/api/v4/user').reply(200, me);
    nock(origin).get(read).reply(200, answer);
    expect(await write()).toMatchObject({ id: 301 });
  });

  test('to a thread: the threads are read', async () => {
    nock(origin).post(`${path}/discussions`).reply(502);
    nock(origin).get('/api/v4/user').reply(200, me);
    nock(origin)
      .get(`${path}/discussions?per_page=100`)
      .reply(200, [
        { id: 'a', notes: [foreign, own] },
        { id: 'b', notes: [own] },
      ]);
    expect(await connect().gitlab.startThread(issue, 'Done')).toMatchObject({ id: 'b' });
  });

  test('to a reply that did not land: it is sent once more', async () => {
    nock(origin).post(`${path}/discussions/f00/notes`).reply(502);
    nock(origin).get('/api/v4/user').reply(200, me);
    nock(origin)
      .get(`${path}/discussions/f00`)
      .reply(200, { id: 'f00', notes: [foreign] });
    nock(origin).post(`${path}/discussions/f00/notes`).reply(201, own);
    expect(await connect().gitlab.replyInThread(issue, 'f00', 'Done')).toMatchObject({ id: 301 });
  });
});

describe('a reaction', () => {
  test('that was given already is there', async () => {
    nock(origin).post(`${path}/award_emoji`).reply(404, taken);
    expect(await connect().gitlab.addReaction(issue, null, 'eyes')).toBe('there');
  });

  test('on what is gone is refused', async () => {
    nock(origin).post(`${path}/award_emoji`).reply(404, gone);
    const error = await rejection(connect().gitlab.addReaction(issue, null, 'eyes'));
    expect(error).toMatchObject({ code: 'refused', status: 404 });
  });

  test('whose answer was lost is looked for', async () => {
    nock(origin).post(`${path}/award_emoji`).reply(502);
    nock(origin).get('/api/v4/user').reply(200, me);
    nock(origin)
      .get(`${path}/award_emoji?per_page=100`)
      .reply(200, [{ id: 1, name: 'eyes', user: me }]);
    expect(await connect().gitlab.addReaction(issue, null, 'eyes')).toBe('added');
  });
});
