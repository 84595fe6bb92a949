import { describe, expect, test } from 'vitest';
import { GitLabUnreachableError } from '../../src/errors.ts';
import type { Note, Notes, Users } from '../../src/gitlab/ports/port.ts';
import { withMarker, withoutAuthor } from '../../src/publish/marker.ts';
import { findNotes, type NoteToPublish, publishNote } from '../../src/publish/publish-note.ts';
import { aClock, aLog, aNote, NotesInMemory, otherUserId, refused } from './notes-in-memory.ts';

const sha = 'c'.repeat(40);
const url = 'https://gitlab.example.com/g/p/-/merge_requests/7';
const wanted: NoteToPublish = {
  place: { project: 42, iid: 7, url },
  key: 'report',
  body: 'new text',
  pipelineId: 900,
  sha,
};

function body(pipelineId: number, text: string): string {
  return withMarker({ key: 'report', pipelineId, sha }, text);
}

const wantedBody = body(900, 'new text');
const unreachable = new GitLabUnreachableError('no answer', { status: null, request: 'GET /notes' });

interface Setting {
  readonly dryRun?: boolean;
  readonly createMissing?: boolean;
  readonly locked?: boolean;
  readonly client?: Partial<Users & Notes>;
  readonly onSleep?: () => void;
  readonly mayStay?: (standing: string, wanted: string) => boolean;
}

async function publish(
  gitlab: NotesInMemory,
  {
    dryRun = false,
    createMissing = true,
    locked = false,
    client = {},
    onSleep,
    mayStay = () => false,
  }: Setting = {},
) {
  const lines: string[] = [];
  const sleeps: number[] = [];
  const clock = aClock((milliseconds) => {
    sleeps.push(milliseconds);
    onSleep?.();
    return Promise.resolve();
  });
  const world = { gitlab: { ...gitlab.clientOf(), ...client }, clock, log: aLog(lines) };
  const result = await publishNote(world, wanted, {
    dryRun,
    createMissing,
    locked,
    findQuickActions: () => [],
    mayStay,
  });
  return { ...result, warnings: lines.filter((line) => line.startsWith('warn')), sleeps };
}

function bodies(gitlab: NotesInMemory): readonly string[] {
  return gitlab.notes.map((note) => withoutAuthor(note.body));
}

describe('requests', () => {
  test('a note that is current costs one page and no write', async () => {
    const gitlab = new NotesInMemory([aNote({ id: 5, body: wantedBody })]);
    const { outcome, noteUrl } = await publish(gitlab);
    expect({ outcome, noteUrl }).toEqual({ outcome: 'unchanged', noteUrl: `${url}#note_5` });
    expect(gitlab.requests).toEqual(['GET page 1', 'GET user']);
  });

  test('a note that changes costs one page, one update and one verifying read', async () => {
    const gitlab = new NotesInMemory([aNote({ id: 5, body: body(899, 'old') })]);
    const { outcome, sleeps } = await publish(gitlab);
    expect({ outcome, sleeps }).toEqual({ outcome: 'updated', sleeps: [750] });
    expect(gitlab.noteRequests).toEqual(['GET page 1', 'PUT note 5', 'GET note 5']);
    expect(bodies(gitlab)).toEqual([wantedBody]);
  });

  test('a first note costs a page before and a page after, and no waiting', async () => {
    const gitlab = new NotesInMemory();
    const { outcome, noteUrl, sleeps } = await publish(gitlab);
    expect({ outcome, noteUrl, sleeps }).toEqual({
      outcome: 'created',
      noteUrl: `${url}#note_1`,
      sleeps: [],
    });
    expect(gitlab.noteRequests).toEqual(['GET page 1', 'POST note', 'GET page 1']);
  });

  test('a newer note costs one page', async () => {
    const gitlab = new NotesInMemory([aNote({ id: 5, body: body(901, 'newer') })]);
    expect((await publish(gitlab)).outcome).toBe('newer-exists');
    expect(gitlab.noteRequests).toEqual(['GET page 1']);
  });
});

