import type { CommentMode } from '../../../model/comment-mode.ts';
import type { MergeRequest } from '../../../model/context.ts';
import type { Decision } from '../../../model/decision.ts';
import type { Summary } from '../../../model/summary.ts';
import type { Write } from '../../../model/write.ts';
import { holdsLock } from '../../../publish/note-lock.ts';
import {
  type FoundNotes,
  type NoteToPublish,
  type PublishedNote,
  type PublishNoteOptions,
  publishNote,
} from '../../../publish/publish-note.ts';
import { publishSection } from '../../../publish/publish-section.ts';
import type { PublishedStatus } from '../../../publish/publish-status.ts';
import { isSameResult } from '../../../publish/same-result.ts';
import { verdictOf } from '../../../render/comment/verdict.ts';
import { findQuickActions } from '../../../render/markdown/find-quick-actions.ts';
import type { Troubles } from '../../troubles.ts';
import type { ConnectedWorld, World } from '../../world.ts';
import { decisionOfComment, decisionOfStatus, decisionOfThread, whyNoNote } from '../decisions/of-writes.ts';
import type { Standing } from '../standing-statuses.ts';
import { commitToComment } from './commit-to-comment.ts';
import { publishGateThread } from './gate-thread.ts';
import { headOf } from './head-of.ts';
import { publishInline } from './inline.ts';
import { publishLabels } from './labels.ts';
import { inPipeline, rootPipelineOf } from './root-pipeline.ts';
import { publishStatuses, statusesOnce } from './statuses.ts';
import { settleSummaryThread, startingThreads } from './summary-thread.ts';
import type { MayWrite, ToPublish } from './to-publish.ts';
import { needsFirst } from './when-to-comment.ts';

export interface Published {
  /**
   * Null when there is neither a merge request nor a commit to comment on, no bot token, `comment: never`, or trouble.
   */
  readonly note: PublishedNote | null;
  /** What was written, or in a dry run would be. */
  readonly writes: readonly Write[];
  /** Requests in all. */
  readonly requests: number;
}

/** What the run asked before it knew what to publish; null where it did not ask. */
export interface KnownBefore {
  readonly standing: Promise<Standing> | null;
  readonly ahead: Promise<FoundNotes> | null;
}

interface Publishing<W extends World = ConnectedWorld> {
  readonly world: W;
  readonly troubles: Troubles;
}

/**
 * Publishes the comment, the commit statuses and the rest at the same time; trouble with the one does not stop the
 * other. A pipeline that a newer one has overtaken changes nothing but its statuses: what the rest is planned by is
 * read beside the comment, and it is written when the comment is this pipeline's for good.
 */
export async function publishReport(
  what: ToPublish,
  known: KnownBefore,
  { world, troubles }: Publishing<World>,
): Promise<Published> {
  const { gitlab } = world;
  if (gitlab?.tokenKind !== 'bot') return withoutToken(world);
  const how = { world: { ...world, gitlab }, troubles };
  const root = await rootPipelineOf(what.summary.context, how.world);
  const placed = root === null ? what : placedIn(what, root);
  const commenting = troubles.attempt('the comment', () => publishComment(placed, known, how.world));
  const [note, statuses, others] = await Promise.all([
    commenting,
    root === null ? [] : publishStatusesBeside(commenting, placed, { ...how, known }),
    publishOthers(placed, async () => !isOvertaken(await commenting), how),
  ]);
  recordWrites(what, { note, statuses, others }, world);
  await settleThread(placed, note, how);
  const writes = [...(note?.writes ?? []), ...statuses.map(({ write }) => write), ...others.writes];
  return { note, writes, requests: gitlab.requestCount() };
}

function withoutToken({ gitlab, log, tokenAdvice, decide }: World): Published {
  if (tokenAdvice !== null) log.warn(tokenAdvice);
  decide?.({ about: 'nothing-written', reason: 'There is no token that can write.' });
  return { note: null, writes: [], requests: gitlab?.requestCount() ?? 0 };
}

interface Written {
  readonly note: PublishedNote | null;
  readonly statuses: readonly PublishedStatus[];
  readonly others: Others;
}

/** What is published at the same time is recorded in a fixed order, and what was left alone is not. */
function recordWrites(
  { options, summary }: ToPublish,
  { note, statuses, others }: Written,
  { decide = () => undefined }: World,
): void {
  decide(decisionOfComment(note, whyNoNote(options, summary)));
  if (options.status === 'none') decide({ about: 'no-status', reason: 'The option status is none.' });
  for (const status of statuses) decide(decisionOfStatus(status));
  if (isOvertaken(note)) return;
  for (const decision of others.decisions) decide(decision);
}

/**
 * Statuses need not wait for the comment where the run knows which are set. Elsewhere a comment that this run changed
 * shows that its status is news; else Herald asks GitLab.
 */
async function publishStatusesBeside(
  commenting: Promise<PublishedNote | null>,
  what: ToPublish,
  { world, troubles, known: { standing } }: Publishing & { readonly known: KnownBefore },
): Promise<readonly PublishedStatus[]> {
  const note = standing === null ? await commenting : null;
  const isNews = note?.outcome === 'created' || note?.outcome === 'updated';
  const { gitlab } = world;
  const once = isNews ? gitlab : { ...gitlab, ...statusesOnce(gitlab, standing) };
  return publishStatuses(what, { ...world, gitlab: once }, troubles);
}

