import type { Note } from '../gitlab/ports/port.ts';
import { addressOfPlace, type NotePlace } from '../model/context.ts';
import { counted } from '../model/plural.ts';
import type { Write } from '../model/write.ts';
import {
  encodeKey,
  type NoteAuthor,
  type NoteMarker,
  parseMarker,
  withMarker,
  withoutAuthor,
} from './marker.ts';

export interface WantedNote {
  readonly place: NotePlace;
  /** Which sticky note: one per key, place and bot user. */
  readonly key: string;
  /** Markdown, without the marker. */
  readonly body: string;
  readonly pipelineId: number;
  /** Commit of the pipeline. */
  readonly sha: string;
  /** Its author, for the marker; null to omit it. */
  readonly author: NoteAuthor | null;
  /** A pipeline whose note is replaced although it is newer: it is not the one that GitLab shows. */
  readonly replaces?: number;
}

export interface ExistingNotes {
  /** The user that the token belongs to. */
  readonly ownUserId: number;
  /** Any notes of the place: notes of others are ignored here. */
  readonly notes: readonly Note[];
}

export type FindQuickActions = (body: string) => readonly string[];

export type NoteWrite = Extract<Write, { readonly do: 'createNote' | 'updateNote' | 'deleteNote' }>;

export type NoteOutcome =
  | 'created'
  | 'updated'
  | 'unchanged'
  | 'newer-exists'
  /** The merge request shows another pipeline, whose report the note is. */
  | 'not-the-head'
  /** There is none yet, and none must be created. */
  | 'not-needed'
  | 'body-too-long'
  | 'quick-action';

export interface NotePlan {
  readonly outcome: NoteOutcome;
  /** Why, as a sentence for the log. */
  readonly reason: string;
  readonly writes: readonly NoteWrite[];
  /** The note that stays; null when there is none yet, or none may be written. */
  readonly noteId: number | null;
}

interface OwnNote {
  readonly id: number;
  readonly body: string;
  readonly marker: NoteMarker;
}

/** The notes of ours with the wanted key. */
interface Standing {
  /** The lowest id: every run keeps this one, so concurrent runs agree without communication. */
  readonly survivor: OwnNote;
  readonly duplicates: readonly OwnNote[];
  /** Of the latest pipeline. */
  readonly newest: OwnNote;
}

/** GitLab's limit: https://docs.gitlab.com/administration/instance_limits/#size-of-comments-and-descriptions-of-issues-merge-requests-and-epics */
export const maxNoteCharacters = 1_000_000;

/**
 * Plans the sticky note: one note of our own with this key, of the latest known pipeline, and no write if the note is
 * already up to date. If there are several (two runs created one at once), the oldest stays. Notes of others, and notes
 * without our marker, are never touched. A body that GitLab would refuse or run commands from is not written at all: quick actions in a note run as the bot (https://docs.gitlab.com/user/project/quick_actions/).
 */
export function planNote(
  wanted: WantedNote,
  existing: ExistingNotes,
  findQuickActions: FindQuickActions,
): NotePlan {
  const body = markedBody(wanted);
  const refusal = refuseBody(body, findQuickActions);
  if (refusal !== null) return refusal;
  const standing = standingNotes(wanted, existing);
  if (standing === null) return planFirst(wanted, body);
  if (standing.newest.marker.pipelineId > Math.max(wanted.pipelineId, wanted.replaces ?? 0)) {
    return planMerge(wanted, standing, findQuickActions);
  }
  const { survivor, duplicates } = standing;
  const deletions = deletionsOf(wanted, duplicates);
  const noteId = survivor.id;
  return storedForm(survivor.body) === storedForm(body)
    ? { outcome: 'unchanged', reason: 'The note is already up to date.', writes: deletions, noteId }
    : {
        outcome: 'updated',
        reason: whyUpdated(survivor, wanted),
        writes: [updateOf(wanted, survivor, body), ...deletions],
        noteId,
      };
}

/**
 * Plans the writes that remain after our body was written: duplicates that another run created at the same time are
 * merged into the oldest note, which gets the latest pipeline's body. A note of the same pipeline stays unchanged, or
 * two jobs with the same key would overwrite each other forever.
 */
export function planTogether(
  wanted: WantedNote,
  existing: ExistingNotes,
  findQuickActions: FindQuickActions,
): NotePlan {
  const standing = standingNotes(wanted, existing);
  return standing === null || standing.newest.marker.pipelineId < wanted.pipelineId
    ? planNote(wanted, existing, findQuickActions)
    : planMerge(wanted, standing, findQuickActions);
}

