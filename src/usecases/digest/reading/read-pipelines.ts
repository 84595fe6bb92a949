import type { Changed, HistoryPage, HistoryPages, PipelineWithJobs } from '../../../gitlab/ports/history.ts';
import type { HistoryJob, HistoryPipeline } from '../../../model/project-history.ts';
import { createAllowance } from './allowance.ts';
import { type ReadPart, reaching, readPart } from './part-read.ts';
import { readChanges } from './read-changes.ts';
import { createInterner, openPipelines, readJobs, withCauseOf } from './read-jobs.ts';
import { readPages } from './read-pages.ts';
import type { PartsWish } from './read-parts.ts';

export interface ReadPipelines {
  readonly pipelines: ReadPart<HistoryPipeline>;
  readonly jobs: ReadPart<HistoryJob>;
  /** Whether GraphQL showed them. */
  readonly areTogether: boolean;
}

/**
 * So many pipelines are read by themselves, such as those with more than 100 jobs; with more the chain of jobs is
 * cheaper.
 */
const maxAlone = 10;

/** With fewer requests left, a reading of a usual project may end early. */
export const fewRequests = 100;

/** So many pipelines first; their jobs say how many can be asked for at a time. */
const firstPipelines = 20;

/** A server has 30 seconds for an answer, and checks the right to see each job. */
const jobsOfAnswer = 700;

/** How many pipelines the next answer has, after what the one before it had. */
export function pipelinesToAsk(before: readonly PipelineWithJobs[]): number {
  if (before.length === 0) return firstPipelines;
  const jobs = before.reduce((sum, one) => sum + one.jobs.length, 0);
  return Math.max(5, Math.min(100, Math.floor((jobsOfAnswer * before.length) / Math.max(1, jobs))));
}

/**
 * Pipelines and their jobs: together from GraphQL where that gives all of it, else one list after the other. Child
 * pipelines are in no list of pipelines, so that a project that has some is read the second way.
 */
export async function readPipelines(wish: PartsWish): Promise<ReadPipelines> {
  const isParent = wish.kept?.pipelines?.rows.some(({ source }) => source === 'parent_pipeline') ?? false;
  const left = wish.allowance.left();
  if (left < fewRequests || isParent) return readApart(wish);
  // What does not come to its end this way leaves enough for the other one, which begins with the newest.
  const half = left === Number.POSITIVE_INFINITY ? null : Math.floor(left / 2);
  const together = await readTogether({ ...wish, allowance: createAllowance(half, wish.allowance) });
  return together ?? readApart(wish);
}

/** What is heard of jobs while pipelines are read. */
interface Heard {
  readonly jobs: Map<number, HistoryJob>;
  readonly pipelines: Set<number>;
  /** Pipelines with more jobs than an answer has. */
  readonly large: Set<number>;
  startsChildren: boolean;
}

/** The pipelines, while `heard` hears of their jobs; they end early with the first one that starts children. */
async function* listening(
  pages: HistoryPages<Changed<PipelineWithJobs>>,
  heard: Heard,
): AsyncGenerator<HistoryPage<Changed<HistoryPipeline>>, void, undefined> {
  for await (const page of pages) {
    for (const { thing } of page.rows) {
      heard.pipelines.add(thing.pipeline.id);
      heard.startsChildren ||= thing.startsChildren;
      if (!thing.isWhole) heard.large.add(thing.pipeline.id);
      for (const job of thing.jobs) heard.jobs.set(job.id, job);
    }
    const rows = page.rows.map(({ thing, changedAt }) => ({ changedAt, thing: thing.pipeline }));
    yield { ...page, rows, hasMore: page.hasMore && !heard.startsChildren };
  }
}

