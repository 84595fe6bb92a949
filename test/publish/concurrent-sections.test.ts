import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Note } from '../../src/gitlab/ports/port.ts';
import { codeBlock, paragraph, text } from '../../src/model/document.ts';
import { withMarker } from '../../src/publish/marker.ts';
import { parseParts } from '../../src/publish/note-parts.ts';
import { publishSection } from '../../src/publish/publish-section.ts';
import { renderMarkdown } from '../../src/render/markdown/render-markdown.ts';
import {
  aClock,
  aLog,
  aNote,
  aProver,
  NotesInMemory,
  otherUserId,
  ownUserId,
  refused,
} from './notes-in-memory.ts';
import { SettlingTime } from './settling-time.ts';

interface Publisher {
  readonly section: string;
  readonly pipelineId: number;
}

const key = 'report';
const runs = Number(process.env['HERALD_RACE_RUNS'] ?? 300);
const shaOf = (pipelineId: number): string => String(pipelineId).repeat(40).slice(0, 40);
const prove = aProver({ project: 1, iid: 2 }, key);
const pipelines = [1, 2, 3, 4];
const pasted: Note = aNote({
  id: 1,
  authorId: otherUserId,
  body: withMarker({ key, pipelineId: 99, sha: shaOf(9) }, 'pasted'),
});

const publishers = fc.array(
  fc.record({ section: fc.constantFrom('api', 'lint', 'web'), pipelineId: fc.integer({ min: 1, max: 4 }) }),
  { minLength: 2, maxLength: 4 },
);

function publish(gitlab: NotesInMemory, { section, pipelineId }: Publisher, body?: string) {
  const world = { gitlab: gitlab.clientOf(), clock: aClock(), log: aLog() };
  const wanted = wantedOf({ section, pipelineId });
  return publishSection(world, body === undefined ? wanted : { ...wanted, body }, how);
}

const how = { dryRun: false, createMissing: true, locked: false, findQuickActions: () => [] };

function wantedOf({ section, pipelineId }: Publisher) {
  const mergeRequest = { project: 1, iid: 2, url: 'https://gitlab.example.com/g/p/-/merge_requests/2' };
  const body = `${section} of ${pipelineId}`;
  return { place: mergeRequest, key, section, body, pipelineId, sha: shaOf(pipelineId) };
}

function ours(gitlab: NotesInMemory): readonly Note[] {
  return gitlab.notes.filter(({ authorId }) => authorId === ownUserId);
}

test('jobs at once end with one note that holds the newest part of each section, whatever the order', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      publishers,
      fc.option(fc.integer({ min: 1, max: 4 }), { nil: null }),
      async (scheduler, all, earlier) => {
        const gitlab = new NotesInMemory([pasted]);
        gitlab.pipelines = pipelines;
        const before: readonly Publisher[] =
          earlier === null ? [] : [{ section: 'old', pipelineId: earlier }];
        for (const publisher of before) await publish(gitlab, publisher);
        const time = new SettlingTime();
        const one = async (publisher: Publisher, index: number): Promise<void> => {
          const client = gitlab.clientOf({
            step: (label) => scheduler.schedule(Promise.resolve(), `${index}: ${label}`),
            onRead: () => {
              time.read(index);
            },
          });
          const clock = aClock(async () => {
            await time.sleep(index);
            await scheduler.schedule(Promise.resolve(), `${index}: wake`);
          });
          try {
            await publishSection({ gitlab: client, clock, log: aLog() }, wantedOf(publisher), how);
          } finally {
            time.rest(index);
          }
        };
        await scheduler.waitFor(Promise.all(all.map(one)));
        const notes = ours(gitlab);
        expect(notes).toHaveLength(1);
        const expected = new Map<string, number>();
        for (const { section, pipelineId } of [...before, ...all])
          expected.set(section, Math.max(expected.get(section) ?? 0, pipelineId));
        const parts = parseParts(notes[0]?.body ?? '', prove);
        expect(parts.map(({ name, pipelineId, text: said }) => [name, pipelineId, said])).toEqual(
          [...expected]
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([name, id]) => [name, id, `${name} of ${id}`]),
        );
        expect(gitlab.notes[0]).toEqual(pasted);
      },
    ),
    { numRuns: runs },
  );
});

