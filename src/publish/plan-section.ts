import type { Note } from '../gitlab/ports/port.ts';
import { withMarker, withoutAuthor } from './marker.ts';
import {
  mergeParts,
  type NotePart,
  newestPart,
  type ProvePart,
  parseParts,
  renderParts,
} from './note-parts.ts';
import {
  type ExistingNotes,
  type FindQuickActions,
  type NoteWrite,
  pipelineOfNote,
  type WantedNote,
} from './plan-note.ts';

export interface SectionPlan {
  readonly writes: readonly NoteWrite[];
  /** What the note holds when the writes are done. */
  readonly parts: readonly NotePart[];
  /** The note that stays; null when there is none yet. */
  readonly noteId: number | null;
}

/** Without what only tells who wrote it, and as GitLab stores it. */
function storedForm(body: string): string {
  return withoutAuthor(body.replaceAll('\r\n', '\n').trimEnd());
}

/**
 * What stands in notes of ours as this token wrote it. Of that, what a wrong pipeline wrote does not count, and what
 * GitLab would take a command from, with the bot's rights, is not written again.
 */
export function partsOf(
  notes: readonly Note[],
  { prove, newest, findQuickActions }: Omit<SectionView, 'held' | 'first'>,
): readonly NotePart[] {
  return notes
    .flatMap(({ body }) => parseParts(body, prove))
    .filter(({ text, pipelineId }) => pipelineId <= newest && findQuickActions(text).length === 0);
}

export interface SectionView {
  /** Parts that this run knows. */
  readonly held: readonly NotePart[];
  /** Whose part counts on the same pipeline. */
  readonly first: 'held' | 'standing';
  readonly findQuickActions: FindQuickActions;
  /** Parts without this proof are none. */
  readonly prove: ProvePart;
  /** The newest pipeline that there is. */
  readonly newest: number;
}

/**
 * Plans one note of ours that holds of each section the newest part known: those that stand in any note of ours, and
 * `held`. On the same pipeline `first` decides: `held` when we come to write our own, `standing` when we look after
 * what was written. Parts with their proof are never taken away, so that whoever plans last loses nothing, and whoever
 * sees something missing puts it back; everything else in a note is.
 */
export function planSection(
  wanted: Omit<WantedNote, 'body'>,
  existing: ExistingNotes,
  view: SectionView,
): SectionPlan {
  const { held, first, prove } = view;
  const { mergeRequest, key, author } = wanted;
  const address = { project: mergeRequest.project, iid: mergeRequest.iid };
  const ours = existing.notes
    .filter((note) => pipelineOfNote(note, wanted, existing.ownUserId) !== null)
    .toSorted((a, b) => a.id - b.id);
  const standing = partsOf(ours, view);
  const parts = mergeParts(first === 'held' ? [...held, ...standing] : [...standing, ...held]);
  const { pipelineId, sha } = newestPart(parts) ?? wanted;
  const body = withMarker({ key, pipelineId, sha }, renderParts(parts, prove), author);
  const [survivor, ...duplicates] = ours;
  if (survivor === undefined)
    return { writes: [{ do: 'createNote', mergeRequest: address, key, body }], parts, noteId: null };
  const noteId = survivor.id;
  const isCurrent = storedForm(survivor.body) === storedForm(body);
  const writes: readonly NoteWrite[] = [
    ...(isCurrent ? [] : [{ do: 'updateNote', mergeRequest: address, key, noteId, body } as const]),
    ...duplicates.map(({ id }) => ({ do: 'deleteNote', mergeRequest: address, key, noteId: id }) as const),
  ];
  return { writes, parts, noteId };
}