describe('when no first note is asked for', () => {
  test('none is created', async () => {
    const gitlab = new NotesInMemory();
    const { outcome, noteUrl } = await publish(gitlab, { createMissing: false });
    expect({ outcome, noteUrl }).toEqual({ outcome: 'not-needed', noteUrl: null });
    expect(gitlab.notes).toEqual([]);
  });

  test('a note that is there is updated all the same, so that no old result stays', async () => {
    const gitlab = new NotesInMemory([aNote({ id: 5, body: body(899, 'old') })]);
    expect((await publish(gitlab, { createMissing: false })).outcome).toBe('updated');
    expect(bodies(gitlab)).toEqual([wantedBody]);
  });
});

describe('a note that may stay', () => {
  const notes = [aNote({ id: 5, body: body(899, 'old') })];

  test('is not written', async () => {
    const gitlab = new NotesInMemory(notes);
    const { outcome, noteUrl } = await publish(gitlab, { mayStay: () => true });
    expect({ outcome, noteUrl }).toEqual({ outcome: 'unchanged', noteUrl: `${url}#note_5` });
    expect(gitlab.noteRequests).toEqual(['GET page 1']);
  });

  test('is written when it may not', async () => {
    const asked: (readonly string[])[] = [];
    const gitlab = new NotesInMemory(notes);
    const mayStay = (...bodies_: readonly string[]): boolean => {
      asked.push(bodies_);
      return false;
    };
    expect((await publish(gitlab, { mayStay })).outcome).toBe('updated');
    expect(asked).toEqual([[body(899, 'old'), 'new text']]);
  });

  test('that is not there yet is created', async () => {
    expect((await publish(new NotesInMemory(), { mayStay: () => true })).outcome).toBe('created');
  });
});

describe('search', () => {
  const talk = (count: number, first = 1): Note[] =>
    Array.from({ length: count }, (_, index) =>
      aNote({ id: first + index, body: 'talk', authorId: otherUserId }),
    );
  const ours = (id: number): Note => aNote({ id, body: wantedBody });

  test('reads on until the note is found and not further', async () => {
    const gitlab = new NotesInMemory([...talk(120), ours(121), ...talk(300, 122)]);
    expect((await publish(gitlab)).outcome).toBe('unchanged');
    expect(gitlab.noteRequests).toEqual(['GET page 1', 'GET page 5', 'GET page 2']);
  });

  test('reads one more page when the note stands at the very end of one, where a duplicate may follow', async () => {
    const gitlab = new NotesInMemory([...talk(98), ours(99), ...talk(1, 100), ours(101), ...talk(200, 102)]);
    await publish(gitlab);
    expect(gitlab.noteRequests).toEqual(['GET page 1', 'GET page 2', 'DELETE note 101']);
  });
});

describe('dry run', () => {
  test.each([
    { name: 'create', notes: [], outcome: 'created', noteUrl: null, todo: ['createNote'] },
    {
      name: 'update',
      notes: [aNote({ id: 5, body: body(1, 'old') }), aNote({ id: 6, body: body(2, 'old') })],
      outcome: 'updated',
      noteUrl: `${url}#note_5`,
      todo: ['updateNote', 'deleteNote'],
    },
  ])('gives the writes of an $name and makes none', async ({ notes, outcome, noteUrl, todo }) => {
    const gitlab = new NotesInMemory(notes);
    const result = await publish(gitlab, { dryRun: true });
    expect({ ...result, writes: result.writes.map((write) => write.do) }).toMatchObject({
      outcome,
      noteUrl,
      writes: todo,
    });
    expect(gitlab.noteRequests).toEqual(['GET page 1']);
    expect(gitlab.notes).toEqual(notes);
  });
});

