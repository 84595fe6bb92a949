import { GitLabRefusedError, GitLabUnreachableError, HeraldError } from '../errors.ts';
import type { Note, Notes } from '../gitlab/ports/port.ts';
import type { Clock, Log } from '../io/port.ts';
import { describeWrite } from './describe-write.ts';
import { fetchOwnNotes } from './fetch-own-notes.ts';
import { parseMarker } from './marker.ts';
import {
  type FindQuickActions,
  type NotePlan,
  type NoteWrite,
  pipelineOfNote,
  planTogether,
  type WantedNote,
} from './plan-note.ts';

export interface NoteWorld {
  readonly gitlab: Notes;
  readonly clock: Clock;
  readonly log: Log;
}

export interface NoteTask {
  readonly wanted: WantedNote;
  readonly ownUserId: number;
  readonly findQuickActions: FindQuickActions;
}

function ownedBy({ wanted, ownUserId }: NoteTask): (note: Note) => boolean {
  return (note) => pipelineOfNote(note, wanted, ownUserId) !== null;
}

const maxPasses = 4;
const maxRewrites = 3;
const minSettleMilliseconds = 500;
const jitterMilliseconds = 500;

type CreateNote = Extract<NoteWrite, { readonly do: 'createNote' }>;
type UpdateNote = Extract<NoteWrite, { readonly do: 'updateNote' }>;
type DeleteNote = Extract<NoteWrite, { readonly do: 'deleteNote' }>;

interface PassResult {
  /** Our notes, to plan the next pass from; null when there is nothing left to look at. */
  readonly seen: readonly Note[] | null;
  /** A newer pipeline has overwritten ours in the meantime. */
  readonly superseded: boolean;
}

/**
 * Performs the writes of a plan, so that concurrent runs end with one note of the latest pipeline; returns the plan as
 * it was carried out. GitLab has neither conditional updates nor locks for notes, so:
 *
 * - after a create, our notes are listed again: of several the oldest stays, with the latest pipeline's body, and the
 *   others are deleted. No waiting is needed, because a create overwrites nothing, and a run that creates later sees
 *   both.
 * - after an update, the note is read once more when every update that was decided before ours has had time to land;
 *   if one of an older pipeline did, ours is written again, at most three times.
 *
 * An older update that takes longer than that waiting time to land stays until the next pipeline: GitLab cannot inform
 * its sender. Throws what the port throws when the note itself could not be written; problems while checking it or
 * deleting duplicates are only logged.
 */
export async function applyNotePlan(world: NoteWorld, task: NoteTask, first: NotePlan): Promise<NotePlan> {
  let plan = first;
  let superseded = false;
  let mayCreate = true;
  for (let pass = 1; plan.writes.length > 0 && pass <= maxPasses; pass += 1) {
    const creates = plan.writes.some((write) => write.do === 'createNote');
    if (creates && !mayCreate) {
      world.log.warn('The note that Herald just created is gone, or is no longer its own; giving up.');
      break;
    }
    mayCreate = !creates;
    const result = await applyPass(world, task, { writes: plan.writes, isLast: pass === maxPasses });
    superseded = result.superseded;
    if (result.seen === null) break;
    const existing = { ownUserId: task.ownUserId, notes: result.seen };
    plan = planTogether(task.wanted, existing, task.findQuickActions);
  }
  if (plan.outcome === 'newer-exists') return plan;
  if (!superseded) return { ...first, noteId: plan.noteId };
  const reason = 'A newer pipeline has written the note in the meantime.';
  return { ...plan, outcome: 'newer-exists', reason };
}

async function applyPass(
  world: NoteWorld,
  task: NoteTask,
  { writes, isLast }: { readonly writes: readonly NoteWrite[]; readonly isLast: boolean },
): Promise<PassResult> {
  let updated: UpdateNote | null = null;
  for (const write of writes) {
    world.log.debug(describeWrite(write));
    switch (write.do) {
      case 'createNote':
        return { seen: await applyCreate(world, task, write), superseded: false };
      case 'updateNote': {
        const gone = await applyUpdate(world, write);
        if (gone !== null && isLast) throw gone;
        if (gone !== null) return lookAgain(world, task, isLast);
        updated = write;
        break;
      }
      case 'deleteNote':
        await applyDelete(world, write);
        break;
    }
  }
  if (updated === null) return { seen: null, superseded: false };
  const end = await holdUpdate(world, task, updated);
  return end === 'gone' ? lookAgain(world, task, isLast) : { seen: null, superseded: end === 'superseded' };
}

