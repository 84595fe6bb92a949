import type { Notes, Users } from '../gitlab/ports/port.ts';
import type { Clock, Log } from '../io/port.ts';
import type { MergeRequestAddress } from '../model/context.ts';
import { applyNotePlan } from './apply.ts';
import { fetchOwnNotes } from './fetch-own-notes.ts';
import { ownNotesOf } from './note-author.ts';
import {
  type FindQuickActions,
  type NoteOutcome,
  type NoteWrite,
  planNote,
  type WantedNote,
} from './plan-note.ts';
import { readAt } from './reading.ts';

export interface NoteToPublish extends Omit<WantedNote, 'author'> {
  /** With its web address, for the link to the note. */
  readonly mergeRequest: MergeRequestAddress & { readonly url: string };
}

export interface PublishNoteWorld {
  readonly gitlab: Users & Notes;
  readonly clock: Clock;
  readonly log: Log;
}

export interface PublishNoteOptions {
  /** Reads everything and writes nothing: the outcome is what would come out. */
  readonly dryRun: boolean;
  /** False when a note is updated if there is one, but this run is no reason for a first one. */
  readonly createMissing: boolean;
  /** GitLab runs no other report of this note meanwhile, see `holdsLock`: nothing is looked after. */
  readonly locked: boolean;
  /** The lines of a body that GitLab would run as commands. */
  readonly findQuickActions: FindQuickActions;
}

export interface PublishedNote {
  readonly outcome: NoteOutcome;
  /** Link to the note; null where none stands (refused, or a dry run that would create it). */
  readonly noteUrl: string | null;
  /** Why, as a sentence for the log. */
  readonly reason: string;
  /** The writes that were planned at first; in a dry run those that would be made. */
  readonly writes: readonly NoteWrite[];
}

/**
 * Publishes the sticky note: finds ours, creates or updates it, and looks after it while other runs do the same.
 * Requests: one page of notes when it is current; an update more when it changes, and without the lock one reading more
 * at least; the user too where no note proves who we are.
 * Throws `GitLabRefusedError` and `GitLabUnreachableError`.
 */
export async function publishNote(
  world: PublishNoteWorld,
  toPublish: NoteToPublish,
  { dryRun, createMissing, locked, findQuickActions }: PublishNoteOptions,
): Promise<PublishedNote> {
  const own = ownNotesOf(world.gitlab, toPublish);
  const seen = await readAt(world.clock, () => fetchOwnNotes(world.gitlab, toPublish, own.isOwn));
  const author = await own.author();
  const ownUserId = author.id;
  const wanted = { ...toPublish, author };
  const plan = planNote(wanted, { ownUserId, notes: seen.value }, findQuickActions);
  if (plan.outcome === 'created' && !createMissing) {
    const reason = 'The merge request has no note of this key, and nothing requires a first one.';
    return { outcome: 'not-needed', noteUrl: null, reason, writes: [] };
  }
  const task = { wanted, ownUserId, findQuickActions, locked };
  const result = dryRun ? plan : await applyNotePlan(world, task, { seen, plan, by: planNote });
  return {
    outcome: result.outcome,
    noteUrl: result.noteId === null ? null : `${wanted.mergeRequest.url}#note_${result.noteId}`,
    reason: result.reason,
    writes: plan.writes,
  };
}
