import { GitLabRefusedError, GitLabUnreachableError, HeraldError } from '../errors.ts';
import type { Note } from '../gitlab/ports/port.ts';
import { describeWrite } from './describe-write.ts';
import { fetchOwnNotes } from './fetch-own-notes.ts';
import { newestPipeline, type PipelineSource } from './known-pipelines.ts';
import { type OwnNotes, ownNotesOf } from './note-author.ts';
import { mergeParts, type NotePart, type ProvePart, parseParts, partText } from './note-parts.ts';
import { type FindQuickActions, maxNoteCharacters, type NoteOutcome, type NoteWrite } from './plan-note.ts';
import { partsOf, planSection, type SectionPlan, type SectionView } from './plan-section.ts';
import type { NoteToPublish, PublishedNote, PublishNoteOptions, PublishNoteWorld } from './publish-note.ts';

const maxPasses = 12;
const minSettleMilliseconds = 500;
const jitterMilliseconds = 500;

export interface PublishSectionWorld extends PublishNoteWorld {
  readonly gitlab: PublishNoteWorld['gitlab'] & PipelineSource;
}

interface SectionRun {
  readonly world: PublishSectionWorld;
  readonly wanted: NoteToPublish;
  readonly own: OwnNotes;
  readonly findQuickActions: FindQuickActions;
}

/** Functions that read and judge the parts of notes. */
async function viewOf(
  { world, wanted, own, findQuickActions }: SectionRun,
  notes: readonly Note[],
): Promise<Pick<SectionView, 'findQuickActions' | 'prove' | 'newest'>> {
  const prove: ProvePart = own.partProver(await own.author());
  const named = notes.flatMap(({ body }) => parseParts(body, prove)).map(({ pipelineId }) => pipelineId);
  const { mergeRequest, pipelineId } = wanted;
  const newest = await newestPipeline({ mergeRequest, own: pipelineId }, named, world.gitlab);
  return { findQuickActions, prove, newest };
}

/**
 * Publishes one part of a note that several jobs write. GitLab has no conditional update, so each run checks all the
 * parts that it wrote: when every update decided before its own has had time to land, it reads the note again and
 * restores parts that are missing or older. Text without a proof of this token is not a part, and the next update
 * removes it. Requests as for `publishNote`; two more if a part names a pipeline that is newer than the own one. Throws
 * `GitLabRefusedError` and `GitLabUnreachableError`.
 */
export async function publishSection(
  world: PublishSectionWorld,
  wanted: NoteToPublish & { readonly section: string },
  { dryRun, createMissing, findQuickActions }: PublishNoteOptions,
): Promise<PublishedNote> {
  const own = ownNotesOf(world.gitlab, wanted);
  const notes = await fetchOwnNotes(world.gitlab, wanted, own.isOwn);
  const author = await own.author();
  const existing = { ownUserId: author.id, notes };
  const { section: name, pipelineId, sha } = wanted;
  const part: NotePart = { name, pipelineId, sha, text: partText(wanted.body) };
  const run: SectionRun = { world, wanted, own, findQuickActions };
  const view = await viewOf(run, notes);
  const plan = planSection({ ...wanted, author }, existing, { ...view, held: [part], first: 'held' });
  const outcome = outcomeOf(part, plan, partsOf(notes, view));
  const said = {
    outcome,
    reason: reasons[outcome],
    noteUrl: urlOf(wanted, plan.noteId),
    writes: plan.writes,
  };
  if (outcome === 'newer-exists') return { ...said, writes: [] };
  if (outcome === 'created' && !createMissing) return { ...said, outcome: 'not-needed', writes: [] };
  if (findQuickActions(part.text).length > 0)
    return { ...said, outcome: 'quick-action', reason: reasons['quick-action'], writes: [] };
  if (plan.writes.some((write) => 'body' in write && write.body.length > maxNoteCharacters))
    return { ...said, outcome: 'body-too-long', reason: reasons['body-too-long'], writes: [] };
  if (dryRun) return said;
  const noteId = await applyAll(run, plan);
  return { ...said, noteUrl: urlOf(wanted, noteId) };
}

const reasons: Readonly<Record<NoteOutcome, string>> = {
  created: 'The merge request has no note of this key yet.',
  updated: 'This section of the note has changed.',
  unchanged: 'The note is already up to date.',
  'newer-exists': 'This section of the note is about a newer pipeline.',
  'not-needed': 'The merge request has no note of this key, and nothing requires a first one.',
  'body-too-long': `The sections together are longer than the ${maxNoteCharacters} characters that GitLab accepts.`,
  'quick-action': 'GitLab would run a line of the section as a command, so it is not posted.',
};