async function lookAgain(world: NoteWorld, task: NoteTask, isLast: boolean): Promise<PassResult> {
  if (isLast) world.log.warn('The note kept being deleted while Herald was writing it; giving up.');
  const seen = isLast ? null : await fetchOwnNotes(world.gitlab, task.wanted, ownedBy(task));
  return { seen, superseded: false };
}

/** Creates the note and returns all notes of ours that exist afterwards. */
async function applyCreate(
  world: NoteWorld,
  task: NoteTask,
  { mergeRequest, body }: CreateNote,
): Promise<readonly Note[]> {
  try {
    const created = await world.gitlab.createNote(mergeRequest, body);
    return await seenAfterCreate(world, task, created);
  } catch (error) {
    if (!(error instanceof GitLabUnreachableError)) throw error;
    return seenAfterLostAnswer(world, task, error);
  }
}

async function seenAfterCreate(world: NoteWorld, task: NoteTask, created: Note): Promise<readonly Note[]> {
  try {
    const listed = await fetchOwnNotes(world.gitlab, task.wanted, ownedBy(task));
    const hasOlder = listed.some(({ id }) => id < created.id);
    const isListed = listed.some(({ id }) => id === created.id);
    // The search stops at an older note, and a replica of the database may not have ours yet.
    return !isListed && (hasOlder || listed.length === 0) ? [...listed, created] : listed;
  } catch (error) {
    logTrouble(world.log, 'The note is written, but Herald could not check that it is the only one', error);
    return [created];
  }
}

/**
 * The answer was lost: the note may exist, and must neither be written twice nor stay as a duplicate. Any note of ours
 * counts, even another run's, which may have replaced ours: then an update follows.
 */
async function seenAfterLostAnswer(
  { gitlab, log }: NoteWorld,
  task: NoteTask,
  failure: GitLabUnreachableError,
): Promise<readonly Note[]> {
  let seen: readonly Note[] = [];
  try {
    seen = await fetchOwnNotes(gitlab, task.wanted, ownedBy(task));
  } catch (error) {
    logTrouble(log, 'Herald could not check whether the note was created', error);
  }
  if (seen.length === 0) throw failure;
  return seen;
}

/** Null when it is written; the refusal when the note does not exist in GitLab. */
async function applyUpdate(
  { gitlab }: NoteWorld,
  { mergeRequest, noteId, body }: UpdateNote,
): Promise<GitLabRefusedError | null> {
  try {
    await gitlab.updateNote(mergeRequest, noteId, body);
    return null;
  } catch (error) {
    if (error instanceof GitLabRefusedError && error.status === 404) return error;
    throw error;
  }
}

async function applyDelete({ gitlab, log }: NoteWorld, { mergeRequest, noteId }: DeleteNote): Promise<void> {
  try {
    await gitlab.deleteNote(mergeRequest, noteId);
  } catch (error) {
    logTrouble(log, `The duplicate note ${noteId} could not be deleted`, error);
  }
}

async function holdUpdate(
  world: NoteWorld,
  task: NoteTask,
  write: UpdateNote,
): Promise<'held' | 'superseded' | 'gone'> {
  try {
    for (let rewrites = 0; rewrites <= maxRewrites; rewrites += 1) {
      await world.clock.sleep(minSettleMilliseconds + world.clock.random() * jitterMilliseconds);
      const end = await judgeUpdate(world, task, write);
      if (end !== 'overwritten') return end;
      if (rewrites < maxRewrites && (await applyUpdate(world, write)) !== null) return 'gone';
    }
    world.log.warn(`Older pipelines overwrote the note ${maxRewrites} times; giving up.`);
  } catch (error) {
    logTrouble(world.log, 'The note is written, but Herald could not check that it is still there', error);
  }
  return 'held';
}

async function judgeUpdate(
  { gitlab }: NoteWorld,
  { wanted, ownUserId }: NoteTask,
  { mergeRequest, noteId, body }: UpdateNote,
): Promise<'held' | 'superseded' | 'gone' | 'overwritten'> {
  const note = await gitlab.fetchNote(mergeRequest, noteId);
  if (note === null) return 'gone';
  const pipelineId = pipelineOfNote(note, wanted, ownUserId);
  // Somebody removed our marker: we must not change the note any more.
  if (pipelineId === null) return 'held';
  // The written body may be a newer pipeline's, moved here from a duplicate that is now deleted.
  const written = parseMarker(body)?.pipelineId ?? wanted.pipelineId;
  if (pipelineId < written) return 'overwritten';
  return pipelineId > wanted.pipelineId ? 'superseded' : 'held';
}

/** Anything but a `HeraldError` is a bug and is thrown on. */
function logTrouble(log: Log, message: string, error: unknown): void {
  if (!(error instanceof HeraldError)) throw error;
  log.warn(`${message}: ${error.message}`);
}
