import type { Conversations, Thread, ThreadNote } from '../gitlab/ports/conversations.ts';
import type { Users } from '../gitlab/ports/port.ts';
import type { Noteable } from '../model/noteable.ts';
import { type BotMark, type MarkOwner, ownBotMark } from './bot-marker.ts';

/** A comment, or the first comment of a thread, that the own user wrote for a rule or a command. */
export interface OwnBotNote {
  readonly threadId: string;
  readonly note: ThreadNote;
  readonly mark: BotMark;
}

/** The own user as the owner of marks on an object. */
export async function markOwner(gitlab: Users, on: Noteable): Promise<MarkOwner> {
  const { id: authorId } = await gitlab.fetchCurrentUser();
  return { on, authorId, sign: (text) => gitlab.signature(text) };
}

/** The own notes among threads; a mark that somebody pasted or moved does not count. */
function ownBotNotes(threads: readonly Thread[], owner: MarkOwner): readonly OwnBotNote[] {
  return threads.flatMap(({ id: threadId, notes }) =>
    notes.flatMap((note) => {
      const isOurs = note.authorId === owner.authorId && !note.system;
      const mark = isOurs ? ownBotMark(note.body, owner) : null;
      return mark === null ? [] : [{ threadId, note, mark }];
    }),
  );
}

/**
 * Own notes of one kind and key, oldest first. Reads pages up to the first that has one, and one more if the next page
 * may have others: a run that creates a duplicate has just read every page in vain, so the duplicate follows closely.
 */
export async function fetchOwnBotNotes(
  gitlab: Pick<Conversations, 'fetchThreadPages'>,
  owner: MarkOwner,
  wanted: Pick<BotMark, 'kind' | 'key'>,
): Promise<readonly OwnBotNote[]> {
  const found: OwnBotNote[] = [];
  for await (const page of gitlab.fetchThreadPages(owner.on)) {
    const hadSome = found.length > 0;
    const fits = ({ mark }: OwnBotNote): boolean => mark.kind === wanted.kind && mark.key === wanted.key;
    found.push(...ownBotNotes(page, owner).filter(fits));
    if (hadSome) break;
  }
  return found.sort((a, b) => a.note.id - b.note.id);
}
