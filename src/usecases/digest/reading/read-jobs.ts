import type { KeptPart } from '../../../digest/kept-history/kept-history.ts';
import type {
  Changed,
  History,
  HistoryPages,
  HistoryPlace,
  JobOfPipeline,
} from '../../../gitlab/ports/history.ts';
import type { HistoryJob, HistoryPipeline, Instant } from '../../../model/project-history.ts';
import type { Allowance } from './allowance.ts';
import { type Reading, type ReadPart, reaching, readPart } from './part-read.ts';
import { type Ending, readPages } from './read-pages.ts';

/** In these states a job does not change any more, but for a new attempt, which is a job of its own. Source: https://docs.gitlab.com/ci/jobs/#available-job-statuses */
const ended: ReadonlySet<string> = new Set(['success', 'failed', 'canceled', 'skipped']);

/** Waits for a person, and perhaps for ever. */
const waiting: ReadonlySet<string> = new Set(['manual', 'created']);

/** So many kept jobs back the chain goes on to one that had not ended. */
const rereadJobs = 300;

/** So many older pipelines are looked at for jobs that had not ended. */
const maxPipelines = 20;

export interface JobsReading {
  readonly gitlab: Pick<History, 'fetchJobPages' | 'fetchPipelineJobPages'>;
  readonly of: HistoryPlace;
  readonly kept: KeptPart<HistoryJob> | null;
  /** Pipelines that changed since the last reading. */
  readonly changedPipelines: ReadonlySet<number>;
  readonly onPipeline: (pipeline: Changed<HistoryPipeline>) => void;
}

const hasEnded = ({ status }: HistoryJob): boolean => ended.has(status);
const isWaiting = ({ status }: HistoryJob): boolean => waiting.has(status);

/** The id down to which the chain is read: jobs that still ran then are read again. */
export function stopAt(kept: readonly HistoryJob[]): number {
  const newest = kept.at(-1)?.id ?? 0;
  const open = kept.slice(-rereadJobs).find((job) => !hasEnded(job) && !isWaiting(job));
  return Math.min(newest, open === undefined ? newest : open.id - 1);
}

/** Older pipelines with jobs that had not ended, and that may have gone on since; the newest first. */
export function openPipelines(
  jobs: Iterable<HistoryJob>,
  readNow: ReadonlySet<number>,
  changed: ReadonlySet<number>,
): readonly number[] {
  const found = new Set<number>();
  for (const job of jobs) {
    const mayHaveGoneOn = !isWaiting(job) || changed.has(job.pipelineId);
    if (!hasEnded(job) && !readNow.has(job.id) && mayHaveGoneOn) found.add(job.pipelineId);
  }
  return [...found].sort((a, b) => b - a);
}

/**
 * Every attempt of the jobs that were made in the window, in one chain from the newest on: it ends where the window
 * begins, or where the kept jobs begin. Those that had not ended at the last reading are read again, where they are
 * farther back by their pipelines.
 */
export async function readJobs(
  { gitlab, of, kept, changedPipelines, onPipeline }: JobsReading,
  reading: Reading,
  allowance: Allowance,
): Promise<ReadPart<HistoryJob>> {
  const base = reaching(kept, reading);
  const jobs = new Map(base?.rows.map((job) => [job.id, job]));
  const intern = createInterner();
  const readNow = new Set<number>();
  let oldest: Instant | null = null;
  const read = (pages: HistoryPages<JobOfPipeline>, isLast: (job: HistoryJob) => boolean): Promise<Ending> =>
    readPages(pages, allowance, (page) => {
      for (const { job, pipeline } of page.rows) {
        if (job.createdAt < reading.window.from) continue;
        jobs.set(job.id, intern(withCauseOf(job, jobs.get(job.id))));
        readNow.add(job.id);
        oldest = Math.min(oldest ?? job.createdAt, job.createdAt);
        onPipeline(pipeline);
      }
      return page.rows.some(({ job }) => isLast(job)) ? 'enough' : 'more';
    });

  const stop = base === null ? -1 : stopAt(base.rows);
  let ending = await read(
    gitlab.fetchJobPages(of),
    ({ id, createdAt }) => id <= stop || createdAt < reading.window.from,
  );
  const again = base === null ? [] : openPipelines(jobs.values(), readNow, changedPipelines);
  for (const pipeline of ending.kind === 'whole' ? again.slice(0, maxPipelines) : []) {
    const one = await read(gitlab.fetchPipelineJobPages(of, pipeline), () => false);
    if (one.kind === 'cut') ending = one;
  }
  if (again.length > maxPipelines && ending.kind === 'whole')
    ending = {
      kind: 'cut',
      gap: `${again.length - maxPipelines} old pipelines with open jobs were not read again`,
    };
  const rows = [...jobs.values()].sort((a, b) => a.id - b.id);
  return readPart(base, { rows, newest: reading.now, oldest, ending }, reading);
}

/** What was found out about a failure stays known when the job is read again. */
export function withCauseOf(job: HistoryJob, before: HistoryJob | undefined): HistoryJob {
  return job.status === 'failed' && before?.status === 'failed' ? { ...job, cause: before.cause } : job;
}

/** Makes jobs share their names, which are few. */
export function createInterner(): (job: HistoryJob) => HistoryJob {
  const known = new Map<string, string>();
  const shared = (text: string): string => {
    const first = known.get(text);
    if (first !== undefined) return first;
    known.set(text, text);
    return text;
  };
  return (job) => ({
    ...job,
    name: shared(job.name),
    stage: shared(job.stage),
    status: shared(job.status),
    failureReason: job.failureReason === null ? null : shared(job.failureReason),
  });
}
