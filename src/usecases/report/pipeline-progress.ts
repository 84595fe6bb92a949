import type { HeadPipelines, StandingStatus } from '../../gitlab/ports/head-pipelines.ts';
import { hasEnded, type Pipeline } from '../../model/pipeline.ts';

const ourStatus = 'herald/';

/** The statuses of a pipeline that are all that keeps it open, when they are ours; else none. */
export function onlyOurs(standing: readonly StandingStatus[], pipeline: Pipeline): readonly StandingStatus[] {
  const open = standing.filter(
    ({ state, pipelineId }) => !hasEnded(state) && (pipelineId === null || pipelineId === pipeline.id),
  );
  return open.every(({ name }) => name.startsWith(ourStatus)) ? open : [];
}

/**
 * Whether a pipeline is at its end. One that only waits for a status of ours is: it would wait for ever for the report
 * that waits for it. One request, for a pipeline that GitLab calls running.
 */
export async function pipelineProgress(
  pipeline: Pipeline,
  gitlab: HeadPipelines,
): Promise<'ended' | 'running'> {
  if (hasEnded(pipeline.status)) return 'ended';
  const standing = await gitlab.fetchStandingStatuses(pipeline.projectId, pipeline.sha);
  return onlyOurs(standing, pipeline).length > 0 ? 'ended' : 'running';
}
