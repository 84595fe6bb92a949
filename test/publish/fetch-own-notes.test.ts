import { describe, expect, test } from 'vitest';
import { fetchOwnNotes, ownNotesIn } from '../../src/publish/fetch-own-notes.ts';
import { aNote, NotesInMemory } from './notes-in-memory.ts';

const place = { project: 42, iid: 7 };

/** A merge request with so many comments, of which those at these places, from 1, are ours. */
async function search(count: number, ours: readonly number[], { counts = true } = {}) {
  const notes = Array.from({ length: count }, (_, index) => aNote({ id: index + 1, body: 'text' }));
  const gitlab = new NotesInMemory(notes);
  gitlab.counts = counts;
  const found = await fetchOwnNotes(gitlab.clientOf(), { place }, ({ id }) => ours.includes(id));
  return { found: found.map(({ id }) => id), pages: gitlab.requests.map((request) => request.slice(9)) };
}

describe('our note among many comments', () => {
  test.each([
    { where: 'the first comments', ours: [3], pages: ['1'] },
    { where: 'the newest comments', ours: [320], pages: ['1', '4'] },
    { where: 'the middle', ours: [250], pages: ['1', '4', '2', '3'] },
    { where: 'no place: each page is read once', ours: [], pages: ['1', '4', '2', '3'] },
  ])('is in $where of 350', async ({ ours, pages }) => {
    expect(await search(350, ours)).toEqual({ found: ours, pages });
  });

  test('with 300 comments and none of ours, costs no request more than there are pages', async () => {
    expect((await search(300, [])).pages).toEqual(['1', '3', '2']);
  });

  test.each([
    { ours: [100, 101], pages: ['1', '2'] },
    { ours: [199, 203], pages: ['1', '4', '2', '3'] },
    { ours: [299, 305], pages: ['1', '4', '3'] },
  ])('and its duplicate over the edge of a page are both found: $ours', async ({ ours, pages }) => {
    expect(await search(350, ours)).toEqual({ found: ours, pages });
  });

  test('is looked for from the start where GitLab does not count', async () => {
    expect(await search(350, [150], { counts: false })).toEqual({ found: [150], pages: ['1', '2'] });
    expect((await search(350, [], { counts: false })).pages).toEqual(['1', '2', '3', '4']);
  });

  test('is found on a page that begins while the others are read', async () => {
    const notes = Array.from({ length: 300 }, (_, index) => aNote({ id: index + 1, body: 'text' }));
    const gitlab = new NotesInMemory(notes);
    const client = gitlab.clientOf();
    const fetchNotePage: typeof client.fetchNotePage = async (...of) => {
      const page = await client.fetchNotePage(...of);
      if (gitlab.notes.length === 300) gitlab.notes.push(aNote({ id: 301, body: 'ours' }));
      return page;
    };
    const isOwn = ({ body }: { readonly body: string }): boolean => body === 'ours';
    const found = await fetchOwnNotes({ ...client, fetchNotePage }, { place }, isOwn);
    expect(found.map(({ id }) => id)).toEqual([301]);
  });
});

describe('our note among the first comments, which came in another way', () => {
  const comments = (count: number): ReturnType<typeof aNote>[] =>
    Array.from({ length: count }, (_, index) => aNote({ id: index + 1, body: 'text' }));

  test.each([
    { what: 'all comments have it', count: 5, more: false, ours: [3], found: [3] },
    { what: 'all comments have it and a duplicate', count: 5, more: false, ours: [5, 2], found: [2, 5] },
    { what: 'all comments lack it', count: 5, more: false, ours: [], found: [] },
    { what: 'there are none', count: 0, more: false, ours: [], found: [] },
    { what: 'the first of many have it', count: 100, more: true, ours: [90], found: [90] },
    { what: 'the first of many have it next to their end', count: 100, more: true, ours: [91], found: null },
    { what: 'the first of many have two', count: 100, more: true, ours: [4, 91], found: null },
    { what: 'the first of many lack it', count: 100, more: true, ours: [], found: null },
  ])('$what', async ({ count, more, ours, found }) => {
    const own = await ownNotesIn(comments(count), more, ({ id }) => ours.includes(id));
    expect(own?.map(({ id }) => id) ?? null).toEqual(found);
  });

  test('says what all pages say, wherever it is, or nothing', async () => {
    for (const count of [90, 100, 101, 150])
      for (let at = 1; at <= count; at += 1) {
        const first = comments(count).slice(0, 100);
        const own = await ownNotesIn(first, count > 100, ({ id }) => id === at || id === at + 1);
        const { found } = await search(count, [at, at + 1]);
        expect(own?.map(({ id }) => id) ?? found, `${at} of ${count}`).toEqual(found);
      }
  });
});
