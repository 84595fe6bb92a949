import { nearestRun, type Place, placeInBranch, placeWords } from '../../../baseline/choose-baseline.ts';
import { foundBaseline } from '../../../baseline/found-baseline.ts';
import type { FoundBaseline } from '../../../compare/compare-runs.ts';
import type { EarlierRun } from '../../../model/earlier-run.ts';
import { reportOfCommit } from './report-of-commit.ts';
import type { BaselineSearch } from './search.ts';
import { baselineWithoutReport } from './without-report.ts';

/**
 * The run of the target branch at the wanted commit, else the nearest one before it, else the newest. The usual case, a
 * branch that starts from the newest successful pipeline, costs one request; every report names the jobs of up to 50
 * earlier ones, so that a branch that starts from one of them costs two.
 */
export async function baselineOfMergeRequest(
  search: BaselineSearch,
  wanted: string | null,
): Promise<FoundBaseline> {
  const newest = await search.newestReport();
  if (newest === null || 'unusable' in newest) {
    return baselineWithoutReport(search, { wanted, unusable: newest?.unusable ?? null });
  }
  if (wanted === null) return foundBaseline(newest, 'newest');
  if (newest.sha === wanted) return foundBaseline(newest, 'exact');
  return newest.runs.some(({ sha }) => sha === wanted)
    ? fromRecordedRuns(search, newest, wanted)
    : fromPipelines(search, newest, wanted);
}

/** The wanted commit has a run that the newest report names. */
async function fromRecordedRuns(
  search: BaselineSearch,
  newest: EarlierRun,
  wanted: string,
): Promise<FoundBaseline> {
  for (const { jobId, sha } of newest.runs.filter((run) => run.sha === wanted)) {
    const run = await search.reportOfJob(jobId, sha);
    if (run !== null) return foundBaseline(run, 'exact');
  }
  // Gone, most likely expired. What is older may be kept, since each run has a date of its own.
  const last = newest.runs.findLastIndex(({ sha }) => sha === wanted);
  const older = newest.runs[last + 1];
  const run = older === undefined ? null : await search.reportOfJob(older.jobId, older.sha);
  if (run === null) return foundBaseline(newest, 'newest');
  const ancestors = await search.ancestors(wanted);
  if (ancestors === null) return foundBaseline(run, 'behind');
  const nearest = nearestRun(ancestors, [run]);
  return nearest === null ? foundBaseline(newest, 'newest') : foundBaseline(run, 'behind', nearest.behind);
}

/**
 * No report is known of the wanted commit: its pipeline failed, still runs, is older than what is recorded, or never
 * was.
 */
async function fromPipelines(
  search: BaselineSearch,
  newest: EarlierRun,
  wanted: string,
): Promise<FoundBaseline> {
  const pipelines = await search.pipelines();
  const place = pipelines === null ? null : placeInBranch(wanted, pipelines);
  recordPlace(search, place, pipelines ?? []);
  if (place === null || place.kind === 'older') {
    const run = await reportOfCommit(search, wanted, null);
    return run === null ? settleFor(search, newest, wanted) : foundBaseline(run, 'exact');
  }
  if (place.kind === 'listed' && place.exact.length > 0) {
    const run = await reportOfCommit(search, wanted, place.exact);
    return run === null ? settleFor(search, newest, wanted) : foundBaseline(run, 'exact');
  }
  const before = beforeOf(place);
  const isRecorded = [newest, ...newest.runs].some(({ pipelineId }) => pipelineId === before?.id);
  if (before === null || isRecorded) return nearestRecorded(search, newest, wanted);
  const run = await reportOfCommit(search, before.sha, [before]);
  return run === null ? settleFor(search, newest, wanted) : foundBaseline(run, 'behind');
}

function beforeOf(place: Place): Extract<Place, { readonly kind: 'listed' }>['before'] | null {
  return place.kind === 'listed' ? place.before : null;
}

function recordPlace(search: BaselineSearch, place: Place | null, listed: readonly unknown[]): void {
  if (place === null) return;
  search.world.decide?.({
    about: 'baseline-candidate',
    what: `the wanted commit in ${search.target.ref}`,
    outcome: place.kind === 'listed' ? 'found' : 'not-found',
    reason: placeWords(place, listed.length),
  });
}

/** Of the newest report and the runs that it names the one that the fewest commits separate from the wanted commit. */
async function nearestRecorded(
  search: BaselineSearch,
  newest: EarlierRun,
  wanted: string,
): Promise<FoundBaseline> {
  const ancestors = (await search.ancestors(wanted)) ?? [];
  const recorded = nearestRun(ancestors, newest.runs);
  const inHand = nearestRun(ancestors, [newest]);
  if (recorded !== null && (inHand === null || recorded.behind < inHand.behind)) {
    const run = await search.reportOfJob(recorded.run.jobId, recorded.run.sha);
    if (run !== null) return foundBaseline(run, 'behind', recorded.behind);
  }
  return inHand === null ? foundBaseline(newest, 'newest') : foundBaseline(newest, 'behind', inHand.behind);
}

/** The newest report, which is already loaded, with the true relation of its commit. */
async function settleFor(search: BaselineSearch, newest: EarlierRun, wanted: string): Promise<FoundBaseline> {
  const inHand = nearestRun((await search.ancestors(wanted)) ?? [], [newest]);
  return inHand === null ? foundBaseline(newest, 'newest') : foundBaseline(newest, 'behind', inHand.behind);
}
