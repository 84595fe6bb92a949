import { GitLabError, GitLabRefusedError, HeraldError } from '../errors.ts';
import type { Note } from '../gitlab/ports/port.ts';
import { describeWrite } from './describe-write.ts';
import { fetchOwnNotes } from './fetch-own-notes.ts';
import { newestPipeline, type PipelineSource } from './known-pipelines.ts';
import { type OwnNotes, ownNotesOf } from './note-author.ts';
import { mergeParts, type NotePart, type ProvePart, parseParts, partText } from './note-parts.ts';
import { type FindQuickActions, maxNoteCharacters, type NoteOutcome, type NoteWrite } from './plan-note.ts';
import { partsOf, planSection, type SectionPlan, type SectionView } from './plan-section.ts';
import type { NoteToPublish, PublishedNote, PublishNoteOptions, PublishNoteWorld } from './publish-note.ts';
import { type Reading, readAt, settle, youngReading } from './reading.ts';

const maxPasses = 12;

export interface PublishSectionWorld extends PublishNoteWorld {
  readonly gitlab: PublishNoteWorld['gitlab'] & PipelineSource;
}

interface SectionRun {
  readonly world: PublishSectionWorld;
  readonly wanted: NoteToPublish;
  readonly own: OwnNotes;
  readonly findQuickActions: FindQuickActions;
  readonly replaced: SectionView['replaced'];
  readonly locked: boolean;
}

type Seen = Reading<readonly Note[]>;

/** Functions that read and judge the parts of notes. */
async function viewOf(
  { world, wanted, own, findQuickActions, replaced = null }: SectionRun,
  notes: readonly Note[],
): Promise<Pick<SectionView, 'findQuickActions' | 'prove' | 'newest' | 'replaced'>> {
  const prove: ProvePart = own.partProver(await own.author());
  const named = notes.flatMap(({ body }) => parseParts(body, prove)).map(({ pipelineId }) => pipelineId);
  const { place, pipelineId } = wanted;
  const newest = await newestPipeline({ place, own: pipelineId }, named, world.gitlab);
  return { findQuickActions, prove, newest, replaced };
}

/**
 * Publishes one part of a note that several jobs write. GitLab has no conditional update, so without a lock each run
 * checks all the parts that it wrote: when every update decided before its own has had time to land, it reads the note
 * again and restores parts that are missing or older. Text without a proof of this token is not a part, and the next
 * update removes it. Requests as for `publishNote`; two more if a part names a pipeline that is newer than the own one.
 * Throws `GitLabRefusedError` and `GitLabUnreachableError`.
 */
export async function publishSection(
  world: PublishSectionWorld,
  wanted: NoteToPublish & { readonly section: string },
  { dryRun, createMissing, locked, findQuickActions, isHead, mayStay }: PublishNoteOptions,
): Promise<PublishedNote> {
  const own = ownNotesOf(world.gitlab, wanted);
  const seen = await readAt(world.clock, () => fetchOwnNotes(world.gitlab, wanted, own.isOwn));
  const { section: name, pipelineId, sha } = wanted;
  const part: NotePart = { name, pipelineId, sha, text: partText(wanted.body) };
  const plain: SectionRun = { world, wanted, own, findQuickActions, replaced: null, locked };
  const plainView = await viewOf(plain, seen.value);
  // The head pipeline of a merge request ranks before later ones that are not its own.
  const isOutranked = hasNewer(part, partsOf(seen.value, plainView)) && (await isHead?.()) === true;
  const replaced = isOutranked ? part : null;
  const [run, view] = [
    { ...plain, replaced },
    { ...plainView, replaced },
  ];
  const held = { held: [part], first: 'held' } as const;
  const plan = await planFrom(run, seen.value, { ...view, ...held });
  const outcome = outcomeOf(part, plan, partsOf(seen.value, view));
  const said = {
    outcome,
    reason: reasons[outcome],
    noteId: plan.noteId,
    noteUrl: urlOf(wanted, plan.noteId),
    writes: plan.writes,
  };
  if (outcome === 'newer-exists') return { ...said, writes: [] };
  if (outcome === 'created' && !createMissing) return { ...said, outcome: 'not-needed', writes: [] };
  const refusal = refusalOf(part, plan, findQuickActions);
  if (refusal !== null) return { ...said, outcome: refusal, reason: reasons[refusal], writes: [] };
  if (outcome === 'updated' && isKept(part, partsOf(seen.value, view), mayStay))
    return { ...said, outcome: 'unchanged', reason: 'The section shows the same result.', writes: [] };
  if (dryRun) return said;
  const noteId = await applyAll(run, part, { seen, plan });
  return { ...said, noteId, noteUrl: urlOf(wanted, noteId) };
}

