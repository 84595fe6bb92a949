import type { Note, Notes } from '../gitlab/ports/port.ts';
import type { WantedNote } from './plan-note.ts';

const pageSize = 100;
/** More notes than are ever written to one merge request while two runs create theirs at once. */
const duplicatesWithin = 10;

/**
 * Fetches our notes of a key, pages oldest first, and stops at the first page that has one. That is enough although
 * duplicates may exist: a run that creates one has just searched every page in vain, so it follows the first within
 * seconds, that is within a few notes; and the run that creates it knows its id and removes it itself. One more page is
 * read only if the first note is at the very end of a full page.
 */
export async function fetchOwnNotes(
  gitlab: Notes,
  { mergeRequest }: Pick<WantedNote, 'mergeRequest'>,
  isOwn: (note: Note) => boolean | Promise<boolean>,
): Promise<readonly Note[]> {
  const found: Note[] = [];
  for await (const page of gitlab.fetchNotePages(mergeRequest)) {
    const wasFound = found.length > 0;
    for (const note of page) if (await isOwn(note)) found.push(note);
    const [first] = found;
    if (first === undefined) continue;
    const isAtTheEnd = page.length >= pageSize && page.indexOf(first) >= page.length - duplicatesWithin;
    if (wasFound || !isAtTheEnd) break;
  }
  return found;
}