function urlOf({ mergeRequest }: NoteToPublish, noteId: number | null): string | null {
  return noteId === null ? null : `${mergeRequest.url}#note_${noteId}`;
}

function outcomeOf(part: NotePart, plan: SectionPlan, standing: readonly NotePart[]): NoteOutcome {
  if (mergeParts(standing).some(({ name, pipelineId }) => name === part.name && pipelineId > part.pipelineId))
    return 'newer-exists';
  if (plan.noteId === null) return 'created';
  return plan.writes.length === 0 ? 'unchanged' : 'updated';
}

/** Writes, checks, and writes again until the written text stays; returns the id of the remaining note. */
async function applyAll(run: SectionRun, first: SectionPlan): Promise<number | null> {
  const { world, wanted, own } = run;
  let plan = first;
  for (let pass = 1; plan.writes.length > 0; pass += 1) {
    if (pass > maxPasses) {
      world.log.warn('Other jobs kept overwriting the note; giving up.');
      break;
    }
    const notes = await applyPass(run, plan);
    if (notes === null) break;
    const author = await own.author();
    const existing = { ownUserId: author.id, notes };
    const view = await viewOf(run, notes);
    plan = planSection({ ...wanted, author }, existing, { ...view, held: plan.parts, first: 'standing' });
  }
  return plan.noteId;
}

/** Our notes after the writes of a pass; null when they could not be seen. */
async function applyPass(run: SectionRun, { writes }: SectionPlan): Promise<readonly Note[] | null> {
  const { world } = run;
  let updated: number | null = null;
  for (const write of writes) {
    world.log.debug(describeWrite(write));
    if (write.do === 'createNote') return create(run, write);
    if (write.do === 'updateNote') {
      if (!(await update(run, write))) return list(run);
      updated = write.noteId;
    } else await remove(run, write);
  }
  if (updated === null) return null;
  return settle(run, updated);
}

async function settle(run: SectionRun, noteId: number): Promise<readonly Note[] | null> {
  const { world, wanted } = run;
  try {
    await world.clock.sleep(minSettleMilliseconds + world.clock.random() * jitterMilliseconds);
    const note = await world.gitlab.fetchNote(wanted.mergeRequest, noteId);
    return note === null ? await list(run) : [note];
  } catch (error) {
    if (!(error instanceof HeraldError)) throw error;
    world.log.warn(
      `The section is written, but Herald could not check that it is still there: ${error.message}`,
    );
    return null;
  }
}

function list({ world, wanted, own }: SectionRun): Promise<readonly Note[]> {
  return fetchOwnNotes(world.gitlab, wanted, own.isOwn);
}

/** A create whose answer was lost may have landed: any note of ours will do. */
async function create(
  run: SectionRun,
  { mergeRequest, body }: Extract<NoteWrite, { readonly do: 'createNote' }>,
): Promise<readonly Note[]> {
  try {
    const created = await run.world.gitlab.createNote(mergeRequest, body);
    const listed = await list(run);
    return listed.some(({ id }) => id === created.id) || listed.length > 0 ? listed : [created];
  } catch (error) {
    if (!(error instanceof GitLabUnreachableError)) throw error;
    const listed = await list(run);
    if (listed.length === 0) throw error;
    return listed;
  }
}

/** False when the note no longer exists in GitLab. */
async function update(
  { world }: SectionRun,
  { mergeRequest, noteId, body }: Extract<NoteWrite, { readonly do: 'updateNote' }>,
): Promise<boolean> {
  try {
    await world.gitlab.updateNote(mergeRequest, noteId, body);
    return true;
  } catch (error) {
    if (error instanceof GitLabRefusedError && error.status === 404) return false;
    throw error;
  }
}

async function remove(
  { world }: SectionRun,
  { mergeRequest, noteId }: Extract<NoteWrite, { readonly do: 'deleteNote' }>,
): Promise<void> {
  try {
    await world.gitlab.deleteNote(mergeRequest, noteId);
  } catch (error) {
    if (!(error instanceof HeraldError)) throw error;
    world.log.warn(`The duplicate note ${noteId} could not be deleted: ${error.message}`);
  }
}
