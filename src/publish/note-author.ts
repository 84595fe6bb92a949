import type { Note, Users } from '../gitlab/ports/port.ts';
import { addressOfPlace, type NotePlace, nameOfPlace } from '../model/context.ts';
import { encodeKey, markedAuthor, type NoteAuthor, parseMarker } from './marker.ts';
import { type ProvePart, proverOf } from './note-parts.ts';

/** The subject of a proof: one note of one user. */
function claim(place: NotePlace, key: string, authorId: number): string {
  return JSON.stringify(['herald:note', place.project, nameOfPlace(place), encodeKey(key), authorId]);
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
 * Distinguishes own notes from others'. A note is our own if its marker names its author, with a proof that this token
 * would make: then we need not ask GitLab who we are. A user who copies such a marker is not the author that it names.
 * In all other cases (a first note, another token, an older marker) GitLab is asked once for the token's user.
 */
export function ownNotesOf(
  gitlab: Users,
  { place, key }: { readonly place: NotePlace; readonly key: string },
): OwnNotes {
  const address = addressOfPlace(place);
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
      return proverOf((text) => gitlab.signature(text), { place: address, key, authorId });
    },
  };
}
