import type { Project } from '../../gitlab/ports/repository.ts';
import type { Noteable } from '../../model/noteable.ts';
import type { Pipeline } from '../../model/pipeline.ts';
import { findHeadPipeline } from '../report/find-head-pipeline.ts';
import { optionsOfBranch } from '../report/options-of-branch.ts';
import { onlyOurs, pipelineProgress } from '../report/pipeline-progress.ts';
import {
  type OutsideOptions,
  type OutsideWorld,
  reportOfMergeRequest,
} from '../report/report-of-pipeline.ts';
import { reportedPipeline } from '../report/reported-pipeline.ts';
import type { ReportResult, SweepWorld } from './bot-world.ts';

/** Older merge requests without changes are ignored. */
const days = 3;
const dayMilliseconds = 86_400_000;
const maxMergeRequests = 100;

/** Time for a run that is still working on its report. */
const abandonedAfterMilliseconds = 3_600_000;

async function isUnreported(
  on: Noteable,
  keyOf: (branch: string) => Promise<string>,
  { gitlab }: OutsideWorld,
): Promise<boolean> {
  const head = await findHeadPipeline(on, gitlab);
  if (head.kind !== 'head') return false;
  const { mergeRequest, pipeline } = head;
  const key = await keyOf(mergeRequest.targetBranch);
  if (((await reportedPipeline({ mergeRequest, key }, gitlab)) ?? 0) >= pipeline.id) return false;
  return (await pipelineProgress(pipeline, gitlab)) === 'ended';
}

/** The key of the sticky note, by target branch; each branch is asked for once. */
function keysOf(project: number, world: OutsideWorld): (branch: string) => Promise<string> {
  const keys = new Map<string, Promise<string>>();
  return (branch) => {
    const key =
      keys.get(branch) ?? optionsOfBranch({ project, branch }, world).then((options) => options.key);
    keys.set(branch, key);
    return key;
  };
}

async function findUnreported({ id }: Project, world: OutsideWorld): Promise<readonly Noteable[]> {
  const { gitlab, clock } = world;
  const updatedAfter = new Date(clock.now().getTime() - days * dayMilliseconds);
  const recent = await gitlab.fetchRecentMergeRequests(id, { updatedAfter, max: maxMergeRequests });
  const keyOf = keysOf(id, world);
  const found: Noteable[] = [];
  for (const { iid } of recent) {
    const on: Noteable = { kind: 'merge_request', project: id, iid };
    if (await isUnreported(on, keyOf, world)) found.push(on);
  }
  return found;
}

async function finishStatusesOf(
  pipeline: Pipeline,
  { gitlab }: OutsideWorld,
  dryRun: boolean,
): Promise<readonly string[]> {
  const { id: pipelineId, projectId, sha } = pipeline;
  const left = onlyOurs(await gitlab.fetchStandingStatuses(projectId, sha), pipeline);
  for (const { name, targetUrl } of left)
    if (!dryRun)
      await gitlab.setStatus({
        projectId,
        sha,
        pipelineId,
        name,
        state: 'canceled',
        description: 'Its run ended without a result.',
        targetUrl,
      });
  return left.map(({ name }) => `${name} of pipeline ${pipelineId}`);
}

/** Pipelines that wait only for a status of ours, which nobody will set any more. */
async function finishAbandonedStatuses(
  { id }: Project,
  world: OutsideWorld,
  dryRun: boolean,
): Promise<readonly string[]> {
  const { gitlab, clock } = world;
  const now = clock.now().getTime();
  const names: string[] = [];
  for (const pipeline of await gitlab.fetchRunningPipelines(id)) {
    const age = now - Date.parse(pipeline.createdAt ?? '');
    if (age > abandonedAfterMilliseconds) names.push(...(await finishStatusesOf(pipeline, world, dryRun)));
  }
  return names;
}

async function report(on: Noteable, world: OutsideWorld, how: OutsideOptions): Promise<ReportResult> {
  const { outcome, reason, report: made } = await reportOfMergeRequest(world, on, how);
  if (outcome === 'reported')
    return { outcome: 'done', url: made?.published.note?.noteUrl ?? null, detail: reason };
  return { outcome: outcome === 'reported-by-job' ? 'there' : 'refused', url: null, detail: reason };
}

/** Reports of pipelines that could not publish them; the bot publishes them with its own token. */
export function reportsFromOutside(
  world: OutsideWorld,
  how: OutsideOptions,
): Pick<SweepWorld, 'report' | 'isUnreported' | 'findUnreported' | 'finishAbandonedStatuses'> {
  return {
    report: (on) => report(on, world, how),
    isUnreported: (on) => isUnreported(on, keysOf(on.project, world), world),
    findUnreported: (project) => findUnreported(project, world),
    finishAbandonedStatuses: (project) => finishAbandonedStatuses(project, world, how.dryRun),
  };
}