/** True where the section may stay as it is in the note. */
function isKept(
  part: NotePart,
  standing: readonly NotePart[],
  mayStay: PublishNoteOptions['mayStay'],
): boolean {
  const same = mergeParts(standing).find(({ name }) => name === part.name);
  return same !== undefined && mayStay?.(same.text, part.text) === true;
}

function refusalOf(
  part: NotePart,
  { writes }: SectionPlan,
  findQuickActions: FindQuickActions,
): 'body-too-long' | 'quick-action' | null {
  if (findQuickActions(part.text).length > 0) return 'quick-action';
  const isTooLong = writes.some((write) => 'body' in write && write.body.length > maxNoteCharacters);
  return isTooLong ? 'body-too-long' : null;
}

const reasons: Readonly<Record<NoteOutcome, string>> = {
  created: 'There is no note of this key yet.',
  updated: 'This section of the note has changed.',
  unchanged: 'The note is already up to date.',
  'newer-exists': 'This section of the note is about a newer pipeline.',
  'not-the-head': 'The merge request shows another pipeline.',
  'not-needed': 'There is no note of this key, and nothing requires a first one.',
  'body-too-long': `The sections together are longer than the ${maxNoteCharacters} characters that GitLab accepts.`,
  'quick-action': 'GitLab would run a line of the section as a command, so it is not posted.',
};

function urlOf({ place }: NoteToPublish, noteId: number | null): string | null {
  return noteId === null ? null : `${place.url}#note_${noteId}`;
}

/** True where the note has this section from a later pipeline. */
function hasNewer({ name, pipelineId }: NotePart, standing: readonly NotePart[]): boolean {
  return mergeParts(standing).some((part) => part.name === name && part.pipelineId > pipelineId);
}

function outcomeOf(part: NotePart, plan: SectionPlan, standing: readonly NotePart[]): NoteOutcome {
  if (hasNewer(part, standing)) return 'newer-exists';
  if (plan.noteId === null) return 'created';
  return plan.writes.length === 0 ? 'unchanged' : 'updated';
}

type Held = Pick<SectionView, 'held' | 'first'>;

async function planFrom(
  { own, wanted }: SectionRun,
  notes: readonly Note[],
  view: SectionView,
): Promise<SectionPlan> {
  const author = await own.author();
  return planSection({ ...wanted, author }, { ownUserId: author.id, notes }, view);
}

interface SectionStart {
  readonly seen: Seen;
  readonly plan: SectionPlan;
}

async function startFrom(run: SectionRun, seen: Seen, held: Held): Promise<SectionStart> {
  const view = { ...(await viewOf(run, seen.value)), ...held };
  return { seen, plan: await planFrom(run, seen.value, view) };
}

/** The same, from notes that were read just now if the plan overwrites one and no lock holds. */
async function youngStart(run: SectionRun, start: SectionStart, held: Held): Promise<SectionStart> {
  const { seen, plan } = start;
  if (run.locked || !plan.writes.some((write) => write.do === 'updateNote')) return start;
  const young = await youngReading(run.world.clock, seen, ([only, ...others]) =>
    only === undefined || others.length > 0 ? list(run) : readNote(run, only.id),
  );
  return young === seen ? start : startFrom(run, young, held);
}

