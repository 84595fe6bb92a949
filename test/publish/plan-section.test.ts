import { describe, expect, test } from 'vitest';
import { withMarker } from '../../src/publish/marker.ts';
import { type NotePart, parseParts, partText, renderParts } from '../../src/publish/note-parts.ts';
import { planSection } from '../../src/publish/plan-section.ts';
import { findQuickActions } from '../../src/render/markdown/find-quick-actions.ts';
import { growthOf, inProportion } from '../cost.ts';
import { aNote, aProver, otherUserId, ownUserId } from './notes-in-memory.ts';

const sha = 'c'.repeat(40);
const wanted = { place: { project: 42, iid: 7 }, key: 'report', pipelineId: 900, sha, author: null };
const prove = aProver(wanted.place, wanted.key);
const view = { findQuickActions, prove, newest: 901 };

function part(name: string, text: string, pipelineId = 900, commit = sha): NotePart {
  return { name, pipelineId, sha: commit, text };
}

function noteOf(...parts: readonly NotePart[]): string {
  return withMarker({ key: 'report', pipelineId: 900, sha }, renderParts(parts, prove));
}

function plan(standing: readonly string[], held: NotePart, first: 'held' | 'standing' = 'held') {
  const notes = standing.map((body, index) => aNote({ id: 5 + index, body }));
  return planSection(wanted, { ownUserId, notes }, { ...view, held: [held], first });
}

describe('a note of several jobs', () => {
  test('keeps the parts of other jobs as they are, in the order of their names', () => {
    const { parts, writes } = plan([noteOf(part('web', 'web text'))], part('api', 'api text'));
    expect(parts.map(({ name, text }) => `${name}: ${text}`)).toEqual(['api: api text', 'web: web text']);
    expect(writes.map((write) => write.do)).toEqual(['updateNote']);
  });

  test('is not written when its part says the same', () => {
    const same = part('api', 'same');
    expect(plan([noteOf(same, part('web', 'w'))], same).writes).toEqual([]);
  });

  test('keeps the newer of two parts of a section, whoever comes last', () => {
    const newer = part('api', 'newer', 901);
    expect(plan([noteOf(newer)], part('api', 'older', 900)).parts).toEqual([newer]);
  });

  test('says of a part that a newer commit has left behind that it is old', () => {
    const old = part('web', 'old', 800, 'a'.repeat(40));
    const [write] = plan([noteOf(old)], part('api', 'new')).writes;
    expect(write !== undefined && 'body' in write ? write.body : '').toContain(
      'Of an earlier commit, aaaaaaaa.',
    );
  });

  test('brings two notes of ours together in the older one', () => {
    const { parts, writes } = plan([noteOf(part('web', 'w')), noteOf(part('lint', 'l'))], part('api', 'a'));
    expect(parts.map(({ name }) => name)).toEqual(['api', 'lint', 'web']);
    expect(writes.map((write) => write.do)).toEqual(['updateNote', 'deleteNote']);
  });

  test('takes nothing from a note that somebody else pasted', () => {
    const pasted = aNote({ id: 5, body: noteOf(part('web', 'pasted')), authorId: otherUserId });
    const { parts } = planSection(
      wanted,
      { ownUserId, notes: [pasted] },
      { ...view, held: [part('api', 'a')], first: 'held' },
    );
    expect(parts.map(({ name }) => name)).toEqual(['api']);
  });

  test.each(['/close', '  /merge', 'text\n/label ~x'])(
    'never writes a part again that GitLab would take a command from: %s',
    (command) => {
      const { parts } = plan([noteOf(part('web', command), part('lint', 'fine'))], part('api', 'a'));
      expect(parts.map(({ name }) => name)).toEqual(['api', 'lint']);
    },
  );

  test('leaves out a part whose pipeline is newer than any there is', () => {
    const { parts } = plan([noteOf(part('web', 'w', 99_999), part('lint', 'l', 901))], part('api', 'a'));
    expect(parts.map(({ name }) => name)).toEqual(['api', 'lint']);
  });
});

describe('a part', () => {
  test('is read back as it was written', () => {
    const parts = [part('api', 'a\n\nb'), part('web', '| a |\n|---|\n| b |'), part('zero', '')];
    expect(parseParts(noteOf(...parts), prove)).toEqual(parts);
    expect(parseParts(noteOf(...parts).replaceAll('\n', '\r\n'), prove)).toEqual(parts);
  });

  const note = noteOf(part('api', 'api text'), part('web', 'web text', 800, 'a'.repeat(40)));
  test.each([
    { what: 'text', change: note.replace('web text', 'web text, as somebody wants it') },
    { what: 'name', change: note.replaceAll('section name=web', 'section name=lint') },
    { what: 'pipeline', change: note.replace('pipeline=800', 'pipeline=801') },
    { what: 'commit', change: note.replace(`sha=${'a'.repeat(40)}`, `sha=${'b'.repeat(40)}`) },
    {
      what: 'last line',
      change: note.replace('<!-- /herald:section name=web', '<!-- /herald:section name=we'),
    },
    { what: 'place of the text', change: note.replace('web text\n', 'web text') },
    {
      what: 'proof, taken away as an earlier version had none',
      change: note.replace(/(name=web[^\n]*) by=[\w-]+ -->/g, '$1 -->'),
    },
  ])('of which somebody changed the $what is none', ({ change }) => {
    expect(change).not.toBe(note);
    expect(parseParts(change, prove).map(({ name }) => name)).toEqual(['api']);
  });

  test.each([
    { what: 'merge request', other: aProver({ project: 42, iid: 8 }, 'report') },
    { what: 'project', other: aProver({ project: 43, iid: 7 }, 'report') },
    { what: 'key', other: aProver(wanted.place, 'lint') },
    { what: 'token', other: () => 'x'.repeat(22) },
  ])('of another $what is none', ({ other }) => {
    const copied = withMarker(wanted, renderParts([part('api', 'copied')], other));
    expect(parseParts(copied, other)).toHaveLength(1);
    expect(parseParts(copied, prove)).toEqual([]);
  });

  test.each([
    '<!-- herald:section name=lint pipeline=9 sha=aaaaaaa -->',
    '<!-- /herald:section name=api -->',
    'a\r<!-- herald:note v=1 key=report pipeline=9 sha=aaaaaaa -->',
    '> <!--\u00a0HERALD:reply v=1 -->',
    '<!--herald:bot--><!--\n/ herald:issue',
  ])('has no marker in its text: %j', (said) => {
    expect(partText(said)).not.toMatch(/<!--\s*\/?\s*herald:/i);
    expect(partText(said)).toContain('<\u2060!--');
    expect(partText(partText(said))).toBe(partText(said));
  });

  test('costs no more than reading it, whatever is in the note', () => {
    const line = renderParts([part('api', 'x')], prove).split('\n')[0] ?? '';
    expect(parseParts(`${line}\n`.repeat(6000), prove)).toEqual([]);
    const growth = growthOf((size) => parseParts(`${line}\n`.repeat(size), prove), 1500);
    expect(growth).toBeLessThan(inProportion);
  });
});
