import { GitLabError, GitLabRefusedError, HeraldError } from '../errors.ts';
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
  type planNote,
  planTogether,
  type WantedNote,
} from './plan-note.ts';
import { type Reading, readAt, settle, youngReading } from './reading.ts';

export interface NoteWorld {
  readonly gitlab: Notes;
  readonly clock: Clock;
  readonly log: Log;
}

export interface NoteTask {
  readonly wanted: WantedNote;
  readonly ownUserId: number;
  readonly findQuickActions: FindQuickActions;
  /** GitLab runs no other report of this note meanwhile. */
  readonly locked: boolean;
}

/** Notes of ours, and the plan for them. */
export interface NoteStart {
  readonly seen: Reading<readonly Note[]>;
  readonly plan: NotePlan;
  /** What made the plan of them. */
  readonly by: typeof planNote;
}

function ownedBy({ wanted, ownUserId }: NoteTask): (note: Note) => boolean {
  return (note) => pipelineOfNote(note, wanted, ownUserId) !== null;
}

const maxPasses = 4;
const maxRewrites = 3;

type CreateNote = Extract<NoteWrite, { readonly do: 'createNote' }>;
type UpdateNote = Extract<NoteWrite, { readonly do: 'updateNote' }>;
type DeleteNote = Extract<NoteWrite, { readonly do: 'deleteNote' }>;

interface PassResult {
  /** Our notes, to plan the next pass from; null when there is nothing left to look at. */
  readonly seen: Reading<readonly Note[]> | null;
  /** A newer pipeline has overwritten ours in the meantime. */
  readonly superseded: boolean;
}

/**
 * Performs the writes of a plan, so that concurrent runs end with one note of the latest pipeline; returns the plan as
 * it was carried out. A run that holds the lock of the note writes and is done. GitLab has no conditional updates of
 * notes, so without a lock:
 *
 * - after a create, our notes are listed again: of several the oldest stays, with the latest pipeline's body, and the
 *   others are deleted. No waiting is needed, because a create overwrites nothing, and a run that creates later sees
 *   both.
 * - before an update, what was read is read again if its answer came late.
 * - after an update, the note is read once more when every update that was decided before ours has had time to land;
 *   if one of an older pipeline did, ours is written again, at most three times.
 *
 * An older update that itself takes longer than that waiting time to land stays until the next pipeline or sweep:
 * GitLab cannot inform its sender. Throws what the port throws when the note itself could not be written; problems
 * while checking it or deleting duplicates are only logged.
 */
export async function applyNotePlan(world: NoteWorld, task: NoteTask, start: NoteStart): Promise<NotePlan> {
  const young = await youngStart(world, task, start);
  const first = young.plan;
  let { seen, plan } = young;
  let superseded = false;
  let mayCreate = true;
  for (let pass = 1; plan.writes.length > 0 && pass <= maxPasses; pass += 1) {
    const creates = plan.writes.some((write) => write.do === 'createNote');
    if (creates && !mayCreate) {
      world.log.warn('The note that Herald just created is gone, or is no longer its own; giving up.');
      break;
    }
    mayCreate = !creates;
    const { writes } = plan;
    const result = await applyPass(world, task, { writes, isLast: pass === maxPasses, seen });
    superseded = result.superseded;
    if (result.seen === null) break;
    const next = { seen: result.seen, plan: planOf(task, result.seen, planTogether), by: planTogether };
    ({ seen, plan } = await youngStart(world, task, next));
  }
  if (plan.outcome === 'newer-exists') return plan;
  if (!superseded) return { ...first, noteId: plan.noteId };
  const reason = 'A newer pipeline has written the note in the meantime.';
  return { ...plan, outcome: 'newer-exists', reason };
}

function planOf(
  { wanted, ownUserId, findQuickActions }: NoteTask,
  { value: notes }: Reading<readonly Note[]>,
  by: NoteStart['by'],
): NotePlan {
  return by(wanted, { ownUserId, notes }, findQuickActions);
}

/** The same, from notes that were read just now where the plan overwrites one and no lock holds. */
async function youngStart(world: NoteWorld, task: NoteTask, start: NoteStart): Promise<NoteStart> {
  if (task.locked || !start.plan.writes.some((write) => write.do === 'updateNote')) return start;
  const seen = await youngReading(world.clock, start.seen, (notes) => readAgain(world, task, notes));
  const { by } = start;
  return seen === start.seen ? start : { seen, plan: planOf(task, seen, by), by };
}

async function readAgain(
  world: NoteWorld,
  task: NoteTask,
  [only, ...others]: readonly Note[],
): Promise<readonly Note[]> {
  const isAlone = only !== undefined && others.length === 0;
  const note = isAlone ? await world.gitlab.fetchNote(task.wanted.place, only.id) : null;
  return note === null ? list(world, task) : [note];
}

