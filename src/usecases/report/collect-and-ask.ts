import { compareTestsWith, type FoundBaseline } from '../../compare/compare-runs.ts';
import type { ReportOptions } from '../../config/report-options.ts';
import { GitLabRefusedError } from '../../errors.ts';
import type { Comparison } from '../../model/comparison.ts';
import type { Context, MergeRequest } from '../../model/context.ts';
import type { Diff } from '../../model/diff.ts';
import type { FlakyMarks } from '../../model/flaky-mark.ts';
import type { Warning } from '../../model/report.ts';
import type { Summary } from '../../model/summary.ts';
import type { FoundNotes } from '../../publish/publish-note.ts';
import { fromGitLabTestReport, unreadSuites } from '../../reports/gitlab-test-report.ts';
import type { ListedFormat } from '../../reports/listed-formats.ts';
import { maskedValue } from '../../secrets/masked-value.ts';
import { type Troubles, valueOf } from '../troubles.ts';
import type { World } from '../world.ts';
import { askForFlakyMarks } from './ask-for-flaky-marks.ts';
import { askForLastChanges } from './ask-for-last-changes.ts';
import { askForQuarantine, type FoundQuarantine } from './ask-for-quarantine.ts';
import { fetchBaseline, readBaselineFile } from './baseline/fetch-baseline.ts';
import { type AskJobs, type Collected, noJobReports } from './collect-reports.ts';
import { decisionOfBaseline } from './decisions/of-baseline.ts';
import { fetchDiff } from './fetch-diff.ts';
import { fetchFailureCauses } from './fetch-failure-causes.ts';
import { fetchPipeline } from './fetch-pipeline.ts';
import { findMergeRequest } from './find-merge-request.ts';
import { collectJobReports } from './job-reports/collect-job-reports.ts';
import { type MatchedTests, matchFrames } from './match-frames.ts';
import { type LookedAhead, lookAhead } from './publish/look-ahead.ts';
import type { ReportRun } from './report-run.ts';
import type { Standing } from './standing-statuses.ts';

export interface Learned
  extends Pick<Collected, 'gaps' | 'tests'>,
    Pick<Summary, 'confirmedFiles' | 'lastChanges'> {
  readonly mergeRequest: MergeRequest | null;
  readonly collected: Collected;
  readonly baseline: FoundBaseline;
  readonly comparedTests: Comparison['tests'];
  readonly marks: FlakyMarks | null;
  readonly quarantine: FoundQuarantine;
  readonly diff: Diff | null;
  readonly fromGitLab: FromGitLab;
  readonly ahead: Promise<FoundNotes> | null;
}

/** Everything that the run has to know. Each question is asked when what it depends on is known, beside the others. */
export async function collectAndAsk(
  run: ReportRun,
  standing: Promise<Standing> | null,
  how: Asking,
): Promise<Learned> {
  const { world, troubles } = how;
  const { options, context } = run;
  const { mask } = world;
  const finding = findMergeRequest(context, world, troubles);
  const asking = finding.then((mergeRequest): Asked => ({ options, context, mergeRequest }));
  const pipeline = askForPipeline(context, standing, how);
  const baseline = asking
    .then((asked) => askForBaseline(asked, how))
    .then((found) => maskedValue(found, mask));
  const collecting = world.log.section('Reading reports', () =>
    run.collect((formats) => askJobsOf(pipeline, formats, how)),
  );
  const testing = collecting.then((found) => withTests(found, { options, context }, how));
  const matching = Promise.all([asking, testing]).then((known) => withPlaces(known, run, how));
  const fromGitLab = pipeline
    .then((found) => maskedValue(found, mask))
    .then(async (found) => ({ ...found, causes: await fetchFailureCauses(found.pipeline, world, troubles) }));
  // What is looked up ahead is for a moment only: not before the reports are read, which may take long, and where tests
  // fail beside the logs of their jobs.
  const lookingAhead = Promise.all([asking, collecting]).then(async ([asked, found]) => {
    const failed = hasFailingTests(found);
    if (failed) await pipeline;
    return lookAhead({ ...asked, hasFailingTests: failed }, world);
  });
  const [mergeRequest, collected, placed, news, diff, seen, ahead] = await Promise.all([
    finding,
    collecting,
    matching,
    Promise.all([asking, matching, baseline]).then((found) => askForNews(found, lookingAhead, how)),
    asking.then((asked) => askForDiff(collecting, asked, how)),
    fromGitLab,
    lookingAhead,
  ]);
  return { mergeRequest, collected, ...placed, ...news, diff, fromGitLab: seen, ahead: ahead.notes };
}

function hasFailingTests({ tests }: Collected): boolean {
  return tests !== null && tests.totals.failed + tests.totals.errored > 0;
}

type News = Pick<Learned, 'baseline' | 'comparedTests' | 'lastChanges' | 'marks' | 'quarantine'>;

/**
 * Which tests newly fail, which of those that fail people marked as flaky or tolerate for a while, and who changed the
 * lines where they fail.
 */
async function askForNews(
  [{ options, context, mergeRequest }, { tests, confirmedFiles }, baseline]: readonly [
    Asked,
    Pick<Learned, 'confirmedFiles' | 'tests'>,
    FoundBaseline,
  ],
  lookingAhead: Promise<LookedAhead>,
  { world, troubles }: Asking,
): Promise<News> {
  const compared = compareTestsWith(tests, baseline);
  const project = mergeRequest?.project ?? context.project.id;
  const places = confirmedFiles === undefined ? {} : { confirmedFiles };
  const ahead = async (): LookedAhead['marks'] => (await lookingAhead).marks;
  const toBlame = { tests, compared, context, mergeRequest, max: options.blame, ...places };
  const [marks, quarantine, blamed] = await Promise.all([
    askForFlakyMarks({ tests, compared, project, ahead }, world, troubles),
    askForQuarantine({ tests, context, mergeRequest }, world, troubles),
    askForLastChanges(toBlame, world, troubles),
  ]);
  return { baseline, comparedTests: compared, marks, quarantine, ...maskedValue(blamed, world.mask) };
}