/** Writes, checks, and writes again until the written text stays; returns the id of the remaining note. */
async function applyAll(run: SectionRun, part: NotePart, first: SectionStart): Promise<number | null> {
  let { seen, plan } = await youngStart(run, first, { held: [part], first: 'held' });
  for (let pass = 1; plan.writes.length > 0; pass += 1) {
    if (pass > maxPasses) {
      run.world.log.warn('Other jobs kept overwriting the note; giving up.');
      break;
    }
    const after = await applyPass(run, plan, seen);
    if (after === null) break;
    const held = { held: plan.parts, first: 'standing' } as const;
    const next = await startFrom(run, after, held);
    ({ seen, plan } = await youngStart(run, next, held));
  }
  return plan.noteId;
}

/** Our notes after the writes of a pass; null when they could not be seen, or need not be. */
async function applyPass(run: SectionRun, { writes }: SectionPlan, seen: Seen): Promise<Seen | null> {
  const { world } = run;
  let updated: number | null = null;
  for (const write of writes) {
    world.log.debug(describeWrite(write));
    if (write.do === 'createNote') return readAt(world.clock, () => create(run, write));
    if (write.do === 'updateNote') {
      if (!(await update(run, write))) return readAt(world.clock, () => list(run));
      updated = write.noteId;
    } else await remove(run, write);
  }
  if (updated === null || run.locked) return null;
  return lookAgain(run, updated, seen.askedAt);
}

async function lookAgain(run: SectionRun, noteId: number, decidedAt: number): Promise<Seen | null> {
  const { world } = run;
  try {
    await settle(world.clock, decidedAt);
    return await readAt(world.clock, () => readNote(run, noteId));
  } catch (error) {
    if (!(error instanceof HeraldError)) throw error;
    world.log.warn(
      `The section is written, but Herald could not check that it is still there: ${error.message}`,
    );
    return null;
  }
}

async function readNote(run: SectionRun, noteId: number): Promise<readonly Note[]> {
  const note = await run.world.gitlab.fetchNote(run.wanted.place, noteId);
  return note === null ? list(run) : [note];
}

function list({ world, wanted, own }: SectionRun): Promise<readonly Note[]> {
  return fetchOwnNotes(world.gitlab, wanted, own.isOwn);
}

/** A create whose answer was lost may have landed: any note of ours will do. */
async function create(
  run: SectionRun,
  { place, body }: Extract<NoteWrite, { readonly do: 'createNote' }>,
): Promise<readonly Note[]> {
  try {
    const created = await run.world.gitlab.createNote(place, body);
    if (run.locked) return [created];
    const listed = await list(run);
    return listed.some(({ id }) => id === created.id) || listed.length > 0 ? listed : [created];
  } catch (error) {
    if (!(error instanceof GitLabError) || error instanceof GitLabRefusedError) throw error;
    const listed = await list(run);
    if (listed.length === 0) throw error;
    return listed;
  }
}

/** False when the note no longer exists in GitLab. */
async function update(
  { world }: SectionRun,
  { place, noteId, body }: Extract<NoteWrite, { readonly do: 'updateNote' }>,
): Promise<boolean> {
  try {
    await world.gitlab.updateNote(place, noteId, body);
    return true;
  } catch (error) {
    if (error instanceof GitLabRefusedError && error.status === 404) return false;
    throw error;
  }
}

async function remove(
  { world }: SectionRun,
  { place, noteId }: Extract<NoteWrite, { readonly do: 'deleteNote' }>,
): Promise<void> {
  try {
    await world.gitlab.deleteNote(place, noteId);
  } catch (error) {
    if (!(error instanceof HeraldError)) throw error;
    world.log.warn(`The duplicate note ${noteId} could not be deleted: ${error.message}`);
  }
}
