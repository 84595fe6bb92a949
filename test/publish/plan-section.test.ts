import { describe, expect, test } from 'vitest';
import { withMarker } from '../../src/publish/marker.ts';
import { holdsPartMarker, type NotePart, parseParts, renderParts } from '../../src/publish/note-parts.ts';
import { planSection } from '../../src/publish/plan-section.ts';
import { findQuickActions } from '../../src/render/find-quick-actions.ts';
import { aNote, otherUserId, ownUserId } from './notes-in-memory.ts';

const sha = 'c'.repeat(40);
const wanted = { mergeRequest: { project: 42, iid: 7 }, key: 'report', pipelineId: 900, sha, author: null };

function part(name: string, text: string, pipelineId = 900, commit = sha): NotePart {
  return { name, pipelineId, sha: commit, text };
}

function noteOf(...parts: readonly NotePart[]): string {
  return withMarker({ key: 'report', pipelineId: 900, sha }, renderParts(parts));
}

function plan(standing: readonly string[], held: NotePart, first: 'held' | 'standing' = 'held') {
  const notes = standing.map((body, index) => aNote({ id: 5 + index, body }));
  return planSection(wanted, { ownUserId, notes }, { held: [held], first, findQuickActions });
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
      { held: [part('api', 'a')], first: 'held', findQuickActions },
    );
    expect(parts.map(({ name }) => name)).toEqual(['api']);
  });

  test.each(['/close', '  /merge', 'text\n/label ~x'])(
    'never writes a part again that somebody edited into a command: %s',
    (command) => {
      const { parts } = plan([noteOf(part('web', command), part('lint', 'fine'))], part('api', 'a'));
      expect(parts.map(({ name }) => name)).toEqual(['api', 'lint']);
    },
  );

  test('reads back its parts, and a text with a frame of its own is known', () => {
    const parts = [part('api', 'a\n\nb'), part('web', '| a |\n|---|\n| b |')];
    expect(parseParts(noteOf(...parts))).toEqual(parts);
    expect(holdsPartMarker('<!-- /herald:section name=api -->')).toBe(true);
    expect(holdsPartMarker('&lt;!-- herald:section')).toBe(false);
  });
});
