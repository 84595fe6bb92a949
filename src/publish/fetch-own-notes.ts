import type { Note, NotePage, Notes } from '../gitlab/ports/port.ts';
import type { WantedNote } from './plan-note.ts';

/** More notes than are ever written to one merge request while two runs create theirs at once. */
const duplicatesWithin = 10;
/** GitLab allows 5,000 comments on a merge request. */
const maxPages = 100;

/**
 * Fetches our notes of a key, and stops at the first page that has one: the first page, the last one, the second one,
 * and so on to the middle. A note is mostly among the first comments of a merge request or, where the first pipeline
 * came late, among the newest. One page is enough although duplicates may exist: a run that creates one has just
 * searched every page in vain, so it follows the first within seconds, that is within a few notes; and the run that
 * creates it knows its id and removes it itself. The page beyond is read, too, only if one is next to the edge of its
 * page.
 */
export async function fetchOwnNotes(
  gitlab: Notes,
  { place }: Pick<WantedNote, 'place'>,
  isOwn: (note: Note) => boolean | Promise<boolean>,
): Promise<readonly Note[]> {
  const search = new Search((page) => gitlab.fetchNotePage(place, page), isOwn);
  const first = await search.read(1);
  if (search.found.length === 0 && first.more) await searchFrom(first, search);
  return search.found.toSorted((a, b) => a.id - b.id);
}

/**
 * The same in a first page of comments that was had in another way; null where it does not say enough. Asks nothing.
 */
export async function ownNotesIn(
  notes: readonly Note[],
  more: boolean,
  isOwn: (note: Note) => boolean | Promise<boolean>,
): Promise<readonly Note[] | null> {
  const own: Note[] = [];
  for (const note of notes) if (await isOwn(note)) own.push(note);
  const isAtTheEnd = own.some((note) => notes.indexOf(note) >= notes.length - duplicatesWithin);
  if (more && (own.length === 0 || isAtTheEnd)) return null;
  return own.toSorted((a, b) => a.id - b.id);
}

async function searchFrom({ last }: NotePage, search: Search): Promise<void> {
  for (let front = 2, back = last; back === null ? front <= maxPages : front <= back; front += 1) {
    if (back !== null) {
      const page = await search.read(back);
      // Somebody may have begun a page since the first was read.
      if (back === last && page.more) await search.readOnce(back + 1);
      if (search.found.length > 0 || back === front) return;
      back -= 1;
    }
    const { more } = await search.read(front);
    if (search.found.length > 0 || !more) return;
  }
}

/** Reads pages, each at most once. */
class Search {
  readonly found: Note[] = [];
  private readonly pages = new Set<number>();
  private readonly fetchPage: (page: number) => Promise<NotePage>;
  private readonly isOwn: (note: Note) => boolean | Promise<boolean>;

  constructor(fetchPage: Search['fetchPage'], isOwn: Search['isOwn']) {
    this.fetchPage = fetchPage;
    this.isOwn = isOwn;
  }

  /** Reads a page, and the one beyond its edge where one of ours is next to it. */
  async read(number: number): Promise<NotePage> {
    this.pages.add(number);
    const page = await this.fetchPage(number);
    const own: number[] = [];
    for (const [index, note] of page.notes.entries())
      if (await this.isOwn(note)) {
        own.push(index);
        this.found.push(note);
      }
    const isAtTheEnd = own.some((index) => index >= page.notes.length - duplicatesWithin);
    const isAtTheStart = own.some((index) => index < duplicatesWithin);
    if (page.more && isAtTheEnd) await this.readOnce(number + 1);
    if (isAtTheStart && number > 1) await this.readOnce(number - 1);
    return page;
  }

  async readOnce(number: number): Promise<void> {
    if (!this.pages.has(number)) await this.read(number);
  }
}