export interface Asked {
  readonly options: ReportOptions;
  readonly context: Context;
  readonly mergeRequest: MergeRequest | null;
}

interface Asking {
  readonly world: World;
  readonly troubles: Troubles;
}

/** The jobs and why they failed. */
interface FromGitLab extends Pick<Summary, 'pipeline' | 'causes'> {
  /** About what could not be seen. */
  readonly warnings: readonly Warning[];
}

/**
 * Only what has lines can be on changed ones: for tests alone the diff is not asked for. Comments on lines need it
 * whatever the reports have, so it need not wait for them.
 */
async function askForDiff(
  collecting: Promise<Pick<Summary, 'coverage' | 'findings'>>,
  { mergeRequest, options }: Asked,
  { world, troubles }: Asking,
): Promise<Diff | null> {
  if (mergeRequest === null) return null;
  const isNeeded = options.inline.length > 0 || hasLines(await collecting);
  return isNeeded ? fetchDiff(mergeRequest, { ...world, troubles }) : null;
}

function hasLines({ coverage, findings }: Pick<Summary, 'coverage' | 'findings'>): boolean {
  return coverage?.files.some(({ hits }) => hits.length > 0) === true || findings !== null;
}

/** What the jobs handed over; nothing where they are not known, which the report says. */
function askJobsOf(
  asking: Promise<SeenPipeline>,
  formats: readonly ListedFormat[],
  { world, troubles }: Asking,
): AskJobs {
  const { gitlab } = world;
  return async (asked) => {
    const { pipeline } = await asking;
    return gitlab === null || pipeline === null
      ? noJobReports
      : collectJobReports({ ...asked, pipeline, formats }, { ...world, gitlab, troubles });
  };
}

const unseenTriggers =
  'GitLab shows the trigger jobs of this pipeline to no job token: whether a pipeline that they started failed is not known';

type SeenPipeline = Pick<FromGitLab, 'pipeline' | 'warnings'>;

/** What GitLab refuses to every job's own token is not a trouble of the run, and the report says that it is missing. */
async function askForPipeline(
  context: Context,
  standing: Promise<Standing> | null,
  { world: { gitlab, log }, troubles }: Asking,
): Promise<SeenPipeline> {
  const warnings: FromGitLab['warnings'] = [];
  if (gitlab === null) return { pipeline: null, warnings };
  const found = valueOf(await troubles.part('jobs', () => fetchPipeline(context, standing, { gitlab, log })));
  if (found === null) return { pipeline: null, warnings };
  const { pipeline, triggersError: error } = found;
  if (error === null) return { pipeline, warnings };
  if (gitlab.tokenKind === 'job' && error instanceof GitLabRefusedError) {
    const { triggersUnseen: _why, ...seen } = pipeline;
    return { pipeline: seen, warnings: [{ path: null, message: unseenTriggers }] };
  }
  await troubles.attempt('the trigger jobs of the pipeline', () => Promise.reject(error));
  return { pipeline, warnings };
}

async function askForBaseline(asked: Asked, how: Asking): Promise<FoundBaseline> {
  const found = await searchBaseline(asked, how);
  how.world.decide?.(decisionOfBaseline(found));
  return found;
}

function searchBaseline(
  { options, context, mergeRequest }: Asked,
  { world, troubles }: Asking,
): Promise<FoundBaseline> {
  const { gitlab, decide } = world;
  if (options.baseline !== null) {
    decide?.({ about: 'baseline-wanted', by: 'file', ref: null, sha: null, jobName: null });
    return readBaselineFile(options.baseline, world.files);
  }
  if (gitlab === null) return Promise.resolve({ earlier: null, missing: { kind: 'no-token' } });
  return fetchBaseline(
    { context, mergeRequest, jobName: options.baselineJob },
    { gitlab, log: world.log, clock: world.clock, mask: world.mask, troubles, decide },
  );
}

/**
 * With no test report among the files and none asked for, GitLab's own reading of the pipeline's JUnit reports serves.
 */
async function withTests(
  { tests, gaps, testGaps = [] }: Collected,
  { options, context }: Omit<Asked, 'mergeRequest'>,
  { world, troubles }: Asking,
): Promise<Pick<Collected, 'gaps' | 'tests'>> {
  const { gitlab, log, mask } = world;
  const without = { tests, gaps: [...gaps, ...testGaps] };
  const isWanted = options.reports.length === 0 || options.reportsFrom === 'jobs';
  if (tests !== null || gitlab === null || !isWanted) return without;
  const part = await troubles.part('test-report', () =>
    gitlab.fetchTestReport(context.project.id, context.pipeline.id),
  );
  const answer = valueOf(part);
  if (answer === null) return without;
  return {
    tests: fromGitLabTestReport(answer, { warn: log.warn, mask }),
    gaps: [...gaps, ...unreadSuites(answer, mask)],
  };
}

/** The same tests with the places that GitLab confirms, where there is no checkout that shows which files there are. */
async function withPlaces(
  [asked, { tests, gaps }]: readonly [Asked, Pick<Collected, 'gaps' | 'tests'>],
  { hasCheckout = true }: ReportRun,
  { world: { gitlab, log } }: Asking,
): Promise<Pick<Collected, 'gaps'> & (MatchedTests | Pick<Collected, 'tests'>)> {
  if (hasCheckout || gitlab === null) return { tests, gaps };
  return { gaps, ...(await matchFrames(tests, asked, { gitlab, log })) };
}
