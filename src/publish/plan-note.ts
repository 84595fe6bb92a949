import type { Note } from '../gitlab/ports/port.ts';
import type { MergeRequestAddress } from '../model/context.ts';
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
  readonly mergeRequest: MergeRequestAddress;
  /** Which sticky note: one per key, merge request and bot user. */
  readonly key: string;
  /** Markdown, without the marker. */
  readonly body: string;
  readonly pipelineId: number;
  /** Commit of the pipeline. */
  readonly sha: string;
  /** Whose it will be, for its marker; null to leave that open. */
  readonly author: NoteAuthor | null;
}

export interface ExistingNotes {
  /** The user that the token belongs to. */
  readonly ownUserId: number;
  /** Any notes of the merge request: others' are left out here. */
  readonly notes: readonly Note[];
}

export type FindQuickActions = (body: string) => readonly string[];

export type NoteWrite = Extract<Write, { readonly do: 'createNote' | 'updateNote' | 'deleteNote' }>;

export type NoteOutcome =
  | 'created'
  | 'updated'
  | 'unchanged'
  | 'newer-exists'
  /** There is none yet, and none is to be made. */
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
  /** The lowest id: the one that everybody keeps, so that concurrent runs agree without talking. */
  readonly survivor: OwnNote;
  readonly duplicates: readonly OwnNote[];
  /** Of the newest pipeline. */
  readonly newest: OwnNote;
}

/** GitLab's limit: https://docs.gitlab.com/administration/instance_limits/#size-of-comments-and-descriptions-of-issues-merge-requests-and-epics */
export const maxNoteCharacters = 1_000_000;

/**
 * Plans the sticky note: one note of our own with this key, of the newest pipeline that is known, and no write when
 * that is what stands there. Of several (two runs created one at once) the oldest stays. Notes of others, and notes
 * without our marker, are never touched. A body that GitLab would refuse or take commands from is not written at all:
 * quick actions in a note run as the bot (https://docs.gitlab.com/user/project/quick_actions/).
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
  if (standing.newest.marker.pipelineId > wanted.pipelineId) {
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
 * Plans what is left to do once our body has been written: duplicates that another run created at the same time are
 * brought together in the oldest note, which gets the newest pipeline's body. Of one pipeline, what stands stays: two
 * jobs that publish under the same key would rewrite each other for ever.
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

/** The pipeline that a note tells of when it is ours and of this key, else null. */
export function pipelineOfNote(
  note: Note,
  wanted: Pick<WantedNote, 'key'>,
  ownUserId: number,
): number | null {
  if (note.authorId !== ownUserId || note.system) return null;
  const marker = parseMarker(note.body);
  return marker?.key === encodeKey(wanted.key) ? marker.pipelineId : null;
}

function planFirst({ mergeRequest, key }: WantedNote, body: string): NotePlan {
  return {
    outcome: 'created',
    reason: 'The merge request has no note of this key yet.',
    writes: [{ do: 'createNote', mergeRequest: addressOf(mergeRequest), key, body }],
    noteId: null,
  };
}

/** One note with the newest pipeline's body, which is not older than ours. */
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
  // A maintainer may have edited a note of ours: only what we would write ourselves is written again.
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

/** GitLab stores no carriage returns and no whitespace at the end; who wrote it is no change. */
function storedForm(body: string): string {
  return withoutAuthor(body.replaceAll('\r\n', '\n').trimEnd());
}

function whyUpdated({ marker }: OwnNote, wanted: WantedNote): string {
  return marker.pipelineId === wanted.pipelineId
    ? 'The content of the note about this pipeline has changed.'
    : `The note was about pipeline ${marker.pipelineId}.`;
}

function updateOf({ mergeRequest, key }: WantedNote, note: OwnNote, body: string): NoteWrite {
  return { do: 'updateNote', mergeRequest: addressOf(mergeRequest), key, noteId: note.id, body };
}

function deletionsOf(
  { mergeRequest, key }: WantedNote,
  duplicates: readonly OwnNote[],
): readonly NoteWrite[] {
  return duplicates.map(({ id }) => ({
    do: 'deleteNote',
    mergeRequest: addressOf(mergeRequest),
    key,
    noteId: id,
  }));
}

function addressOf({ project, iid }: MergeRequestAddress): MergeRequestAddress {
  return { project, iid };
}
