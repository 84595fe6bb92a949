import { describe, expect, test } from 'vitest';
import type { Note } from '../../src/gitlab/ports/port.ts';
import { withMarker } from '../../src/publish/marker.ts';
import {
  maxNoteCharacters,
  pipelineOfNote,
  planNote,
  planTogether,
  type WantedNote,
} from '../../src/publish/plan-note.ts';
import { aNote, otherUserId, ownUserId } from './notes-in-memory.ts';

const sha = 'b'.repeat(40);
const place = { project: 42, iid: 7 };
const wanted: WantedNote = {
  place,
  key: 'report',
  body: 'new text',
  pipelineId: 900,
  sha,
  author: null,
};
const noCommands = () => [];

function body(pipelineId: number, text: string, key = 'report'): string {
  return withMarker({ key, pipelineId, sha }, text);
}

function plan(notes: readonly Note[], changes: Partial<WantedNote> = {}) {
  return planNote({ ...wanted, ...changes }, { ownUserId, notes }, noCommands);
}

const wantedBody = body(900, 'new text');
const create = { do: 'createNote', place, key: 'report', body: wantedBody };
const update = (noteId: number, text = wantedBody) => ({
  do: 'updateNote',
  place,
  key: 'report',
  noteId,
  body: text,
});
const remove = (noteId: number) => ({ do: 'deleteNote', place, key: 'report', noteId });

describe('planNote', () => {
  test.each([
    { name: 'there is no note', notes: [] },
    {
      name: 'the marker was pasted by another author',
      notes: [aNote({ id: 1, body: body(800, 'old'), authorId: otherUserId })],
    },
    { name: 'the note is a system note', notes: [aNote({ id: 1, body: body(800, 'old'), system: true })] },
    { name: 'our note has another key', notes: [aNote({ id: 1, body: body(800, 'old', 'lint') })] },
    { name: 'our note has no marker', notes: [aNote({ id: 1, body: 'old' })] },
    {
      name: 'our note has the marker further down',
      notes: [aNote({ id: 1, body: `> ${body(800, 'old')}` })],
    },
  ])('creates a note when $name', ({ notes }) => {
    expect(plan(notes)).toMatchObject({ outcome: 'created', writes: [create], noteId: null });
  });

  test.each([
    { name: 'an older pipeline', pipelineId: 899, text: 'old text' },
    { name: 'an older pipeline in the same words', pipelineId: 899, text: 'new text' },
    { name: 'this pipeline in other words', pipelineId: 900, text: 'old text' },
  ])('updates the note when it tells of $name', ({ pipelineId, text }) => {
    expect(plan([aNote({ id: 5, body: body(pipelineId, text) })])).toMatchObject({
      outcome: 'updated',
      writes: [update(5)],
      noteId: 5,
    });
  });

  test.each([
    { name: 'exactly', stored: wantedBody },
    { name: 'but for whitespace that GitLab trims', stored: wantedBody.trimEnd() },
    { name: 'but for line ends', stored: wantedBody.replaceAll('\n', '\r\n') },
  ])('writes nothing when the note says the same, $name', ({ stored }) => {
    expect(plan([aNote({ id: 5, body: stored })], { body: 'new text\n\n' })).toMatchObject({
      outcome: 'unchanged',
      writes: [],
      noteId: 5,
    });
  });

  test('writes nothing when the note tells of a newer pipeline, and says which', () => {
    const result = plan([aNote({ id: 5, body: body(901, 'newer') })]);
    expect(result).toMatchObject({ outcome: 'newer-exists', writes: [], noteId: 5 });
    expect(result.reason).toContain('901');
  });

  test('keeps the oldest of several notes, updates it and deletes the others', () => {
    const notes = [9, 5, 7].map((id) => aNote({ id, body: body(800, 'old') }));
    expect(plan(notes)).toMatchObject({
      outcome: 'updated',
      writes: [update(5), remove(9), remove(7)].sort((a, b) => a.noteId - b.noteId),
      noteId: 5,
    });
  });

  test('only deletes the others when the oldest of several is current', () => {
    const notes = [5, 7].map((id) => aNote({ id, body: wantedBody }));
    expect(plan(notes)).toMatchObject({ outcome: 'unchanged', writes: [remove(7)], noteId: 5 });
  });

  test('never deletes what another author, another key or the system wrote beside ours', () => {
    const notes = [
      aNote({ id: 5, body: wantedBody }),
      aNote({ id: 6, body: wantedBody, authorId: otherUserId }),
      aNote({ id: 7, body: body(900, 'new text', 'lint') }),
      aNote({ id: 8, body: wantedBody, system: true }),
      aNote({ id: 9, body: 'no marker' }),
    ];
    expect(plan(notes).writes).toEqual([]);
  });

  test('moves the body of a newer duplicate into the oldest note before deleting it', () => {
    const notes = [aNote({ id: 5, body: body(800, 'old') }), aNote({ id: 7, body: body(901, 'newer') })];
    expect(plan(notes)).toMatchObject({
      outcome: 'newer-exists',
      writes: [update(5, body(901, 'newer')), remove(7)],
      noteId: 5,
    });
  });

  test('moves no body in which somebody put a command', () => {
    const notes = [aNote({ id: 5, body: body(800, 'old') }), aNote({ id: 7, body: body(901, '/merge') })];
    const findQuickActions = (text: string) => (text.includes('/merge') ? ['/merge'] : []);
    expect(planNote(wanted, { ownUserId, notes }, findQuickActions)).toMatchObject({
      outcome: 'newer-exists',
      writes: [],
      noteId: 7,
    });
  });

  test('finds its note again under a key that has to be encoded', () => {
    const key = 'unit tests --> linux';
    const [write] = plan([], { key }).writes;
    const stored = write?.do === 'createNote' ? write.body : '';
    expect(plan([aNote({ id: 5, body: stored })], { key }).outcome).toBe('unchanged');
  });

  test('refuses a body with a line that GitLab would run as a command', () => {
    expect(planNote(wanted, { ownUserId, notes: [] }, () => ['/close'])).toMatchObject({
      outcome: 'quick-action',
      writes: [],
    });
  });

  const markerLength = body(900, '').length;

  test.each([
    {
      name: 'a body of exactly the limit',
      text: 'a'.repeat(maxNoteCharacters - markerLength),
      outcome: 'created',
    },
    {
      name: 'a body one character longer',
      text: 'a'.repeat(maxNoteCharacters - markerLength + 1),
      outcome: 'body-too-long',
    },
    {
      name: 'characters outside the basic plane, which count once',
      text: '😀'.repeat(maxNoteCharacters - markerLength),
      outcome: 'created',
    },
  ])('counts as GitLab does: $name', ({ text, outcome }) => {
    expect(plan([], { body: text }).outcome).toBe(outcome);
  });
});

