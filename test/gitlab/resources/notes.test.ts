import nock from 'nock';
import { describe, expect, test } from 'vitest';
import type { Note } from '../../../src/gitlab/ports/port.ts';
import { aNoteAnswer, connect, mergeRequest, notesAddress, origin, rejection } from '../connect-for-test.ts';

const listing = { sort: 'desc', order_by: 'created_at', activity_filter: 'only_comments', per_page: 100 };
const user = { id: 7, username: 'herald-bot' };

function ids(notes: readonly Note[]): readonly number[] {
  return notes.map(({ id }) => id);
}

describe('notes', () => {
  test('have the fields that Herald needs, whatever else GitLab adds', async () => {
    nock(origin)
      .get(`${notesAddress}/301`)
      .reply(200, aNoteAnswer({ brand_new: { field: 1 } }));
    expect(await connect().gitlab.fetchNote(mergeRequest, 301)).toEqual({
      id: 301,
      body: 'All good',
      authorId: 7,
      system: false,
      createdAt: '2026-03-04T10:00:00.000Z',
      updatedAt: '2026-03-04T10:05:00.000Z',
    });
  });

  test('that are not there are null, and deleting them is not an error', async () => {
    nock(origin).get(`${notesAddress}/301`).reply(404, { message: '404 Note Not Found' });
    nock(origin).delete(`${notesAddress}/301`).reply(404, { message: '404 Note Not Found' });
    const { gitlab } = connect();
    expect(await gitlab.fetchNote(mergeRequest, 301)).toBeNull();
    await expect(gitlab.deleteNote(mergeRequest, 301)).resolves.toBeUndefined();
  });

  test.each([
    { what: 'its number', total: '4', last: 4 },
    { what: 'no number, as above 10,000', total: null, last: null },
    { what: 'an empty number', total: '', last: null },
  ])('are asked for by page, and the last one has $what', async ({ total, last }) => {
    const link = `<${origin}${notesAddress}?page=4&per_page=100&sort=asc>; rel="next"`;
    const headers: Record<string, string> = total === null ? { link } : { link, 'x-total-pages': total };
    nock(origin)
      .get(notesAddress)
      .query({ ...listing, sort: 'asc', page: 3 })
      .reply(200, [aNoteAnswer({ id: 1 }), aNoteAnswer({ id: 2 })], headers);
    const { gitlab } = connect();
    const page = await gitlab.fetchNotePage(mergeRequest, 3);
    expect({ ...page, notes: ids(page.notes) }).toEqual({ notes: [1, 2], more: true, last });
    expect(gitlab.requestCount()).toBe(1);
  });

  test('end with the page that no other follows', async () => {
    nock(origin)
      .get(notesAddress)
      .query({ ...listing, sort: 'asc' })
      .reply(200, [], { 'x-next-page': '', 'x-total-pages': '1' });
    expect(await connect().gitlab.fetchNotePage(mergeRequest, 1)).toEqual({
      notes: [],
      more: false,
      last: 1,
    });
  });

  test('that hold only quick actions are refused, since GitLab makes no note of them', async () => {
    nock(origin)
      .post(notesAddress)
      .reply(202, { commands_changes: {}, summary: ['Closed this.'] });
    const error = await rejection(connect().gitlab.createNote(mergeRequest, '/close'));
    expect(error).toMatchObject({ code: 'refused', status: 202 });
    expect(error.message).toContain('quick actions');
  });
});

describe('a note is created exactly once', () => {
  const body = 'All good  \r\nreally \n';
  const landed = aNoteAnswer({ id: 302, body: 'All good  \nreally' });

  function listNewest(notes: readonly Record<string, unknown>[]): void {
    nock(origin)
      .get(notesAddress)
      .query(listing)
      .reply(200, [...notes]);
  }

  test.each([500, 502, 503, 504])('when the answer is %i but the note is there', async (status) => {
    nock(origin).post(notesAddress).reply(status, 'Bad luck');
    nock(origin).get('/api/v4/user').reply(200, user);
    listNewest([aNoteAnswer({ id: 303, body: 'other' }), landed]);
    const { gitlab, clock } = connect();
    expect(await gitlab.createNote(mergeRequest, body)).toMatchObject({ id: 302 });
    expect(clock.sleeps).toEqual([1000]);
  });

  test('when the answer is 502 and the note is not there, by a second create', async () => {
    nock(origin).post(notesAddress).reply(502);
    nock(origin).get('/api/v4/user').reply(200, user);
    listNewest([
      aNoteAnswer({ id: 301, body: 'All good  \nreally', author: { id: 8 } }),
      aNoteAnswer({ id: 300, body: 'All good, really' }),
    ]);
    nock(origin).post(notesAddress).reply(201, landed);
    expect(await connect().gitlab.createNote(mergeRequest, body)).toMatchObject({ id: 302 });
  });

  test('and given up when it never lands', async () => {
    nock(origin).post(notesAddress).times(4).reply(503, 'down');
    nock(origin).get('/api/v4/user').reply(200, user);
    nock(origin).get(notesAddress).query(listing).times(4).reply(200, []);
    const { gitlab, clock } = connect();
    const error = await rejection(gitlab.createNote(mergeRequest, body));
    expect(error).toMatchObject({ name: 'GitLabUnreachableError', status: 503 });
    expect(clock.sleeps).toEqual([1000, 2000, 4000, 8000]);
  });

  test('after 429, when GitLab has done nothing, without looking', async () => {
    nock(origin)
      .post(notesAddress)
      .reply(429, 'Retry later\n', { 'retry-after': '60', 'content-type': 'text/plain' });
    nock(origin).post(notesAddress).reply(201, landed);
    const { gitlab, clock } = connect();
    expect(await gitlab.createNote(mergeRequest, body)).toMatchObject({ id: 302 });
    expect(clock.sleeps).toEqual([60_000]);
  });

  test('and not at all when GitLab refuses it', async () => {
    nock(origin)
      .post(notesAddress)
      .reply(422, { message: { note: ["can't be blank"] } });
    const { gitlab } = connect();
    expect((await rejection(gitlab.createNote(mergeRequest, body))).message).toContain("note can't be blank");
    expect(gitlab.requestCount()).toBe(1);
  });
});
