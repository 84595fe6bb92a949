import type { Note, Users } from '../gitlab/ports/port.ts';
import type { MergeRequestAddress } from '../model/context.ts';
import { encodeKey, markedAuthor, type NoteAuthor, parseMarker } from './marker.ts';
import { type ProvePart, proverOf } from './note-parts.ts';

/** What a proof is about: it holds for one note of one user, and for no other. */
function claim({ project, iid }: MergeRequestAddress, key: string, authorId: number): string {
  return JSON.stringify(['herald:note', project, iid, encodeKey(key), authorId]);
}

/** Which notes of a key are this token's own. */
export interface OwnNotes {
  isOwn(note: Note): Promise<boolean>;
  /** The token's user, with the proof for its notes. */
  author(): Promise<NoteAuthor>;
  /** Proves the parts of these notes, when they are that author's. */
  partProver(author: NoteAuthor): ProvePart;
}

/**
 * Tells own notes from others'. A note whose marker names its author, with a proof that this token would have made, is
 * our own: GitLab need not be asked who we are. Whoever copies such a marker is another author than it names.
 * Everything else (a first note, another token, an older marker) is settled by asking GitLab for the token's user,
 * once.
 */
export function ownNotesOf(
  gitlab: Users,
  { mergeRequest, key }: { readonly mergeRequest: MergeRequestAddress; readonly key: string },
): OwnNotes {
  const address = { project: mergeRequest.project, iid: mergeRequest.iid };
  let known: number | null = null;
  const proofOf = (authorId: number): string => gitlab.signature(claim(address, key, authorId));
  const ownId = async (): Promise<number> => {
    known ??= (await gitlab.fetchCurrentUser()).id;
    return known;
  };
  return {
    async isOwn(note) {
      if (note.system || parseMarker(note.body)?.key !== encodeKey(key)) return false;
      const marked = markedAuthor(note.body);
      if (marked?.id === note.authorId && marked.proof === proofOf(note.authorId)) known ??= note.authorId;
      return note.authorId === (await ownId());
    },
    async author() {
      const id = await ownId();
      return { id, proof: proofOf(id) };
    },
    partProver({ id: authorId }) {
      return proverOf((text) => gitlab.signature(text), { mergeRequest: address, key, authorId });
    },
  };
}