describe('planTogether', () => {
  const together = (notes: readonly Note[]) => planTogether(wanted, { ownUserId, notes }, noCommands);

  test('leaves another body of the same pipeline as it is, so that two jobs do not rewrite each other', () => {
    expect(together([aNote({ id: 5, body: body(900, 'of another job') })]).writes).toEqual([]);
  });

  test('updates the oldest note from our duplicate and deletes that', () => {
    const notes = [aNote({ id: 5, body: body(800, 'old') }), aNote({ id: 7, body: wantedBody })];
    expect(together(notes).writes).toEqual([update(5), remove(7)]);
  });

  test('writes our body again when only older pipelines are told of', () => {
    expect(together([aNote({ id: 5, body: body(800, 'old') })]).writes).toEqual([update(5)]);
  });

  test('creates the note again when it is gone', () => {
    expect(together([]).writes).toEqual([create]);
  });

  test('stands behind a newer pipeline', () => {
    const notes = [aNote({ id: 5, body: body(901, 'newer') }), aNote({ id: 7, body: wantedBody })];
    expect(together(notes)).toMatchObject({ outcome: 'newer-exists', writes: [remove(7)] });
  });
});

test('the pipeline of a note is known only for our own note of that key', () => {
  const note = aNote({ id: 5, body: wantedBody });
  expect(pipelineOfNote(note, wanted, ownUserId)).toBe(900);
  expect(pipelineOfNote(note, wanted, otherUserId)).toBeNull();
  expect(pipelineOfNote(note, { key: 'lint' }, ownUserId)).toBeNull();
});
