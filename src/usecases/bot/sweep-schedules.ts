import type { Pipelines } from '../../gitlab/ports/port.ts';
import type { KeyedIssue } from '../../model/facts.ts';
import type { ScheduleState } from '../../model/schedule-facts.ts';
import { withDownstream } from '../report/fetch-downstream.ts';
import type { Handled, SweepWorld } from './bot-world.ts';
import type { Desk } from './desk.ts';
import { handleByRules, hasRuleFor } from './handle-by-rules.ts';
import { onItsOwn } from './on-its-own.ts';
import { occurrenceNow } from './rules-now.ts';

/** As many as a paid project of GitLab.com can have: https://docs.gitlab.com/administration/instance_limits/ */
const maxSchedules = 50;

const results: ReadonlyMap<string, readonly string[]> = new Map([
  ['failed', ['scheduled_pipeline', 'scheduled_pipeline.failed']],
  ['success', ['scheduled_pipeline', 'scheduled_pipeline.passed']],
]);

/** The jobs of a pipeline that failed, and what it started. */
async function fetchFailed(id: number, { world, project }: Desk): ReturnType<Pipelines['fetchJobs']> {
  const { gitlab, log } = world;
  const { pipeline, jobs } = await gitlab.fetchJobs(project.id, id);
  return { pipeline, jobs: await withDownstream(jobs, project.id, { gitlab, warn: log.warn }) };
}

async function handleSchedule(
  schedule: ScheduleState,
  ownIssues: readonly KeyedIssue[],
  desk: Desk,
): Promise<readonly Handled[]> {
  const { project } = desk;
  const { last, ref } = schedule;
  const names = results.get(last?.status ?? '') ?? [];
  if (last === null || !hasRuleFor(names, desk)) return [];
  const { pipeline, jobs } =
    last.status === 'failed' ? await fetchFailed(last.id, desk) : { pipeline: null, jobs: [] };
  const known = {
    id: last.id,
    projectId: project.id,
    url: `${project.url}/-/pipelines/${last.id}`,
    status: last.status,
    ref,
    sha: last.sha,
    createdAt: null,
  };
  const occurrence = { ...occurrenceNow(names, project.id, null), ref };
  const given = { pipeline: { ...(pipeline ?? known), source: 'schedule' }, jobs };
  const handled = await handleByRules(occurrence, desk, { pipeline: given, schedule, ownIssues });
  return handled.outcome === 'handled' ? [handled] : [];
}

/**
 * Tries the rules about pipelines of schedules: GitLab's webhooks start nothing from pipelines. A pipeline that still
 * runs changes nothing. One request for the schedules, one for the bot's issues, one for each schedule, and
 * two more where its pipeline failed.
 */
export async function sweepSchedules(desk: Desk, world: SweepWorld): Promise<readonly Handled[]> {
  const { project } = desk;
  if (!hasRuleFor([...results.values()].flat(), desk)) return [];
  const listed = await world.gitlab.fetchSchedules(project.id);
  const active = listed.filter((schedule) => schedule.active);
  if (active.length === 0) return [];
  if (active.length > maxSchedules)
    world.log.warn(
      `${project.path}: only the first ${maxSchedules} of ${active.length} schedules are checked`,
    );
  const ownIssues = await world.gitlab.fetchOwnIssues(project.id);
  const handled: Handled[] = [];
  for (const { id } of active.slice(0, maxSchedules)) {
    const tried = await onItsOwn(
      `${project.path}: schedule ${id}`,
      async () => {
        const schedule = await world.gitlab.fetchScheduleState(project.id, id);
        return schedule === null ? [] : handleSchedule(schedule, ownIssues, desk);
      },
      world,
    );
    handled.push(...tried);
  }
  return handled;
}
