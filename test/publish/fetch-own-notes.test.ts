import { describe, expect, test } from 'vitest';
import { fetchOwnNotes } from '../../src/publish/fetch-own-notes.ts';
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
