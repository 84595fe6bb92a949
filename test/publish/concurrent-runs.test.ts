import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GitLabUnreachableError } from '../../src/errors.ts';
import type { Note } from '../../src/gitlab/ports/port.ts';
import { parseMarker, withMarker, withoutAuthor } from '../../src/publish/marker.ts';
import { publishNote } from '../../src/publish/publish-note.ts';
import { aClock, aLog, aNote, NotesInMemory, otherUserId, ownUserId } from './notes-in-memory.ts';
import { SettlingTime } from './settling-time.ts';

type Fault = 'none' | 'create is lost' | 'create lands, answer is lost';

interface Publisher {
  readonly pipelineId: number;
  readonly fault: Fault;
}

const sha = 'a'.repeat(40);
const key = 'report';
const runs = Number(process.env['HERALD_RACE_RUNS'] ?? 300);

const foreignNotes: readonly Note[] = [
  aNote({ id: 1, body: 'Looks good.', authorId: otherUserId }),
  aNote({ id: 2, body: withMarker({ key, pipelineId: 99, sha }, 'pasted'), authorId: otherUserId }),
  aNote({ id: 3, body: withMarker({ key: 'other', pipelineId: 3, sha }, 'another sticky note of ours') }),
  aNote({ id: 4, body: `text\n${withMarker({ key, pipelineId: 99, sha }, 'marker further down')}` }),
  aNote({ id: 5, body: withMarker({ key, pipelineId: 99, sha }, 'system'), system: true }),
];

const pipelineId = fc.integer({ min: 1, max: 6 });
const publishersWith = (...faults: Fault[]) =>
  fc.array(fc.record({ pipelineId, fault: fc.constantFrom(...faults) }), { minLength: 2, maxLength: 4 });
const existingPipelines = fc.array(pipelineId, { maxLength: 2 });

async function publishAll(
  scheduler: fc.Scheduler,
  gitlab: NotesInMemory,
  publishers: readonly Publisher[],
): Promise<readonly Publisher[]> {
  const time = new SettlingTime();
  const publish = async ({ pipelineId: id, fault }: Publisher, index: number): Promise<void> => {
    const client = gitlab.clientOf({
      step: (label) => scheduler.schedule(Promise.resolve(), `${index}: ${label}`),
      onRead: () => {
        time.read(index);
      },
    });
    const createNote: typeof client.createNote = async (mergeRequest, body) => {
      if (fault !== 'create is lost') {
        const note = await client.createNote(mergeRequest, body);
        if (fault === 'none') return note;
      }
      throw new GitLabUnreachableError('lost', { status: null, request: 'POST /notes' });
    };
    const world = {
      gitlab: { ...client, createNote },
      clock: aClock(async () => {
        await time.sleep(index);
        await scheduler.schedule(Promise.resolve(), `${index}: wake`);
      }),
      log: aLog(),
    };
    const mergeRequest = { project: 1, iid: 2, url: 'https://gitlab.example.com/g/p/-/merge_requests/2' };
    const wanted = { place: mergeRequest, key, body: `pipeline ${id}`, pipelineId: id, sha };
    try {
      await publishNote(world, wanted, {
        dryRun: false,
        createMissing: true,
        locked: false,
        findQuickActions: () => [],
      });
    } finally {
      time.rest(index);
    }
  };
  const results = await scheduler.waitFor(Promise.allSettled(publishers.map(publish)));
  return publishers.filter((_, index) => results[index]?.status === 'fulfilled');
}

function existingNotes(pipelineIds: readonly number[]): readonly Note[] {
  return pipelineIds.map((id, index) =>
    aNote({ id: 10 + index, body: withMarker({ key, pipelineId: id, sha }, `pipeline ${id}`) }),
  );
}

function stickyNotes(gitlab: NotesInMemory): readonly Note[] {
  return gitlab.notes.filter(
    ({ body, authorId, system }) => authorId === ownUserId && !system && parseMarker(body)?.key === key,
  );
}

async function check(
  scheduler: fc.Scheduler,
  publishers: readonly Publisher[],
  existing: readonly number[],
): Promise<readonly Publisher[]> {
  const gitlab = new NotesInMemory([...foreignNotes, ...existingNotes(existing)]);
  const done = await publishAll(scheduler, gitlab, publishers);
  expect(gitlab.notes.filter(({ id }) => id <= foreignNotes.length)).toEqual(foreignNotes);
  if (done.length === 0) {
    expect(stickyNotes(gitlab)).toEqual(existingNotes(existing));
    return done;
  }
  const newest = Math.max(...existing, ...done.map((publisher) => publisher.pipelineId));
  expect(stickyNotes(gitlab).map(({ body }) => withoutAuthor(body))).toEqual([
    withMarker({ key, pipelineId: newest, sha }, `pipeline ${newest}`),
  ]);
  return done;
}

test('runs at once end with one note of the newest pipeline, whatever the order of their requests', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      publishersWith('none'),
      existingPipelines,
      async (scheduler, publishers, existing) => {
        expect(await check(scheduler, publishers, existing)).toEqual(publishers);
      },
    ),
    { numRuns: runs },
  );
});

test('runs at once end with one note although creates fail, those included that have landed', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      publishersWith('none', 'create is lost', 'create lands, answer is lost'),
      existingPipelines,
      async (scheduler, publishers, existing) => {
        const done = await check(scheduler, publishers, existing);
        const recovered = publishers.filter(({ fault }) => fault !== 'create is lost');
        expect(done).toEqual(expect.arrayContaining(recovered));
      },
    ),
    { numRuns: runs },
  );
});