/** The thread of a comment that is another pipeline's is left alone. */
async function settleThread(
  { options, summary }: ToPublish,
  note: PublishedNote | null,
  { world, troubles }: Publishing,
): Promise<void> {
  if (!options.thread || note === null || isOvertaken(note)) return;
  world.decide?.(decisionOfThread('comment', verdictOf(summary) === 'failed'));
  if (options.dryRun) return;
  await settleSummaryThread({ summary, noteId: note.noteId }, world, troubles);
}

/** True where the merge request belongs to another pipeline. */
function isOvertaken(note: PublishedNote | null): boolean {
  return note?.outcome === 'newer-exists' || note?.outcome === 'not-the-head';
}

function placedIn(what: ToPublish, pipelineId: number): ToPublish {
  const { summary } = what;
  return { ...what, summary: { ...summary, context: inPipeline(summary.context, pipelineId) } };
}

interface Others {
  readonly writes: readonly Write[];
  /** Kept until all is done. */
  readonly decisions: readonly Decision[];
}

/** What a pipeline that a newer one has overtaken leaves alone: `mayWrite` waits until that is sure. */
async function publishOthers(
  what: ToPublish,
  mayWrite: MayWrite,
  { world, troubles }: Publishing,
): Promise<Others> {
  const decisions = { ofThreads: new Array<Decision>(), ofLabels: new Array<Decision>() };
  const keepingIn = (kept: Decision[]): ConnectedWorld => ({
    ...world,
    decide: (one) => void kept.push(one),
  });
  const threads = async (): Promise<readonly Write[]> => {
    const keeping = keepingIn(decisions.ofThreads);
    const inline = await publishInline(what, { ...keeping, mayWrite }, troubles);
    if (await mayWrite()) await publishGateThread(what, keeping, troubles);
    return inline;
  };
  const [inline, labels] = await Promise.all([
    threads(),
    publishLabels(what, { ...keepingIn(decisions.ofLabels), mayWrite }, troubles),
  ]);
  return {
    writes: labels === null ? inline : [...inline, labels],
    decisions: [...decisions.ofThreads, ...decisions.ofLabels],
  };
}

/**
 * A pipeline that is not the merge request's own (of a branch, a schedule, the web, the API) leaves its comment to the
 * one that GitLab shows on it.
 */
async function leftToHead(
  { summary: { context }, mode }: { readonly summary: Summary; readonly mode: CommentMode },
  { iid }: MergeRequest,
  fetchHead: () => Promise<number | null>,
): Promise<PublishedNote | null> {
  // A note that stays although its result is of an earlier pipeline cannot show that a later one has run.
  const isAsked = context.mergeRequest === null || mode === 'changes';
  const head = isAsked ? await fetchHead() : null;
  if (head === null || head === context.pipeline.id) return null;
  const reason = `GitLab shows pipeline ${head} on !${iid}, and not this one: the comment is left to it.`;
  return { outcome: 'not-the-head', noteId: null, noteUrl: null, reason, writes: [] };
}

interface NoteRun extends Pick<PublishNoteOptions, 'ahead' | 'isHead' | 'locked'> {
  readonly world: ConnectedWorld;
}

/** Keeps the comment, or its section, current on a merge request or a commit. */
async function publishNoteOn(
  place: NoteToPublish['place'],
  { options, summary, rendered }: ToPublish,
  { world, ...run }: NoteRun,
): Promise<PublishedNote> {
  const { commit, pipeline } = summary.context;
  const { key, section, dryRun } = options;
  const wanted = { place, key, body: rendered.comment, pipelineId: pipeline.id, sha: commit.sha };
  const createMissing = needsFirst(options.comment, summary);
  const mayStay = options.comment === 'changes' ? { mayStay: isSameResult } : {};
  const how = { dryRun, findQuickActions, createMissing, ...run, ...mayStay };
  const published =
    section === null
      ? await publishNote(world, wanted, how)
      : await publishSection(world, { ...wanted, section }, how);
  world.log.info(published.reason);
  return published;
}

async function publishComment(
  what: ToPublish,
  { ahead }: KnownBefore,
  world: ConnectedWorld,
): Promise<PublishedNote | null> {
  const { options, summary } = what;
  const { context, mergeRequest } = summary;
  if (options.comment === 'never') return null;
  if (mergeRequest === null) {
    const commit = commitToComment(summary, options, world.log);
    return commit === null ? null : publishNoteOn(commit, what, { world, locked: false });
  }
  const fetchHead = headOf(mergeRequest, world);
  const left = await leftToHead({ summary, mode: options.comment }, mergeRequest, fetchHead);
  if (left !== null) {
    world.log.info(left.reason);
    return left;
  }
  const isHead = async (): Promise<boolean> => (await fetchHead()) === context.pipeline.id;
  const locked = holdsLock(context, mergeRequest, options.key);
  const asked = options.thread ? { ...world, gitlab: startingThreads(world) } : world;
  return publishNoteOn(mergeRequest, what, { world: asked, locked, isHead, ahead });
}