/** Null where this way does not show all of it. */
async function readTogether(wish: PartsWish): Promise<ReadPipelines | null> {
  const { gitlab, project, kept, allowance, window } = wish;
  const base = reaching(kept?.jobs ?? null, wish);
  const heard: Heard = { jobs: new Map(), pipelines: new Set(), large: new Set(), startsChildren: false };
  const pipelines = await readChanges(
    {
      kept: base === null ? null : (kept?.pipelines ?? null),
      pages: (since) =>
        listening(
          gitlab.fetchPipelineWithJobsPages(project, { changedSince: since, pageSize: pipelinesToAsk }),
          heard,
        ),
      keyOf: ({ id }) => id,
    },
    wish,
    allowance,
  );
  if (pipelines.read.gap !== null || heard.startsChildren) return null;
  const intern = createInterner();
  const jobs = new Map(base?.rows.map((job) => [job.id, job]));
  const add = (job: HistoryJob): void => {
    if (job.createdAt >= window.from) jobs.set(job.id, intern(withCauseOf(job, jobs.get(job.id))));
  };
  heard.jobs.forEach(add);
  const isWhole = (await readAlone(heard, jobs, { wish, add })) && (await readReasons(heard, { wish, add }));
  if (!isWhole) return null;
  const rows = [...jobs.values()].sort((a, b) => a.id - b.id);
  const known = { rows, newest: wish.now, oldest: null, ending: { kind: 'whole' } } as const;
  return { pipelines, jobs: readPart(base, known, wish), areTogether: true };
}

interface Adding {
  readonly wish: PartsWish;
  readonly add: (job: HistoryJob) => void;
}

/** Pipelines with many jobs, and older ones whose jobs had not ended at the last reading. False = not all was read. */
async function readAlone(
  { jobs: heardJobs, large, pipelines }: Heard,
  jobs: ReadonlyMap<number, HistoryJob>,
  { wish, add }: Adding,
): Promise<boolean> {
  const open = openPipelines(jobs.values(), new Set(heardJobs.keys()), pipelines);
  const alone = new Set([...large, ...open]);
  if (alone.size > maxAlone) return false;
  for (const pipeline of alone) {
    const pages = wish.gitlab.fetchPipelineJobPages(wish.project, pipeline);
    const ending = await readPages(pages, wish.allowance, ({ rows }) => {
      for (const { job } of rows) add(job);
      return 'more';
    });
    if (ending.kind !== 'whole') return false;
  }
  return true;
}

/** GraphQL does not say why a job failed; the list of failed jobs does. False = not all was read. */
async function readReasons({ jobs }: Heard, { wish, add }: Adding): Promise<boolean> {
  const failed = [...jobs.values()].filter(
    ({ status, createdAt }) => status === 'failed' && createdAt >= wish.window.from,
  );
  if (failed.length === 0) return true;
  const oldest = failed.reduce((least, { id }) => Math.min(least, id), Number.POSITIVE_INFINITY);
  const pages = wish.gitlab.fetchFailedJobPages(wish.project);
  const ending = await readPages(pages, wish.allowance, ({ rows }) => {
    for (const { job } of rows) if (jobs.has(job.id)) add(job);
    return rows.some(({ job }) => job.id <= oldest) ? 'enough' : 'more';
  });
  return ending.kind === 'whole';
}

/** Pipelines, then jobs: each job names its pipeline, and child pipelines are only there. */
async function readApart(wish: PartsWish): Promise<ReadPipelines> {
  const { gitlab, project, kept, allowance } = wish;
  const changed = new Set<number>();
  const part = await readChanges(
    {
      kept: kept?.pipelines ?? null,
      pages: (since) => gitlab.fetchPipelinePages(project, since),
      keyOf: ({ id }) => id,
      onRow: ({ id }) => changed.add(id),
    },
    wish,
    allowance,
  );
  const byId = new Map(part.rows.map((row) => [row.id, row]));
  const changedAtOf = ({ updatedAt, createdAt }: HistoryPipeline): number => updatedAt ?? createdAt;
  const onPipeline = ({ thing, changedAt }: Changed<HistoryPipeline>): void => {
    const known = byId.get(thing.id);
    if (known === undefined || changedAtOf(known) < changedAt) byId.set(thing.id, thing);
  };
  const keptJobs = kept?.jobs ?? null;
  const jobs = await readJobs(
    { gitlab, of: project, kept: keptJobs, changedPipelines: changed, onPipeline },
    wish,
    allowance,
  );
  const rows = [...byId.values()].sort((a, b) => a.id - b.id);
  const isOfJobsOnly = !part.read.usable && rows.length > 0;
  const gap = `${part.read.gap ?? ''}; only pipelines with jobs are known`;
  const read = isOfJobsOnly ? { ...part.read, gap, usable: true } : part.read;
  const keptPart = part.kept === null ? null : { ...part.kept, rows };
  return { pipelines: { rows, read, kept: keptPart }, jobs, areTogether: false };
}
