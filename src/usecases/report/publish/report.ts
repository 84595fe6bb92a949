import type { GitLab } from '../../../gitlab/ports/port.ts';
import type { MergeRequest } from '../../../model/context.ts';
import { failsJob } from '../../../model/gate.ts';
import { hidesFailure, isFailed } from '../../../model/pipeline.ts';
import type { Summary } from '../../../model/summary.ts';
import { isFailing } from '../../../model/tests.ts';
import type { Write } from '../../../model/write.ts';
import { describeWrite } from '../../../publish/describe-write.ts';
import { holdsLock } from '../../../publish/note-lock.ts';
import { type PublishedNote, publishNote } from '../../../publish/publish-note.ts';
import { publishSection } from '../../../publish/publish-section.ts';
import { findQuickActions } from '../../../render/markdown/find-quick-actions.ts';
import type { Troubles } from '../../troubles.ts';
import type { ConnectedWorld, World } from '../../world.ts';
import { publishGateThread } from './gate-thread.ts';
import { headOf } from './head-of.ts';
import { publishInline } from './inline.ts';
import { askingOnce } from './is-open.ts';
import { publishLabels } from './labels.ts';
import { inPipeline, rootPipelineOf } from './root-pipeline.ts';
import { publishStatuses, statusesOnce } from './statuses.ts';
import type { ToPublish } from './to-publish.ts';

export interface Published {
  /** Null when there is no merge request, no bot token, `comment: never`, or trouble. */
  readonly note: PublishedNote | null;
  /** What was written, or in a dry run would be. */
  readonly writes: readonly Write[];
  /** Requests up to the comment, and in all. */
  readonly requests: { readonly beforeStatus: number; readonly total: number };
}

/** True when the comment has something to act on: a failing test or job, a failed gate. */
function needsAction({ tests, pipeline, gates }: Summary): boolean {
  const failedJob = pipeline?.jobs.some((job) => isFailed(job) || hidesFailure(job)) ?? false;
  return (
    failedJob || gates.some(failsJob) || (tests?.cases.some(({ outcome }) => isFailing(outcome)) ?? false)
  );
}

/**
 * Publishes the comment, the commit statuses and the labels; trouble with the one does not stop the other. A pipeline
 * that a newer one has overtaken changes no labels.
 */
export async function publishReport(what: ToPublish, world: World, troubles: Troubles): Promise<Published> {
  const { gitlab } = world;
  if (gitlab?.tokenKind !== 'bot') {
    if (world.tokenAdvice !== null) world.log.warn(world.tokenAdvice);
    const total = gitlab?.requestCount() ?? 0;
    return { note: null, writes: [], requests: { beforeStatus: total, total } };
  }
  const connected = { ...world, gitlab };
  const root = await rootPipelineOf(what.summary.context, connected);
  const placed = root === null ? what : placedIn(what, root);
  const note = await troubles.attempt('the comment', () => publishComment(placed, connected));
  const beforeStatus = gitlab.requestCount();
  const once = { ...connected, gitlab: forStatuses(note, gitlab) };
  const statuses = root === null ? [] : await publishStatuses(placed, once, troubles);
  const others = isOvertaken(note) ? [] : await publishOthers(placed, connected, troubles);
  const writes = [...(note?.writes ?? []), ...statuses.map(({ write }) => write), ...others];
  return { note, writes, requests: { beforeStatus, total: gitlab.requestCount() } };
}

/** A note that this run changed shows that its status is news; else Herald asks GitLab which statuses are set. */
function forStatuses(note: PublishedNote | null, gitlab: GitLab): GitLab {
  const isNews = note?.outcome === 'created' || note?.outcome === 'updated';
  return isNews ? gitlab : { ...gitlab, ...statusesOnce(gitlab) };
}

/** True where the merge request belongs to another pipeline. */
function isOvertaken(note: PublishedNote | null): boolean {
  return note?.outcome === 'newer-exists' || note?.outcome === 'not-the-head';
}

function placedIn(what: ToPublish, pipelineId: number): ToPublish {
  const { summary } = what;
  return { ...what, summary: { ...summary, context: inPipeline(summary.context, pipelineId) } };
}

/** What a pipeline that a newer one has overtaken leaves alone. */
async function publishOthers(
  what: ToPublish,
  world: ConnectedWorld,
  troubles: Troubles,
): Promise<readonly Write[]> {
  const asking = askingOnce(world);
  const inline = await publishInline(what, asking, troubles);
  await publishGateThread(what, asking, troubles);
  const labels = await publishLabels(what, asking, troubles);
  return labels === null ? inline : [...inline, labels];
}

/**
 * A pipeline that is not the merge request's own (of a branch, a schedule, the web, the API) leaves its comment to the
 * one that GitLab shows on it.
 */
async function leftToHead(
  { context }: Summary,
  { iid }: MergeRequest,
  fetchHead: () => Promise<number | null>,
): Promise<PublishedNote | null> {
  const head = context.mergeRequest === null ? await fetchHead() : null;
  if (head === null || head === context.pipeline.id) return null;
  const reason = `GitLab shows pipeline ${head} on !${iid}, and not this one: the comment is left to it.`;
  return { outcome: 'not-the-head', noteUrl: null, reason, writes: [] };
}

async function publishComment(
  { options, summary, rendered }: ToPublish,
  world: ConnectedWorld,
): Promise<PublishedNote | null> {
  const { context, mergeRequest } = summary;
  if (options.comment === 'never') return null;
  if (mergeRequest === null) {
    world.log.info('no open merge request for this pipeline: the report is in the artifacts');
    return null;
  }
  const fetchHead = headOf(mergeRequest, world);
  const left = await leftToHead(summary, mergeRequest, fetchHead);
  if (left !== null) {
    world.log.info(left.reason);
    return left;
  }
  const { key, section, dryRun } = options;
  const wanted = {
    mergeRequest,
    key,
    body: rendered.comment,
    pipelineId: context.pipeline.id,
    sha: context.commit.sha,
  };
  const createMissing = options.comment === 'always' || needsAction(summary);
  const isHead = async (): Promise<boolean> => (await fetchHead()) === context.pipeline.id;
  const locked = holdsLock(context, mergeRequest, key);
  const how = { dryRun, findQuickActions, createMissing, locked, isHead };
  const published =
    section === null
      ? await publishNote(world, wanted, how)
      : await publishSection(world, { ...wanted, section }, how);
  world.log.info(published.reason);
  return published;
}

/** One line per write of a dry run. */
export function describeWrites(writes: readonly Write[]): readonly string[] {
  return writes.map((write) => `would ${describeWrite(write)}`);
}