describe('other runs', () => {
  test('an older pipeline that lands over ours is written over again', async () => {
    const gitlab = new NotesInMemory([aNote({ id: 5, body: body(800, 'old') })]);
    let landings = 0;
    const onSleep = (): void => {
      landings += 1;
      if (landings <= 2) gitlab.notes = [aNote({ id: 5, body: body(899, 'late') })];
    };
    expect((await publish(gitlab, { onSleep })).outcome).toBe('updated');
    expect(bodies(gitlab)).toEqual([wantedBody]);
  });

  test('after three rewrites it is left at that, with a warning', async () => {
    const gitlab = new NotesInMemory([aNote({ id: 5, body: body(800, 'old') })]);
    const onSleep = (): void => {
      gitlab.notes = [aNote({ id: 5, body: body(899, 'late') })];
    };
    const { warnings } = await publish(gitlab, { onSleep });
    expect(gitlab.noteRequests.filter((request) => request.startsWith('PUT'))).toHaveLength(4);
    expect(warnings).toHaveLength(1);
  });

  test('a newer pipeline that lands over ours is said and left', async () => {
    const gitlab = new NotesInMemory([aNote({ id: 5, body: body(800, 'old') })]);
    const onSleep = (): void => {
      gitlab.notes = [aNote({ id: 5, body: body(901, 'newer') })];
    };
    expect((await publish(gitlab, { onSleep })).outcome).toBe('newer-exists');
    expect(bodies(gitlab)).toEqual([body(901, 'newer')]);
  });

  test('a note whose marker somebody takes away is not touched again', async () => {
    const gitlab = new NotesInMemory([aNote({ id: 5, body: body(800, 'old') })]);
    const onSleep = (): void => {
      gitlab.notes = [aNote({ id: 5, body: 'mine now' })];
    };
    await publish(gitlab, { onSleep });
    expect(bodies(gitlab)).toEqual(['mine now']);
  });

  test('a note that is deleted while it is updated is created again', async () => {
    const gitlab = new NotesInMemory([aNote({ id: 5, body: body(800, 'old') })]);
    const client = gitlab.clientOf();
    let isFirst = true;
    const updateNote: Notes['updateNote'] = (...request) => {
      if (isFirst) gitlab.notes = [];
      isFirst = false;
      return client.updateNote(...request);
    };
    expect((await publish(gitlab, { client: { updateNote } })).noteUrl).toBe(`${url}#note_6`);
    expect(bodies(gitlab)).toEqual([wantedBody]);
  });

  test('a created note that the list does not show yet is not created twice', async () => {
    const gitlab = new NotesInMemory();
    const fetchNotePage: Notes['fetchNotePage'] = () => Promise.resolve({ notes: [], more: false, last: 1 });
    expect((await publish(gitlab, { client: { fetchNotePage } })).noteUrl).toBe(`${url}#note_1`);
    expect(gitlab.notes).toHaveLength(1);
  });
});

describe('with the lock of the note', () => {
  test('a note that changes costs one page and one update, without a wait', async () => {
    const gitlab = new NotesInMemory([aNote({ id: 5, body: body(800, 'old') })]);
    const { outcome, noteUrl, sleeps } = await publish(gitlab, { locked: true });
    expect({ outcome, noteUrl, sleeps }).toEqual({
      outcome: 'updated',
      noteUrl: `${url}#note_5`,
      sleeps: [],
    });
    expect(gitlab.noteRequests).toEqual(['GET page 1', 'PUT note 5']);
  });

  test('a first note costs one page and one create', async () => {
    const gitlab = new NotesInMemory();
    const { outcome, noteUrl } = await publish(gitlab, { locked: true });
    expect({ outcome, noteUrl }).toEqual({ outcome: 'created', noteUrl: `${url}#note_1` });
    expect(gitlab.noteRequests).toEqual(['GET page 1', 'POST note']);
  });

  test('a newer pipeline that was first keeps the note', async () => {
    const gitlab = new NotesInMemory([aNote({ id: 5, body: body(901, 'newer') })]);
    expect((await publish(gitlab, { locked: true })).outcome).toBe('newer-exists');
    expect(bodies(gitlab)).toEqual([body(901, 'newer')]);
  });

  test('a create whose answer is lost is looked for', async () => {
    const gitlab = new NotesInMemory();
    const client = gitlab.clientOf();
    const createNote: Notes['createNote'] = async (...request) => {
      await client.createNote(...request);
      throw unreachable;
    };
    expect((await publish(gitlab, { locked: true, client: { createNote } })).noteUrl).toBe(`${url}#note_1`);
  });
});

