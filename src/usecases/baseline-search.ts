import { type Candidate, finishedBefore, runsAtOrBefore } from '../baseline/choose-run.ts';
import type { BaselineRelation } from '../model/comparison.ts';
import type { EarlierRun } from '../model/earlier-run.ts';
import type { Pipeline } from '../model/pipeline.ts';
import type { BaselineSource } from './baseline-source.ts';

export interface FoundRun {
  readonly run: EarlierRun;
  readonly relation: BaselineRelation;
  readonly commitsBehind: number | null;
}

interface Wish {
  readonly ownPipelineId: number;
  /** The commit to compare with: the merge base, or the head of the target branch; null when nobody knows it. */
  readonly wanted: string | null;
}

function at({ commitsBehind }: Candidate, run: EarlierRun): FoundRun {
  return { run, relation: commitsBehind === 0 ? 'exact' : 'behind', commitsBehind };
}

function exactly(run: EarlierRun): FoundRun {
  return { run, relation: 'exact', commitsBehind: 0 };
}

/** Of an earlier commit; how much earlier was not asked. */
function before(run: EarlierRun): FoundRun {
  return { run, relation: 'behind', commitsBehind: null };
}

function newestOfAll(run: EarlierRun | null): FoundRun | null {
  return run === null ? null : { run, relation: 'newest', commitsBehind: null };
}

/**
 * The run at or before the wanted commit. The newest report of the branch is asked for first: mostly it is the one, or it names the job that
 * reported on the wanted commit, so that one or two requests are enough. Only else pipelines are listed, and only when none is of
 * that very commit are its ancestors. With no request left, the best report in hand serves, and says what it is.
 */
export async function baselineOfMergeRequest(wish: Wish, source: BaselineSource): Promise<FoundRun | null> {
  const newest = await source.newest();
  const { wanted } = wish;
  if (wanted === null) return newestOfAll(newest ?? (await newestFinished(wish, source)));
  if (newest?.sha === wanted) return exactly(newest);
  return (
    (await namedByHistory(wanted, newest, source)) ??
    (await amongPipelines({ ...wish, wanted }, newest, source)) ??
    newestOfAll(newest)
  );
}

/** How many reports of a history are tried before others are looked for. */
const maxTries = 3;

/**
 * The report of the wanted commit by the job that the newest report names; when it is gone, those of the runs before it, which are of earlier
 * commits of the branch.
 */
async function namedByHistory(
  wanted: string,
  newest: EarlierRun | null,
  source: BaselineSource,
): Promise<FoundRun | null> {
  const runs = newest?.runs ?? [];
  const first = runs.findIndex(({ sha }) => sha === wanted);
  if (first < 0) return null;
  for (const { jobId, sha } of runs.slice(first, first + maxTries)) {
    const run = await source.ofJob(jobId);
    if (run !== null) return sha === wanted ? exactly(run) : before(run);
  }
  return null;
}

async function amongPipelines(
  { ownPipelineId, wanted }: Wish & { readonly wanted: string },
  newest: EarlierRun | null,
  source: BaselineSource,
): Promise<FoundRun | null> {
  const pipelines = finishedBefore(await source.pipelines(), ownPipelineId);
  const exact = pipelines.find(({ sha }) => sha === wanted);
  if (exact !== undefined) {
    const run = await source.ofPipeline(exact);
    return run === null ? runBefore(exact.id, newest, source) : exactly(run);
  }
  // Without any report in hand the two requests that are left find one; which is nearest, they could not say as well.
  if (newest === null) return newestOfAll(await firstOf(pipelines, source));
  const ancestors = await source.ancestors(wanted);
  return nearest(runsAtOrBefore(ancestors, { runs: newest.runs, pipelines }), newest, source);
}

/** What is known of an earlier pipeline than the one whose report is gone: pipelines of a branch are in the order of its commits. */
async function runBefore(
  pipelineId: number,
  newest: EarlierRun | null,
  source: BaselineSource,
): Promise<FoundRun | null> {
  if (newest === null) return null;
  if (newest.pipelineId < pipelineId) return before(newest);
  const named = newest.runs.find((run) => run.pipelineId < pipelineId);
  const run = named === undefined ? null : await source.ofJob(named.jobId);
  return run === null ? null : before(run);
}

/** The nearest run whose report is in hand or within reach. */
async function nearest(
  candidates: readonly Candidate[],
  newest: EarlierRun,
  source: BaselineSource,
): Promise<FoundRun | null> {
  for (const candidate of candidates) {
    if (candidate.pipelineId === newest.pipelineId) return at(candidate, newest);
    const cost = candidate.jobId === null ? 2 : 1;
    if (cost > source.requestsLeft()) continue;
    const run =
      candidate.jobId === null
        ? await source.ofPipeline({ id: candidate.pipelineId, sha: candidate.sha, url: '' })
        : await source.ofJob(candidate.jobId);
    if (run !== null) return at(candidate, run);
  }
  return null;
}

async function firstOf(pipelines: readonly Pipeline[], source: BaselineSource): Promise<EarlierRun | null> {
  for (const pipeline of pipelines) {
    if (source.requestsLeft() < 2) return null;
    const run = await source.ofPipeline(pipeline);
    if (run !== null) return run;
  }
  return null;
}

async function newestFinished({ ownPipelineId }: Wish, source: BaselineSource): Promise<EarlierRun | null> {
  return firstOf(finishedBefore(await source.pipelines(), ownPipelineId), source);
}

/**
 * The run before this one on its branch, failed ones included: they are what a history is for. When the newest has no report any more,
 * the newest successful one serves if it is older than this run.
 */
export async function baselineOfBranch(
  { ownPipelineId }: Pick<Wish, 'ownPipelineId'>,
  source: BaselineSource,
): Promise<FoundRun | null> {
  const [last] = finishedBefore(await source.pipelines(), ownPipelineId);
  const run = last === undefined ? null : await source.ofPipeline(last);
  if (run !== null) return { run, relation: 'previous', commitsBehind: null };
  const newest = await source.newest();
  return newest === null || newest.pipelineId >= ownPipelineId
    ? null
    : { run: newest, relation: 'previous', commitsBehind: null };
}
