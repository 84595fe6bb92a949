import { parseReplyMarker } from '../bot/commands/reply-marker.ts';
import type { Conversations, ThreadNote } from '../gitlab/ports/conversations.ts';
import type { Users } from '../gitlab/ports/port.ts';
import type { Noteable } from '../model/noteable.ts';
import type { OwnRecord } from '../model/own-record.ts';
import { type MarkOwner, ownBotMark } from './bot-marker.ts';
import { markOwner } from './own-bot-notes.ts';

function recordOf(note: ThreadNote, owner: MarkOwner): readonly OwnRecord[] {
  if (note.system || note.authorId !== owner.authorId) return [];
  const { id: noteId, updatedAt: at, body } = note;
  const mark = ownBotMark(body, owner);
  if (mark !== null) return [{ ...mark, at, noteId }];
  const reply = parseReplyMarker(body);
  if (reply === null) return [];
  const { noteId: answered, config } = reply;
  return [
    { kind: 'reply', key: String(answered), by: '', event: 'note', config, permission: null, at, noteId },
  ];
}

/**
 * What this token's user wrote on a merge request or issue for rules and commands, oldest first, from own markers only.
 * Reads all threads; throws as the port does.
 */
export async function fetchOwnRecord(
  gitlab: Users & Pick<Conversations, 'fetchThreadPages'>,
  on: Noteable,
): Promise<readonly OwnRecord[]> {
  const owner = await markOwner(gitlab, on);
  const records: OwnRecord[] = [];
  for await (const page of gitlab.fetchThreadPages(on))
    records.push(...page.flatMap(({ notes }) => notes.flatMap((note) => recordOf(note, owner))));
  return records.sort((a, b) => a.noteId - b.noteId);
}
