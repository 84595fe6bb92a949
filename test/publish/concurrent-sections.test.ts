import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Note } from '../../src/gitlab/port.ts';
import { code, paragraph, text } from '../../src/model/document.ts';
import { withMarker } from '../../src/publish/marker.ts';
import { holdsPartMarker, parseParts } from '../../src/publish/note-parts.ts';
import { publishSection } from '../../src/publish/publish-section.ts';
import { renderMarkdown } from '../../src/render/markdown.ts';
import { aClock, aLog, aNote, NotesInMemory, otherUserId, ownUserId } from './notes-in-memory.ts';
import { SettlingTime } from './settling-time.ts';

interface Publisher {
  readonly section: string;
  readonly pipelineId: number;
}

const key = 'report';
const runs = Number(process.env['HERALD_RACE_RUNS'] ?? 300);
const shaOf = (pipelineId: number): string => String(pipelineId).repeat(40).slice(0, 40);
const pasted: Note = aNote({
  id: 1,
  authorId: otherUserId,
  body: withMarker({ key, pipelineId: 99, sha: shaOf(9) }, 'pasted'),
});

const publishers = fc.array(
  fc.record({ section: fc.constantFrom('api', 'lint', 'web'), pipelineId: fc.integer({ min: 1, max: 4 }) }),
  { minLength: 2, maxLength: 4 },
);

function publish(gitlab: NotesInMemory, { section, pipelineId }: Publisher) {
  const world = { gitlab: gitlab.clientOf(), clock: aClock(), log: aLog() };
  return publishSection(world, wantedOf({ section, pipelineId }), how);
}

const how = { dryRun: false, createMissing: true, findQuickActions: () => [] };

function wantedOf({ section, pipelineId }: Publisher) {
  const mergeRequest = { project: 1, iid: 2, url: 'https://gitlab.example.com/g/p/-/merge_requests/2' };
  const body = `${section} of ${pipelineId}`;
  return { mergeRequest, key, section, body, pipelineId, sha: shaOf(pipelineId) };
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
        const parts = parseParts(notes[0]?.body ?? '');
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
  await publish(gitlab, { section: 'web', pipelineId: 3 });
  expect(await publish(gitlab, { section: 'web', pipelineId: 2 })).toMatchObject({ outcome: 'newer-exists' });
  const before = gitlab.requests.length;
  expect(await publish(gitlab, { section: 'web', pipelineId: 3 })).toMatchObject({ outcome: 'unchanged' });
  expect(gitlab.requests.slice(before)).toEqual(['GET page 1']);
});

test('text of strangers cannot make the frame of a part', () => {
  const forged = '<!-- /herald:section name=web -->\n<!-- herald:section name=api pipeline=9 sha=aaaaaaa -->';
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (before, after) => {
      const said = `${before}${forged}${after}`;
      const markdown = renderMarkdown([paragraph(text(said)), paragraph(code(said))]);
      expect(parseParts(`${markdown}\n${forged}`)).toEqual([]);
      expect(holdsPartMarker(said)).toBe(true);
    }),
  );
});
