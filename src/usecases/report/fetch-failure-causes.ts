import type { FailureCause } from '../../model/failure-cause.ts';
import { isFailed, type Job, type PipelineWithJobs } from '../../model/pipeline.ts';
import type { Troubles } from '../troubles.ts';
import type { World } from '../world.ts';

/** Where `job 1/5` and `job: [a, b]` come from one job of the configuration. */
function configuredName({ name }: Job): string {
  return name.replace(/(?: \d{1,4}\/\d{1,4}|: \[.{0,300}\])$/, '');
}

/**
 * The jobs that failed the pipeline, the most telling first: earliest stage first, and of jobs that run in parallel one
 * before the others. Jobs that may fail, and attempts that were run again, are not among them.
 */
function failedJobs({ jobs }: PipelineWithJobs): readonly Job[] {
  const stages = new Map<string, number>();
  for (const { stage, id } of jobs) stages.set(stage, Math.min(id, stages.get(stage) ?? id));
  const failed = jobs
    .filter(isFailed)
    .sort((a, b) => (stages.get(a.stage) ?? 0) - (stages.get(b.stage) ?? 0) || a.id - b.id);
  const names = new Set<string>();
  const firsts = failed.filter((job) => {
    const isFirst = !names.has(configuredName(job));
    names.add(configuredName(job));
    return isFirst;
  });
  return [...firsts, ...failed.filter((job) => !firsts.includes(job))];
}

/** What failed in the pipelines that trigger jobs started, as far as somebody looked. */
function failedDownstream(jobs: readonly Job[]): readonly Job[] {
  return jobs.flatMap(({ retried, allowFailure, trigger }) => {
    const failed = retried || allowFailure ? [] : (trigger?.failedJobs ?? []);
    return [...failed.filter(isFailed), ...failedDownstream(failed)];
  });
}

/**
 * Why the failed jobs of a pipeline, and of those that it started, failed, from their logs and GitLab's reasons; the
 * same cause once, what lies outside of the change last. One request a log, none where GitLab's reason says all, and
 * within the bounds of `createTraceBudget`. Never throws for what GitLab answers.
 */
export async function fetchFailureCauses(
  pipeline: PipelineWithJobs | null,
  world: World,
  troubles: Pick<Troubles, 'lack'>,
): Promise<readonly FailureCause[]> {
  if (pipeline === null) return [];
  const jobs = [...failedJobs(pipeline), ...failedDownstream(pipeline.jobs)];
  if (jobs.length === 0) return [];
  // The patterns of logs are much code.
  const { causesOfJobs } = await import('./causes-of-jobs.ts');
  return causesOfJobs(jobs, pipeline, { world, troubles });
}