/** The pipeline of a note if it is ours and has this key, else null. */
export function pipelineOfNote(
  note: Note,
  wanted: Pick<WantedNote, 'key'>,
  ownUserId: number,
): number | null {
  if (note.authorId !== ownUserId || note.system) return null;
  const marker = parseMarker(note.body);
  return marker?.key === encodeKey(wanted.key) ? marker.pipelineId : null;
}

function planFirst({ place, key }: WantedNote, body: string): NotePlan {
  return {
    outcome: 'created',
    reason: 'There is no note of this key yet.',
    writes: [{ do: 'createNote', place: addressOfPlace(place), key, body }],
    noteId: null,
  };
}

/** One note with the latest pipeline's body, which is not older than ours. */
function planMerge(wanted: WantedNote, standing: Standing, findQuickActions: FindQuickActions): NotePlan {
  const { survivor, duplicates, newest } = standing;
  const { pipelineId } = newest.marker;
  const verdict =
    pipelineId > wanted.pipelineId
      ? {
          outcome: 'newer-exists' as const,
          reason: `A note is about pipeline ${pipelineId}, which is newer than this one (${wanted.pipelineId}).`,
        }
      : { outcome: 'unchanged' as const, reason: 'The note is about this pipeline.' };
  if (survivor.marker.pipelineId === pipelineId) {
    return { ...verdict, writes: deletionsOf(wanted, duplicates), noteId: survivor.id };
  }
  // A maintainer may have edited a note of ours: we rewrite only text that we would write ourselves.
  if (refuseBody(newest.body, findQuickActions) !== null) {
    return { ...verdict, writes: [], noteId: newest.id };
  }
  const writes = [updateOf(wanted, survivor, newest.body), ...deletionsOf(wanted, duplicates)];
  return { ...verdict, writes, noteId: survivor.id };
}

function standingNotes(wanted: WantedNote, { ownUserId, notes }: ExistingNotes): Standing | null {
  const [survivor, ...duplicates] = notes
    .flatMap((note): readonly OwnNote[] => {
      const marker = parseMarker(note.body);
      const isOurs = pipelineOfNote(note, wanted, ownUserId) !== null;
      return marker !== null && isOurs ? [{ id: note.id, body: note.body, marker }] : [];
    })
    .sort((a, b) => a.id - b.id);
  if (survivor === undefined) return null;
  const newest = duplicates.reduce(
    (best, note) => (note.marker.pipelineId > best.marker.pipelineId ? note : best),
    survivor,
  );
  return { survivor, duplicates, newest };
}

function refuseBody(body: string, findQuickActions: FindQuickActions): NotePlan | null {
  const length = countCharacters(body);
  if (length > maxNoteCharacters) {
    return {
      outcome: 'body-too-long',
      reason: `The note would have ${counted(length, { one: 'character', other: 'characters' })}; GitLab accepts at most ${maxNoteCharacters}.`,
      writes: [],
      noteId: null,
    };
  }
  const actions = findQuickActions(body);
  if (actions.length === 0) return null;
  return {
    outcome: 'quick-action',
    reason: `GitLab would run ${counted(actions.length, { one: 'line', other: 'lines' })} of the note as a command, so it is not posted.`,
    writes: [],
    noteId: null,
  };
}

/** GitLab counts code points, JavaScript UTF-16 units: a pair counts once. */
function countCharacters(body: string): number {
  if (body.length <= maxNoteCharacters) return body.length;
  let pairs = 0;
  for (const character of body) if (character.length === 2) pairs += 1;
  return body.length - pairs;
}

function markedBody({ key, pipelineId, sha, body, author }: WantedNote): string {
  return withMarker({ key, pipelineId, sha }, body, author);
}

/** GitLab stores no carriage returns and no trailing whitespace; another author in the marker is not a change. */
function storedForm(body: string): string {
  return withoutAuthor(body.replaceAll('\r\n', '\n').trimEnd());
}

function whyUpdated({ marker }: OwnNote, wanted: WantedNote): string {
  return marker.pipelineId === wanted.pipelineId
    ? 'The content of the note about this pipeline has changed.'
    : `The note was about pipeline ${marker.pipelineId}.`;
}

function updateOf({ place, key }: WantedNote, note: OwnNote, body: string): NoteWrite {
  return { do: 'updateNote', place: addressOfPlace(place), key, noteId: note.id, body };
}

function deletionsOf({ place, key }: WantedNote, duplicates: readonly OwnNote[]): readonly NoteWrite[] {
  return duplicates.map(({ id }) => ({
    do: 'deleteNote',
    place: addressOfPlace(place),
    key,
    noteId: id,
  }));
}
