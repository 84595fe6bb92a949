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
  /** Reads everything and writes nothing: returns the outcome that the run would have. */
  readonly dryRun: boolean;
  /** False when an existing note is updated, but this run does not require a first one. */
  readonly createMissing: boolean;
  /** The lines of a body that GitLab would run as commands. */
  readonly findQuickActions: FindQuickActions;
}

export interface PublishedNote {
  readonly outcome: NoteOutcome;
  /** Link to the note; null where there is no note (refused, or a dry run that would create it). */
  readonly noteUrl: string | null;
  /** Why, as a sentence for the log. */
  readonly reason: string;
  /** The writes that were planned at first; in a dry run those that would be made. */
  readonly writes: readonly NoteWrite[];
}

/**
 * Publishes the sticky note: finds ours, creates or updates it, and checks it while other runs do the same. Requests:
 * one page of notes when it is current; an update and another read when it changes; also the user if no note proves who
 * we are. Throws `GitLabRefusedError` and `GitLabUnreachableError`.
 */
export async function publishNote(
  world: PublishNoteWorld,
  toPublish: NoteToPublish,
  { dryRun, createMissing, findQuickActions }: PublishNoteOptions,
): Promise<PublishedNote> {
  const own = ownNotesOf(world.gitlab, toPublish);
  const notes = await fetchOwnNotes(world.gitlab, toPublish, own.isOwn);
  const author = await own.author();
  const ownUserId = author.id;
  const wanted = { ...toPublish, author };
  const plan = planNote(wanted, { ownUserId, notes }, findQuickActions);
  if (plan.outcome === 'created' && !createMissing) {
    const reason = 'The merge request has no note of this key, and nothing requires a first one.';
    return { outcome: 'not-needed', noteUrl: null, reason, writes: [] };
  }
  const result = dryRun ? plan : await applyNotePlan(world, { wanted, ownUserId, findQuickActions }, plan);
  return {
    outcome: result.outcome,
    noteUrl: result.noteId === null ? null : `${wanted.mergeRequest.url}#note_${result.noteId}`,
    reason: result.reason,
    writes: plan.writes,
  };
}
