import type { Note } from '../gitlab/ports/port.ts';
import { addressOfPlace } from '../model/context.ts';
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
  /** The note's content after the writes. */
  readonly parts: readonly NotePart[];
  /** The note that stays; null when there is none yet. */
  readonly noteId: number | null;
}

/** Without the fields that only name the author, and as GitLab stores it. */
function storedForm(body: string): string {
  return withoutAuthor(body.replaceAll('\r\n', '\n').trimEnd());
}

/**
 * Parts in notes of ours that this token wrote, without parts of a wrong pipeline and parts in which GitLab would run a
 * command with the bot's rights.
 */
export function partsOf(
  notes: readonly Note[],
  { prove, newest, findQuickActions, replaced = null }: Omit<SectionView, 'held' | 'first'>,
): readonly NotePart[] {
  const isReplaced = ({ name, pipelineId }: NotePart): boolean =>
    replaced !== null && name === replaced.name && pipelineId > replaced.pipelineId;
  return notes
    .flatMap(({ body }) => parseParts(body, prove))
    .filter(({ pipelineId }) => pipelineId <= newest)
    .filter((part) => !isReplaced(part) && findQuickActions(part.text).length === 0);
}

export interface SectionView {
  /** Parts that this run knows. */
  readonly held: readonly NotePart[];
  /** Whose part counts on the same pipeline. */
  readonly first: 'held' | 'standing';
  readonly findQuickActions: FindQuickActions;
  /** Parts without this proof do not count. */
  readonly prove: ProvePart;
  /** The latest existing pipeline. */
  readonly newest: number;
  /** Later ones of this section do not count: they are not of the pipeline that GitLab shows. */
  readonly replaced?: Pick<NotePart, 'name' | 'pipelineId'> | null;
}

/**
 * Plans one note of ours that contains the latest known part of each section, from all notes of ours and from `held`.
 * For the same pipeline `first` decides: `held` when we write our own part, `standing` when we check what was written.
 * Parts with their proof are never removed, so the last planner loses nothing, and a run that sees a part missing adds
 * it again; everything else in a note is removed.
 */
export function planSection(
  wanted: Omit<WantedNote, 'body'>,
  existing: ExistingNotes,
  view: SectionView,
): SectionPlan {
  const { held, first, prove } = view;
  const { place, key, author } = wanted;
  const address = addressOfPlace(place);
  const ours = existing.notes
    .filter((note) => pipelineOfNote(note, wanted, existing.ownUserId) !== null)
    .toSorted((a, b) => a.id - b.id);
  const standing = partsOf(ours, view);
  const parts = mergeParts(first === 'held' ? [...held, ...standing] : [...standing, ...held]);
  const { pipelineId, sha } = newestPart(parts) ?? wanted;
  const body = withMarker({ key, pipelineId, sha }, renderParts(parts, prove), author);
  const [survivor, ...duplicates] = ours;
  if (survivor === undefined)
    return { writes: [{ do: 'createNote', place: address, key, body }], parts, noteId: null };
  const noteId = survivor.id;
  const isCurrent = storedForm(survivor.body) === storedForm(body);
  const writes: readonly NoteWrite[] = [
    ...(isCurrent ? [] : [{ do: 'updateNote', place: address, key, noteId, body } as const]),
    ...duplicates.map(({ id }) => ({ do: 'deleteNote', place: address, key, noteId: id }) as const),
  ];
  return { writes, parts, noteId };
}