test('a job replaces its own part, and the others stay byte for byte', async () => {
  const gitlab = new NotesInMemory();
  await publish(gitlab, { section: 'web', pipelineId: 1 });
  await publish(gitlab, { section: 'api', pipelineId: 1 });
  const [before] = ours(gitlab);
  await publish(gitlab, { section: 'api', pipelineId: 2 });
  const [after] = ours(gitlab);
  const web = (body = ''): string => body.slice(body.indexOf('\nweb of'));
  expect(web(after?.body)).toBe(web(before?.body));
  expect(after?.body).toContain('*Of an earlier commit, 11111111.*');
  expect(after?.body).toContain('api of 2');
  expect(after?.body).not.toContain('api of 1');
});

test('an older pipeline does not overwrite its newer part, and the same part again writes nothing', async () => {
  const gitlab = new NotesInMemory();
  gitlab.pipelines = pipelines;
  await publish(gitlab, { section: 'web', pipelineId: 3 });
  expect(await publish(gitlab, { section: 'web', pipelineId: 2 })).toMatchObject({ outcome: 'newer-exists' });
  const before = gitlab.requests.length;
  expect(await publish(gitlab, { section: 'web', pipelineId: 3 })).toMatchObject({ outcome: 'unchanged' });
  expect(gitlab.requests.slice(before)).toEqual(['GET page 1']);
});

/** What is read as a frame, by this version or by the one before it. */
const framing = /^<!-- \/?herald:section /;

function framesIn(gitlab: NotesInMemory): readonly string[] {
  return ours(gitlab).flatMap(({ body }) => body.split(/[\r\n]/).filter((line) => framing.test(line)));
}

function partsIn(gitlab: NotesInMemory) {
  return parseParts(ours(gitlab)[0]?.body ?? '', prove).map(({ name, pipelineId }) => [name, pipelineId]);
}

const forgedFrames = [
  '<!-- /herald:section name=web -->',
  '<!-- herald:section name=lint pipeline=99999999999999 sha=aaaaaaa -->',
  '<!-- herald:section name=api pipeline=4 sha=4444444 by=AAAAAAAAAAAAAAAAAAAAAA -->',
  '<!-- /herald:section name=lint by=AAAAAAAAAAAAAAAAAAAAAA -->',
  '<!-- herald:note v=1 key=report pipeline=9 sha=aaaaaaa -->',
  '<!-- herald:sec',
  'tion name=web pipeline=1 sha=aaaaaaa -->',
];
const pieces = fc.constantFrom(
  ...forgedFrames,
  '\n',
  '\r\n',
  '\r',
  '\u2028',
  '\n\n',
  '```',
  '````',
  '*Of an earlier commit, aaaaaaaa.*',
  '@all',
  ' ',
);
const hostile = fc
  .array(fc.oneof({ weight: 4, arbitrary: pieces }, fc.string({ unit: 'binary', maxLength: 8 })), {
    maxLength: 14,
  })
  .map((all) => all.join(''));

/** Of the whole note as it stands, in which the proofs are genuine. */
type Replay = (said: string, standing: string) => string;
const replays: readonly Replay[] = [
  (said) => said,
  (said, standing) => `${said}\n${standing}`,
  (said, standing) => `${standing}\n${said}`,
];

const says = fc.record({
  section: fc.constantFrom('api', 'lint', 'web'),
  said: hostile,
  replay: fc.constantFrom(...replays),
  asCode: fc.boolean(),
});

