import nock from 'nock';
import { expect, test } from 'vitest';
import { aNoteAnswer, connect, origin, rejection } from '../connect-for-test.ts';

const sha = '6f1d0c9b2a7e4f5d8c3b1a09e7d6c5b4a3928170';
const commit = { project: 42, sha };
const address = `/api/v4/projects/42/repository/commits/${sha}/discussions`;

function aThread(id: string, noteId: number, body = 'All good'): Record<string, unknown> {
  return { id, individual_note: false, notes: [aNoteAnswer({ id: noteId, body })] };
}

test('notes on a commit are the first ones of its discussions, which are listed by page', async () => {
  const answered = { id: 'c3', notes: [aNoteAnswer({ id: 5 }), aNoteAnswer({ id: 6 })] };
  nock(origin)
    .get(address)
    .query({ per_page: 100, page: 2 })
    .reply(200, [aThread('a1', 1), { id: 'b2', notes: [] }, answered], {
      'x-next-page': '3',
      'x-total-pages': '4',
    });
  const { gitlab } = connect();
  const { notes, ...page } = await gitlab.fetchNotePage(commit, 2);
  expect(notes.map(({ id }) => id)).toEqual([1, 5]);
  expect(page).toEqual({ more: true, last: 4 });
  expect(gitlab.requestCount()).toBe(1);
});

test('a note on a commit is read, edited and deleted in its discussion', async () => {
  nock(origin)
    .get(address)
    .query({ per_page: 100 })
    .reply(200, [aThread('a1', 1)]);
  nock(origin).get(`${address}/a1`).reply(200, aThread('a1', 1));
  nock(origin)
    .put(`${address}/a1/notes/1`, { body: 'Better' })
    .reply(200, aNoteAnswer({ id: 1, body: 'Better' }));
  nock(origin).delete(`${address}/a1/notes/1`).reply(204);
  nock(origin).get(`${address}/a1`).reply(404, { message: '404 Discussion Not Found' });
  const { gitlab } = connect();
  await gitlab.fetchNotePage(commit, 1);
  expect((await gitlab.fetchNote(commit, 1))?.body).toBe('All good');
  expect((await gitlab.updateNote(commit, 1, 'Better')).body).toBe('Better');
  await gitlab.deleteNote(commit, 1);
  expect(await gitlab.fetchNote(commit, 1)).toBeNull();
});

test('a note on a commit that is known from nowhere is an error of the program', async () => {
  await expect(connect().gitlab.updateNote(commit, 1, 'Better')).rejects.toThrow(TypeError);
});

test('a note on a commit is not sent twice where its answer is lost', async () => {
  nock(origin).post(address).reply(502, 'Bad luck');
  nock(origin).get('/api/v4/user').reply(200, { id: 7, username: 'herald-bot' });
  nock(origin)
    .get(address)
    .query({ per_page: 100 })
    .reply(200, [aThread('a1', 1, 'Another'), aThread('b2', 2)]);
  expect((await connect().gitlab.createNote(commit, 'All good \n')).id).toBe(2);
});

test('no note on a commit is made of quick actions alone', async () => {
  nock(origin)
    .post(address)
    .reply(202, { commands_changes: {}, summary: ['Closed this.'] });
  const error = await rejection(connect().gitlab.createNote(commit, '/close'));
  expect(error).toMatchObject({ code: 'refused', status: 202 });
});

test('a discussion without its note is looked for, and is an answer that cannot be used', async () => {
  nock(origin).post(address).reply(201, { id: 'a1', notes: [] });
  nock(origin).get('/api/v4/user').reply(200, { id: 7, username: 'herald-bot' });
  nock(origin).get(address).query({ per_page: 100 }).reply(200, []);
  const error = await rejection(connect().gitlab.createNote(commit, 'All good'));
  expect(error).toMatchObject({ code: 'unusable-answer', status: 201 });
});
