import { createHash } from 'node:crypto';
import { userJson } from '../../../../src/demo/user-json.ts';
import type { EmbeddedNote } from '../state/state.ts';
import type { EmbeddedTalk } from './find-noteable.ts';

/** The discussion that a note is in; each note of its own is one, too. */
export function discussionIdOf({ id, discussion_id: discussion }: EmbeddedNote): string {
  return discussion ?? createHash('sha1').update(`note ${id}`).digest('hex');
}

/** A note as the API gives it. */
export function noteJson(note: EmbeddedNote, { kind, item }: EmbeddedTalk): object {
  const {
    reactions: _reactions,
    discussion_id: _discussion,
    last_edited_by: _editor,
    resolved,
    resolved_by,
    ...fields
  } = note;
  const resolvable = note.type !== undefined && !note.system && kind !== 'Commit';
  return {
    ...fields,
    type: note.type ?? null,
    author: userJson(note.author),
    internal: note.internal ?? false,
    confidential: note.internal ?? false,
    noteable_type: kind,
    noteable_iid: item.iid ?? null,
    project_id: item.project_id,
    resolvable,
    ...(resolvable
      ? { resolved: resolved ?? false, resolved_by: resolved_by ? userJson(resolved_by) : null }
      : {}),
  };
}

/** Discussions in the order they began. */
export function discussionsOf({ item }: EmbeddedTalk): readonly (readonly EmbeddedNote[])[] {
  const groups = new Map<string, EmbeddedNote[]>();
  for (const note of [...item.notes].sort((a, b) => a.id - b.id)) {
    const id = discussionIdOf(note);
    groups.set(id, [...(groups.get(id) ?? []), note]);
  }
  return [...groups.values()];
}

/** A discussion as the API gives it. */
export function discussionJson(notes: readonly EmbeddedNote[], of: EmbeddedTalk): object {
  const [first] = notes;
  return {
    id: first === undefined ? '' : discussionIdOf(first),
    individual_note: first?.type === undefined,
    notes: notes.map((note) => noteJson(note, of)),
  };
}