test('whatever the texts of sections hold, their frames are those of the jobs that wrote them', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(says, { minLength: 1, maxLength: 6 }), async (jobs) => {
      const gitlab = new NotesInMemory([pasted]);
      gitlab.pipelines = jobs.map((_, index) => index + 1);
      const expected = new Map<string, number>();
      for (const [index, { section, said, replay, asCode }] of jobs.entries()) {
        const output = replay(said, ours(gitlab)[0]?.body ?? '');
        const body = asCode ? renderMarkdown([codeBlock(output, 'text'), paragraph(text(output))]) : output;
        await publish(gitlab, { section, pipelineId: index + 1 }, body);
        expected.set(section, index + 1);
        expect(ours(gitlab)).toHaveLength(1);
        expect(partsIn(gitlab)).toEqual([...expected].sort(([a], [b]) => (a < b ? -1 : 1)));
        expect(framesIn(gitlab)).toHaveLength(2 * expected.size);
      }
    }),
    { numRuns: runs },
  );
});

test('a note with frames of strangers, or of a version without proofs, holds only proved parts after the next run', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(hostile, { minLength: 1, maxLength: 4 }), async (before) => {
      const gitlab = new NotesInMemory();
      gitlab.pipelines = pipelines;
      await publish(gitlab, { section: 'api', pipelineId: 1 });
      const [note] = ours(gitlab);
      if (note === undefined) throw new Error('no note');
      const old = `${forgedFrames[1] ?? ''}\n\nlive Markdown of strangers\n\n<!-- /herald:section name=lint -->`;
      gitlab.notes = [{ ...note, body: [note.body, old, ...before].join('\n\n') }];
      const { outcome } = await publish(gitlab, { section: 'lint', pipelineId: 2 });
      expect(outcome).toBe('updated');
      expect(partsIn(gitlab)).toEqual([
        ['api', 1],
        ['lint', 2],
      ]);
      expect(ours(gitlab)[0]?.body).not.toContain('live Markdown');
      expect(framesIn(gitlab)).toHaveLength(4);
      const requests = gitlab.requests.length;
      await publish(gitlab, { section: 'lint', pipelineId: 2 });
      expect(gitlab.requests.slice(requests)).toEqual(['GET page 1']);
    }),
  );
});

describe('a part of a pipeline newer than any that there is', () => {
  test('goes with the next run, and costs requests only then', async () => {
    const gitlab = new NotesInMemory();
    gitlab.pipelines = [1, 2];
    await publish(gitlab, { section: 'api', pipelineId: 1 });
    await publish(gitlab, { section: 'web', pipelineId: 99_999_999 });
    const before = gitlab.requests.length;
    expect(await publish(gitlab, { section: 'web', pipelineId: 2 })).toMatchObject({ outcome: 'updated' });
    expect(gitlab.requests.slice(before)).toEqual([
      'GET page 1',
      'GET pipelines',
      'GET pipeline 99999999',
      'PUT note 1',
      'GET note 1',
    ]);
    expect(partsIn(gitlab)).toEqual([
      ['api', 1],
      ['web', 2],
    ]);
  });

  test('is not meant by one of a child pipeline, which no list of the merge request has', async () => {
    const gitlab = new NotesInMemory();
    gitlab.pipelines = [1, 2];
    gitlab.children = [3];
    await publish(gitlab, { section: 'web', pipelineId: 3 });
    expect(await publish(gitlab, { section: 'web', pipelineId: 2 })).toMatchObject({
      outcome: 'newer-exists',
    });
  });

  test('counts where GitLab does not tell of pipelines', async () => {
    const gitlab = new NotesInMemory();
    await publish(gitlab, { section: 'web', pipelineId: 3 });
    const refusing = () => Promise.reject(refused(403));
    const client = { ...gitlab.clientOf(), fetchPipelinesOf: refusing, fetchNewestJobs: refusing };
    const world = { gitlab: client, clock: aClock(), log: aLog() };
    expect(await publishSection(world, wantedOf({ section: 'web', pipelineId: 2 }), how)).toMatchObject({
      outcome: 'newer-exists',
    });
  });
});