function list({ gitlab }: NoteWorld, task: NoteTask): Promise<readonly Note[]> {
  return fetchOwnNotes(gitlab, task.wanted, ownedBy(task));
}

interface Pass {
  readonly writes: readonly NoteWrite[];
  readonly isLast: boolean;
  readonly seen: Reading<readonly Note[]>;
}

async function applyPass(
  world: NoteWorld,
  task: NoteTask,
  { writes, isLast, seen }: Pass,
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
  const end = task.locked ? 'held' : await holdUpdate(world, task, { write: updated, askedAt: seen.askedAt });
  return end === 'gone' ? lookAgain(world, task, isLast) : { seen: null, superseded: end === 'superseded' };
}

async function lookAgain(world: NoteWorld, task: NoteTask, isLast: boolean): Promise<PassResult> {
  if (isLast) world.log.warn('The note kept being deleted while Herald was writing it; giving up.');
  const seen = isLast ? null : await readAt(world.clock, () => list(world, task));
  return { seen, superseded: false };
}

/** Creates the note and returns all notes of ours that exist afterwards. */
async function applyCreate(
  world: NoteWorld,
  task: NoteTask,
  { place, body }: CreateNote,
): Promise<Reading<readonly Note[]>> {
  try {
    const created = await world.gitlab.createNote(place, body);
    return await readAt(world.clock, () => seenAfterCreate(world, task, created));
  } catch (error) {
    if (!(error instanceof GitLabError) || error instanceof GitLabRefusedError) throw error;
    return readAt(world.clock, () => seenAfterLostAnswer(world, task, error));
  }
}

async function seenAfterCreate(world: NoteWorld, task: NoteTask, created: Note): Promise<readonly Note[]> {
  if (task.locked) return [created];
  try {
    const listed = await list(world, task);
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
  world: NoteWorld,
  task: NoteTask,
  failure: GitLabError,
): Promise<readonly Note[]> {
  let seen: readonly Note[] = [];
  try {
    seen = await list(world, task);
  } catch (error) {
    logTrouble(world.log, 'Herald could not check whether the note was created', error);
  }
  if (seen.length === 0) throw failure;
  return seen;
}

/** Null when it is written; the refusal when the note does not exist in GitLab. */
async function applyUpdate(
  { gitlab }: NoteWorld,
  { place, noteId, body }: UpdateNote,
): Promise<GitLabRefusedError | null> {
  try {
    await gitlab.updateNote(place, noteId, body);
    return null;
  } catch (error) {
    if (error instanceof GitLabRefusedError && error.status === 404) return error;
    throw error;
  }
}

async function applyDelete({ gitlab, log }: NoteWorld, { place, noteId }: DeleteNote): Promise<void> {
  try {
    await gitlab.deleteNote(place, noteId);
  } catch (error) {
    logTrouble(log, `The duplicate note ${noteId} could not be deleted`, error);
  }
}

async function holdUpdate(
  world: NoteWorld,
  task: NoteTask,
  { write, askedAt }: { readonly write: UpdateNote; readonly askedAt: number },
): Promise<'held' | 'superseded' | 'gone'> {
  let decidedAt = askedAt;
  try {
    for (let rewrites = 0; rewrites <= maxRewrites; rewrites += 1) {
      await settle(world.clock, decidedAt);
      decidedAt = world.clock.now().getTime();
      const end = await lookAtUpdate(world, task, write);
      if (end !== 'overwritten') return end;
      if (rewrites < maxRewrites && (await applyUpdate(world, write)) !== null) return 'gone';
    }
    world.log.warn(`Older pipelines overwrote the note ${maxRewrites} times; giving up.`);
  } catch (error) {
    logTrouble(world.log, 'The note is written, but Herald could not check that it is still there', error);
  }
  return 'held';
}

type Hold = 'held' | 'superseded' | 'gone' | 'overwritten';

/** What was overwritten is written again, so that has to be seen just now. */
async function lookAtUpdate({ gitlab, clock }: NoteWorld, task: NoteTask, write: UpdateNote): Promise<Hold> {
  const look = (): Promise<Note | null> => gitlab.fetchNote(write.place, write.noteId);
  const reading = await readAt(clock, look);
  const end = judgeUpdate(reading.value, task, write);
  if (end !== 'overwritten') return end;
  const { value: note } = await youngReading(clock, reading, look);
  return judgeUpdate(note, task, write);
}

function judgeUpdate(note: Note | null, { wanted, ownUserId }: NoteTask, { body }: UpdateNote): Hold {
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
