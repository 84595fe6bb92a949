import { failsJob } from '../../../model/gate.ts';
import type { Summary } from '../../../model/summary.ts';
import { isFailing } from '../../../model/tests.ts';
import type { Write } from '../../../model/write.ts';
import { describeWrite } from '../../../publish/describe-write.ts';
import { type PublishedNote, publishNote } from '../../../publish/publish-note.ts';
import { publishSection } from '../../../publish/publish-section.ts';
import { findQuickActions } from '../../../render/markdown/find-quick-actions.ts';
import type { Troubles } from '../../troubles.ts';
import type { ConnectedWorld, World } from '../../world.ts';
import { publishGateThread } from './gate-thread.ts';
import { publishInline } from './inline.ts';
import { publishLabels } from './labels.ts';
import { publishStatuses } from './statuses.ts';
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
  const failedJob =
    pipeline?.jobs.some((job) => job.status === 'failed' && !job.retried && !job.allowFailure) ?? false;
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
  const note = await troubles.attempt('the comment', () => publishComment(what, connected));
  const beforeStatus = gitlab.requestCount();
  const statuses = await publishStatuses(what, connected, troubles);
  const isOvertaken = note?.outcome === 'newer-exists';
  const others = isOvertaken ? [] : await publishOthers(what, connected, troubles);
  const writes = [...(note?.writes ?? []), ...statuses.map(({ write }) => write), ...others];
  return { note, writes, requests: { beforeStatus, total: gitlab.requestCount() } };
}

/** What a pipeline that a newer one has overtaken leaves alone. */
async function publishOthers(
  what: ToPublish,
  world: ConnectedWorld,
  troubles: Troubles,
): Promise<readonly Write[]> {
  const inline = await publishInline(what, world, troubles);
  await publishGateThread(what, world, troubles);
  const labels = await publishLabels(what, world, troubles);
  return labels === null ? inline : [...inline, labels];
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
  const { key, section, dryRun } = options;
  const wanted = {
    mergeRequest,
    key,
    body: rendered.comment,
    pipelineId: context.pipeline.id,
    sha: context.commit.sha,
  };
  const createMissing = options.comment === 'always' || needsAction(summary);
  const how = { dryRun, findQuickActions, createMissing };
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
