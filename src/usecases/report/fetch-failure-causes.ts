import { GitLabError, GitLabRefusedError } from '../../errors.ts';
import type { FailureCause, TraceUse } from '../../model/failure-cause.ts';
import { isFailed, type Job, type PipelineWithJobs } from '../../model/pipeline.ts';
import { counted } from '../../model/plural.ts';
import { decidedByReason, needsNoTrace, toldByReason } from '../../traces/failure-reasons.ts';
import { findCause } from '../../traces/find-cause.ts';
import { createTraceReader, type TraceDigest } from '../../traces/read-trace.ts';
import { uniteCauses } from '../../traces/unite-causes.ts';
import type { Troubles } from '../troubles.ts';
import type { World } from '../world.ts';
import { createTraceBudget, type TraceBudget } from './trace-budget.ts';

const maxAtOnce = 3;

type Read = { readonly digest: TraceDigest; readonly use: 'whole' | 'start' } | { readonly use: TraceUse };

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

interface Reading {
  readonly budget: TraceBudget;
  readonly world: World;
  readonly troubles: Pick<Troubles, 'lack'>;
}

/** What failed in the pipelines that trigger jobs started, as far as somebody looked. */
function failedDownstream(jobs: readonly Job[]): readonly Job[] {
  return jobs.flatMap(({ retried, allowFailure, trigger }) => {
    const failed = retried || allowFailure ? [] : (trigger?.failedJobs ?? []);
    return [...failed.filter(isFailed), ...failedDownstream(failed)];
  });
}

async function readTrace(job: Job, projectId: number, { budget, world, troubles }: Reading): Promise<Read> {
  const { gitlab } = world;
  const refused = budget.refusal();
  if (gitlab === null || refused !== null) return { use: refused ?? 'refused' };
  let reader = createTraceReader();
  const state = { cut: false };
  try {
    await gitlab.readTrace(
      { projectId, jobId: job.id },
      {
        begin() {
          reader = createTraceReader();
          budget.beginTrace(job.id);
        },
        write(piece) {
          reader.write(piece);
          state.cut = budget.spend(job.id, piece.byteLength) === 'spent';
          return state.cut ? 'enough' : 'more';
        },
      },
    );
  } catch (error) {
    return { use: budget.stopAt(failureOf(error, job, troubles)) };
  }
  const digest = reader.end();
  if (digest.bytes === 0) return { use: 'empty' };
  const { cut } = state;
  if (cut) world.log.warn(`the log of ${job.name} was read only in part: ${budget.bounds}`);
  return { digest, use: cut ? 'start' : 'whole' };
}

/** A log that cannot be had costs its job the excerpt, never the run; one that got no answer costs the others, too. */
function failureOf(
  error: unknown,
  job: Job,
  troubles: Pick<Troubles, 'lack'>,
): { use: TraceUse; forAll: boolean } {
  if (!(error instanceof GitLabError)) throw error;
  troubles.lack('traces', error, `the log of ${job.name}`);
  return error instanceof GitLabRefusedError
    ? { use: 'refused', forAll: error.status === 401 }
    : { use: 'unreachable', forAll: error.status === null };
}

function causeOf(job: Job, read: Read, { mask }: World): FailureCause {
  const found = 'digest' in read ? findCause(read.digest, mask) : null;
  const { use } = read;
  if (found === null) {
    const nothing = { headline: '', line: null, command: null, excerpt: [] };
    return { ...toldByReason(job), jobs: [job], trace: use, ...nothing };
  }
  return { ...found, ...decidedByReason(job), jobs: [job], trace: use };
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
  const budget = createTraceBudget(world);
  const causes: FailureCause[] = [];
  const waiting = jobs.entries();
  const work = async (): Promise<void> => {
    for (const [index, job] of waiting) {
      const { projectId } = job.of ?? pipeline.pipeline;
      // A trigger job runs no script: there is no log to ask for.
      const read: Read =
        job.trigger !== undefined || needsNoTrace(job)
          ? { use: 'none-needed' }
          : await readTrace(job, projectId, { budget, world, troubles });
      causes[index] = causeOf(job, read, world);
    }
  };
  await Promise.all(Array.from({ length: maxAtOnce }, work));
  const unread = causes.filter(({ trace }) => trace === 'over-limit').length;
  if (unread > 0)
    world.log.warn(
      `the logs of ${counted(unread, { one: 'failed job', other: 'failed jobs' })} were not read: ${budget.bounds}`,
    );
  return uniteCauses(causes);
}
