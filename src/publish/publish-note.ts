import type { Note, Notes, Users } from '../gitlab/ports/port.ts';
import type { Clock, Log } from '../io/port.ts';
import type { NotePlace } from '../model/context.ts';
import { applyNotePlan } from './apply.ts';
import { fetchOwnNotes, ownNotesIn } from './fetch-own-notes.ts';
import { type OwnNotes, ownNotesOf } from './note-author.ts';
import {
  type ExistingNotes,
  type FindQuickActions,
  type NoteOutcome,
  type NotePlan,
  type NoteWrite,
  pipelineOfNote,
  planNote,
  type WantedNote,
} from './plan-note.ts';
import { type Reading, readAt } from './reading.ts';

export interface NoteToPublish extends Omit<WantedNote, 'author'> {
  /** With its web address, for the link to the note. */
  readonly place: NotePlace & { readonly url: string };
}

export interface PublishNoteWorld {
  readonly gitlab: Users & Notes;
  readonly clock: Clock;
  readonly log: Log;
}

export interface PublishNoteOptions {
  /** Reads everything and writes nothing: returns the outcome that the run would have. */
  readonly dryRun: boolean;
  /** False when an existing note is updated, but this run does not require a first one. */
  readonly createMissing: boolean;
  /** GitLab runs no other report of this note meanwhile, see `holdsLock`: nothing is looked after. */
  readonly locked: boolean;
  /** The lines of a body that GitLab would run as commands. */
  readonly findQuickActions: FindQuickActions;
  /**
   * Whether a note may stay although another pipeline wrote it, by the two bodies; by default every note is updated.
   */
  readonly mayStay?: (standing: string, wanted: string) => boolean;
  /** Whether GitLab shows this pipeline on the merge request; asked where a note is of one with a higher id. */
  readonly isHead?: () => Promise<boolean>;
  /** The note as it was looked up ahead; looked up again when that is too long ago. */
  readonly ahead?: Promise<FoundNotes> | null;
}

/** What a run sees of its notes before it decides. */
export interface FoundNotes {
  readonly own: OwnNotes;
  readonly seen: Reading<readonly Note[]>;
}

/** How old notes that were looked up ahead may be, in milliseconds. Only a holder of the lock looks ahead. */
const maxAheadMilliseconds = 2000;

/** The first hundred comments of a place, oldest first, and whether it has more. */
export interface FirstNotes {
  readonly notes: readonly Note[];
  readonly more: boolean;
}

export interface Finding {
  /** A first note is sure to be wanted. */
  readonly isWanted: boolean;
  /** The first comments, where they are being asked for in another way; null where that gave nothing. */
  readonly first?: Promise<FirstNotes | null>;
}

/** The own notes among comments that were asked for in another way; null where these do not say enough. */
async function ownInFirst(
  clock: Clock,
  own: OwnNotes,
  first: Promise<FirstNotes | null>,
): Promise<FoundNotes['seen'] | null> {
  const { value: found, askedAt } = await readAt(clock, () => first);
  const value = found === null ? null : await ownNotesIn(found.notes, found.more, own.isOwn);
  return value === null ? null : { value, askedAt };
}

/** Looks up the own notes of a key; where there is none yet, also who we are if the first one is sure to be wanted. */
export async function findNotes(
  { gitlab, clock }: Pick<PublishNoteWorld, 'gitlab' | 'clock'>,
  target: Pick<WantedNote, 'place' | 'key'>,
  { isWanted, first }: Finding,
): Promise<FoundNotes> {
  const own = ownNotesOf(gitlab, target);
  const known = first === undefined ? null : await ownInFirst(clock, own, first);
  const seen = known ?? (await readAt(clock, () => fetchOwnNotes(gitlab, target, own.isOwn)));
  if (isWanted && seen.value.length === 0) await own.author();
  return { own, seen };
}

async function youngNotes(
  world: PublishNoteWorld,
  toPublish: NoteToPublish,
  ahead: PublishNoteOptions['ahead'],
): Promise<FoundNotes> {
  const found = (await ahead) ?? null;
  const isYoung = found !== null && world.clock.now().getTime() - found.seen.askedAt <= maxAheadMilliseconds;
  return isYoung ? found : findNotes(world, toPublish, { isWanted: false });
}

export interface PublishedNote {
  readonly outcome: NoteOutcome;
  /** Null where there is no note. */
  readonly noteId: number | null;
  /** Link to the note; null where there is no note (refused, or a dry run that would create it). */
  readonly noteUrl: string | null;
  /** Why, as a sentence for the log. */
  readonly reason: string;
  /** The writes that were planned at first; in a dry run those that would be made. */
  readonly writes: readonly NoteWrite[];
}

/**
 * The head pipeline of a merge request ranks before later ones that are not its own, such as those of a schedule.
 * Source: `app/finders/ci/pipelines_for_merge_request_finder.rb` of GitLab
 */
async function withRank(
  wanted: WantedNote,
  { outcome }: NotePlan,
  { existing, isHead }: { readonly existing: ExistingNotes } & Pick<PublishNoteOptions, 'isHead'>,
): Promise<WantedNote> {
  if (outcome !== 'newer-exists' || isHead === undefined || !(await isHead())) return wanted;
  const { ownUserId, notes } = existing;
  const ids = notes.flatMap((note) => pipelineOfNote(note, wanted, ownUserId) ?? []);
  return { ...wanted, replaces: Math.max(...ids) };
}

function noteUrlOf({ place }: NoteToPublish, noteId: number | null): string | null {
  return noteId === null ? null : `${place.url}#note_${noteId}`;
}

const notNeeded: PublishedNote = {
  outcome: 'not-needed',
  noteId: null,
  noteUrl: null,
  reason: 'There is no note of this key, and nothing requires a first one.',
  writes: [],
};

/**
 * Publishes the sticky note: finds ours, creates or updates it, and checks it while other runs do the same. Requests:
 * one page of notes when it is current; also an update when it changes, and without the lock at least one more read;
 * also the user if no note proves who we are. Throws `GitLabRefusedError` and `GitLabUnreachableError`.
 */
export async function publishNote(
  world: PublishNoteWorld,
  toPublish: NoteToPublish,
  { dryRun, createMissing, locked, findQuickActions, isHead, mayStay, ahead }: PublishNoteOptions,
): Promise<PublishedNote> {
  const { own, seen } = await youngNotes(world, toPublish, ahead);
  if (seen.value.length === 0 && !createMissing) return notNeeded;
  const author = await own.author();
  const ownUserId = author.id;
  const existing = { ownUserId, notes: seen.value };
  const first = { ...toPublish, author };
  const wanted = await withRank(first, planNote(first, existing, findQuickActions), { existing, isHead });
  const plan = planNote(wanted, existing, findQuickActions);
  const standing = seen.value.find(({ id }) => id === plan.noteId)?.body ?? null;
  if (plan.outcome === 'updated' && standing !== null && mayStay?.(standing, toPublish.body) === true) {
    const reason = 'The note shows the same result.';
    const { noteId } = plan;
    return { outcome: 'unchanged', noteId, noteUrl: noteUrlOf(toPublish, noteId), reason, writes: [] };
  }
  const task = { wanted, ownUserId, findQuickActions, locked };
  const result = dryRun ? plan : await applyNotePlan(world, task, { seen, plan, by: planNote });
  return {
    outcome: result.outcome,
    noteId: result.noteId,
    noteUrl: noteUrlOf(toPublish, result.noteId),
    reason: result.reason,
    writes: plan.writes,
  };
}
