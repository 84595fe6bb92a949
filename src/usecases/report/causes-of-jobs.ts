import { GitLabError, GitLabRefusedError } from '../../errors.ts';
import type { FailureCause, TraceUse } from '../../model/failure-cause.ts';
import type { Job, PipelineWithJobs } from '../../model/pipeline.ts';
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

/** What reading logs needs of the world. */
type ReadingWorld = Pick<World, 'gitlab' | 'clock' | 'log' | 'mask'>;

interface Reading {
  readonly budget: TraceBudget;
  readonly world: ReadingWorld;
  readonly troubles: Pick<Troubles, 'lack'>;
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

function causeOf(job: Job, read: Read, { mask }: ReadingWorld): FailureCause {
  const found = 'digest' in read ? findCause(read.digest, mask) : null;
  const { use } = read;
  if (found === null) {
    const nothing = { headline: '', line: null, command: null, excerpt: [] };
    return { ...toldByReason(job), jobs: [job], trace: use, ...nothing };
  }
  return { ...found, ...decidedByReason(job), jobs: [job], trace: use };
}

/** Why these jobs of a pipeline failed. See `fetchFailureCauses`. */
export async function causesOfJobs(
  jobs: readonly Job[],
  { pipeline }: PipelineWithJobs,
  { world, troubles }: Pick<Reading, 'world' | 'troubles'>,
): Promise<readonly FailureCause[]> {
  const budget = createTraceBudget(world);
  const causes: FailureCause[] = [];
  const waiting = jobs.entries();
  const work = async (): Promise<void> => {
    for (const [index, job] of waiting) {
      const { projectId } = job.of ?? pipeline;
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