describe('failures', () => {
  test('a refused create is thrown as it is, without another look', async () => {
    const gitlab = new NotesInMemory();
    const createNote: Notes['createNote'] = () => Promise.reject(refused(403));
    await expect(publish(gitlab, { client: { createNote } })).rejects.toMatchObject({ status: 403 });
    expect(gitlab.noteRequests).toEqual(['GET page 1']);
  });

  test('a create whose answer is lost but that has landed is taken as done', async () => {
    const gitlab = new NotesInMemory();
    const client = gitlab.clientOf();
    const createNote: Notes['createNote'] = async (...request) => {
      await client.createNote(...request);
      throw unreachable;
    };
    const { outcome, noteUrl } = await publish(gitlab, { client: { createNote } });
    expect({ outcome, noteUrl }).toEqual({ outcome: 'created', noteUrl: `${url}#note_1` });
  });

  test('a create that is lost becomes an update when another run has created the note', async () => {
    const gitlab = new NotesInMemory();
    const createNote: Notes['createNote'] = () => {
      gitlab.notes = [aNote({ id: 5, body: body(899, 'of another run') })];
      return Promise.reject(unreachable);
    };
    expect((await publish(gitlab, { client: { createNote } })).noteUrl).toBe(`${url}#note_5`);
    expect(bodies(gitlab)).toEqual([wantedBody]);
  });

  test('a create whose landing cannot be seen is thrown', async () => {
    const gitlab = new NotesInMemory();
    let pages = 0;
    const client = gitlab.clientOf();
    const createNote: Notes['createNote'] = () => Promise.reject(unreachable);
    const fetchNotePage: Notes['fetchNotePage'] = (...page) => {
      pages += 1;
      return pages > 1 ? Promise.reject(refused(500)) : client.fetchNotePage(...page);
    };
    await expect(publish(gitlab, { client: { createNote, fetchNotePage } })).rejects.toBe(unreachable);
  });

  test('a created note stays when the look afterwards fails', async () => {
    const gitlab = new NotesInMemory();
    let pages = 0;
    const client = gitlab.clientOf();
    const fetchNotePage: Notes['fetchNotePage'] = (...page) => {
      pages += 1;
      return pages > 1 ? Promise.reject(refused(500)) : client.fetchNotePage(...page);
    };
    const { noteUrl, warnings } = await publish(gitlab, { client: { fetchNotePage } });
    expect({ noteUrl, warnings: warnings.length }).toEqual({ noteUrl: `${url}#note_1`, warnings: 1 });
  });

  test('a created note that GitLab gives to somebody else is not created again', async () => {
    const gitlab = new NotesInMemory();
    const client = gitlab.clientOf();
    const createNote: Notes['createNote'] = async (...request) => {
      const note = await client.createNote(...request);
      gitlab.notes = [{ ...note, authorId: otherUserId }];
      return { ...note, authorId: otherUserId };
    };
    const { warnings } = await publish(gitlab, { client: { createNote } });
    expect({ notes: gitlab.notes.length, warnings: warnings.length }).toEqual({ notes: 1, warnings: 1 });
  });

  test('an update that GitLab answers with 404 again and again is thrown', async () => {
    const gitlab = new NotesInMemory([aNote({ id: 5, body: body(800, 'old') })]);
    const updateNote: Notes['updateNote'] = () => Promise.reject(refused(404));
    await expect(publish(gitlab, { client: { updateNote } })).rejects.toMatchObject({ status: 404 });
  });

  test('a create that is lost is thrown', async () => {
    const createNote: Notes['createNote'] = () => Promise.reject(unreachable);
    await expect(publish(new NotesInMemory(), { client: { createNote } })).rejects.toBe(unreachable);
  });

  test('a refused update is thrown', async () => {
    const gitlab = new NotesInMemory([aNote({ id: 5, body: body(800, 'old') })]);
    const updateNote: Notes['updateNote'] = () => Promise.reject(refused(403));
    await expect(publish(gitlab, { client: { updateNote } })).rejects.toMatchObject({ status: 403 });
  });

  test.each([
    {
      name: 'a verifying read that fails',
      client: { fetchNote: () => Promise.reject(unreachable) } satisfies Partial<Notes>,
    },
    {
      name: 'a duplicate that cannot be deleted',
      client: { deleteNote: () => Promise.reject(refused(403)) } satisfies Partial<Notes>,
    },
  ])('$name is a warning: the note is written', async ({ client }) => {
    const gitlab = new NotesInMemory([5, 6].map((id) => aNote({ id, body: body(800, 'old') })));
    const { outcome, warnings } = await publish(gitlab, { client });
    expect({ outcome, warnings: warnings.length }).toEqual({ outcome: 'updated', warnings: 1 });
  });

  test('an error that is none of ours is a bug and goes on', async () => {
    const gitlab = new NotesInMemory([aNote({ id: 5, body: body(800, 'old') })]);
    const fetchNote: Notes['fetchNote'] = () => Promise.reject(new TypeError('bug'));
    await expect(publish(gitlab, { client: { fetchNote } })).rejects.toThrow(TypeError);
  });
});

