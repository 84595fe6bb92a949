import { describe, expect, test } from 'vitest';
import { withMarker } from '../../src/publish/marker.ts';
import { ownNotesOf } from '../../src/publish/note-author.ts';
import { publishNote } from '../../src/publish/publish-note.ts';
import { aClock, aLog, aNote, NotesInMemory, otherUserId, ownUserId } from './notes-in-memory.ts';

const sha = 'c'.repeat(40);
const mergeRequest = { project: 42, iid: 7, url: 'https://gitlab.example.com/g/p/-/merge_requests/7' };
const key = 'report';

async function publish(
  gitlab: NotesInMemory,
  pipelineId: number,
  changes: { key?: string; iid?: number } = {},
) {
  const world = { gitlab: gitlab.clientOf(), clock: aClock(() => Promise.resolve()), log: aLog([]) };
  const before = gitlab.requests.length;
  const wanted = {
    place: { ...mergeRequest, iid: changes.iid ?? 7 },
    key: changes.key ?? key,
    body: `pipeline ${pipelineId}`,
    pipelineId,
    sha,
  };
  await publishNote(world, wanted, {
    dryRun: false,
    createMissing: true,
    locked: false,
    findQuickActions: () => [],
  });
  return gitlab.requests.slice(before);
}

describe('a note that proves whose it is', () => {
  test('saves the question who we are, from the second run on', async () => {
    const gitlab = new NotesInMemory();
    expect(await publish(gitlab, 1)).toContain('GET user');
    expect(await publish(gitlab, 2)).toEqual(['GET page 1', 'PUT note 1', 'GET note 1']);
    expect(await publish(gitlab, 2)).toEqual(['GET page 1']);
  });

  test('is not edited where somebody else pasted it whole, and GitLab is asked', async () => {
    const gitlab = new NotesInMemory();
    await publish(gitlab, 1);
    const pasted = aNote({ id: 9, body: gitlab.notes[0]?.body ?? '', authorId: otherUserId });
    gitlab.notes = [pasted];
    expect(await publish(gitlab, 2)).toContain('GET user');
    expect(gitlab.notes[0]).toEqual(pasted);
    expect(gitlab.notes).toHaveLength(2);
  });

  test.each([
    { name: 'of another key', changes: { key: 'lint' } },
    { name: 'of another merge request', changes: { iid: 8 } },
  ])('proves nothing for a note $name', async ({ changes }) => {
    const gitlab = new NotesInMemory();
    await publish(gitlab, 1);
    const [note] = gitlab.notes;
    if (note === undefined) throw new Error('no note');
    gitlab.notes = [{ ...note, body: note.body.replace('key=report', `key=${changes.key ?? key}`) }];
    expect(await publish(gitlab, 2, changes)).toContain('GET user');
  });

  test('of another token is settled by asking, and stays one note', async () => {
    const gitlab = new NotesInMemory([
      aNote({
        id: 5,
        body: withMarker({ key, pipelineId: 1, sha }, 'old', { id: ownUserId, proof: 'x'.repeat(22) }),
      }),
    ]);
    expect(await publish(gitlab, 2)).toContain('GET user');
    expect(gitlab.notes.map(({ id }) => id)).toEqual([5]);
  });

  test('is never a system note', async () => {
    const gitlab = new NotesInMemory();
    await publish(gitlab, 1);
    const [note] = gitlab.notes;
    if (note === undefined) throw new Error('no note');
    expect(
      await ownNotesOf(gitlab.clientOf(), { place: mergeRequest, key }).isOwn({ ...note, system: true }),
    ).toBe(false);
  });
});