describe('a note that was looked up ahead', () => {
  const standing = aNote({ id: 5, body: body(800, 'old text') });

  async function publishLater(milliseconds: number): Promise<readonly string[]> {
    const gitlab = new NotesInMemory([standing]);
    let now = Date.parse('2026-01-01T00:00:00Z');
    const clock = { ...aClock(), now: () => new Date(now) };
    const world = { gitlab: gitlab.clientOf(), clock, log: aLog() };
    const ahead = findNotes(world, wanted, { isWanted: true });
    await ahead;
    now += milliseconds;
    const how = { dryRun: false, createMissing: true, locked: true, findQuickActions: () => [], ahead };
    expect(await publishNote(world, wanted, how)).toMatchObject({ outcome: 'updated', noteId: 5 });
    return gitlab.noteRequests;
  }

  test('is not looked up again within two seconds', async () => {
    expect(await publishLater(2000)).toEqual(['GET page 1', 'PUT note 5']);
  });

  test('is looked up again after that', async () => {
    expect(await publishLater(2001)).toEqual(['GET page 1', 'GET page 1', 'PUT note 5']);
  });

  test.each([
    ['within two seconds is not', 2000, ['PUT note 5']],
    ['later is', 2001, ['GET page 1', 'PUT note 5']],
  ])('among comments that were answered %s looked up again', async (_when, milliseconds, requests) => {
    const gitlab = new NotesInMemory([standing]);
    let now = Date.parse('2026-01-01T00:00:00Z');
    const clock = { ...aClock(), now: () => new Date(now) };
    const world = { gitlab: gitlab.clientOf(), clock, log: aLog() };
    const first = Promise.resolve().then(() => {
      now += milliseconds;
      return { notes: [standing], more: false };
    });
    const ahead = findNotes(world, wanted, { isWanted: true, first });
    const how = { dryRun: false, createMissing: true, locked: true, findQuickActions: () => [], ahead };
    expect(await publishNote(world, wanted, how)).toMatchObject({ outcome: 'updated', noteId: 5 });
    expect(gitlab.noteRequests).toEqual(requests);
  });

  test('by comments that never came is looked up again, and is as young as that', async () => {
    const gitlab = new NotesInMemory([standing]);
    let now = Date.parse('2026-01-01T00:00:00Z');
    const clock = { ...aClock(), now: () => new Date(now) };
    const world = { gitlab: gitlab.clientOf(), clock, log: aLog() };
    const first = Promise.resolve().then(() => {
      now += 10_000;
      return null;
    });
    const ahead = findNotes(world, wanted, { isWanted: true, first });
    const how = { dryRun: false, createMissing: true, locked: true, findQuickActions: () => [], ahead };
    await publishNote(world, wanted, how);
    expect(gitlab.noteRequests).toEqual(['GET page 1', 'PUT note 5']);
  });

  test('and could not be had costs the comment', async () => {
    const gitlab = new NotesInMemory();
    const ahead = Promise.reject(unreachable);
    const how = { dryRun: false, createMissing: true, locked: true, findQuickActions: () => [], ahead };
    const world = { gitlab: gitlab.clientOf(), clock: aClock(), log: aLog() };
    await expect(publishNote(world, wanted, how)).rejects.toBe(unreachable);
    expect(gitlab.requests).toEqual([]);
  });
});

test('a first note that nothing requires is not worth asking who we are', async () => {
  const gitlab = new NotesInMemory();
  expect(await publish(gitlab, { createMissing: false })).toMatchObject({ outcome: 'not-needed' });
  expect(gitlab.requests).toEqual(['GET page 1']);
});
