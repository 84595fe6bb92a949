import { compareRuns, type FoundBaseline } from '../../compare/compare-runs.ts';
import { likelyReruns, unexplainedSigns } from '../../compare/evidence.ts';
import { judgedGates } from '../../compare/judge-gates.ts';
import { parseCondition } from '../../compare/parse-condition.ts';
import { parseLabelRules } from '../../compare/result-labels.ts';
import type { ReportOptions } from '../../config/options.ts';
import { type ExitCode, GitLabRefusedError } from '../../errors.ts';
import type { Context, MergeRequest } from '../../model/context.ts';
import type { Diff } from '../../model/diff.ts';
import type { GateVerdict } from '../../model/gate.ts';
import type { Warning } from '../../model/report.ts';
import type { Summary } from '../../model/summary.ts';
import { languageOf } from '../../render/words/language-of.ts';
import type { ReportFormat } from '../../reports/format.ts';
import { fromGitLabTestReport, unreadSuites } from '../../reports/gitlab-test-report.ts';
import { maskedValue } from '../../secrets/masked-value.ts';
import { formatsWith } from '../pattern-formats.ts';
import { createTroubles, type Troubles, valueOf } from '../troubles.ts';
import type { World } from '../world.ts';
import { allowByLabels } from './allow-by-labels.ts';
import { askForFlakyMarks } from './ask-for-flaky-marks.ts';
import { fetchBaseline, readBaselineFile } from './baseline/fetch-baseline.ts';
import { type AskJobs, type Collected, collectReports, noJobReports } from './collect-reports.ts';
import { decisionOfBaseline } from './decisions/of-baseline.ts';
import { decisionOfContext, decisionOfMissing, decisionsOfGates } from './decisions/of-run.ts';
import { exitCodeOf } from './exit-code-of-report.ts';
import { fetchDiff } from './fetch-diff.ts';
import { fetchFailureCauses } from './fetch-failure-causes.ts';
import { fetchPipeline } from './fetch-pipeline.ts';
import { findMergeRequest } from './find-merge-request.ts';
import { collectJobReports } from './job-reports/collect-job-reports.ts';
import { type Published, publishReport } from './publish/report.ts';
import { abandonStatuses } from './publish/statuses.ts';
import { layoutOf, type RenderedReport, renderReport } from './render-report.ts';
import { writeReportFiles } from './write-report-files.ts';

export interface ReportOutcome {
  readonly summary: Summary;
  readonly rendered: RenderedReport;
  readonly published: Published;
  readonly exitCode: ExitCode;
}

/**
 * The report job: collect, compare, judge, render, write the artifacts, publish. GitLab's refusals and outages never
 * stop it before the artifacts are written; they decide the exit code at the end. A run that throws leaves no status of
 * its pipeline open. Throws `UsageError` for conditions and files that are wrong.
 */
export async function report(options: ReportOptions, context: Context, world: World): Promise<ReportOutcome> {
  try {
    const formats = formatsWith(options.patterns);
    const { directory: projectDirectory, path: projectPath } = context.project;
    const wanted = {
      patterns: options.reports,
      reportsFrom: options.reportsFrom,
      projectDirectory,
      projectPath,
      formats,
      reruns: options.reruns,
    };
    const collect: ReportRun['collect'] = (askJobs) => collectReports(wanted, world, askJobs(formats));
    return await reportOn({ options, context, collect }, world);
  } catch (error) {
    const { gitlab, log } = world;
    if (gitlab?.tokenKind === 'bot')
      await abandonStatuses({ options, context, world: { ...world, gitlab } }, createTroubles(log, gitlab));
    throw error;
  }
}

/** A pipeline, and where what its reports say comes from. */
export interface ReportRun {
  readonly options: ReportOptions;
  readonly context: Context;
  /** `askJobs` is there for reports that are not among the files. */
  collect(askJobs: (formats: readonly ReportFormat[]) => AskJobs): Promise<Collected>;
}

/**
 * The steps of `report`, wherever they run: in a job of the pipeline, over its files, or outside of it, over what it
 * left.
 */
export async function reportOn(run: ReportRun, world: World): Promise<ReportOutcome> {
  const { options, context } = run;
  const conditions = [
    ...options.failOn.map((text) => parseCondition(text, 'fail')),
    ...options.warnOn.map((text) => parseCondition(text, 'warn')),
  ];
  const labelRules = parseLabelRules(options.labelRules);
  const troubles = createTroubles(world.log, world.gitlab);
  world.decide?.(decisionOfContext(context));
  const mergeRequest = await findMergeRequest(context, world, troubles);

  const asked = { options, context, mergeRequest };
  const { collected, gathered, diff } = await collectAndAsk(run, asked, { world, troubles });
  const { tests, gaps } = await withTests(collected, asked, { world, troubles });
  const { baseline, warnings: ofGitLab, ...fromGitLab } = gathered;

  const { gaps: _gaps, testGaps: _testGaps, ...read } = collected;
  const warnings = [...hintsFor({ ...read, ...fromGitLab, context, tests }), ...ofGitLab, ...read.warnings];
  const found = { ...read, ...fromGitLab, diff, tests, warnings };
  const unexplained = unexplainedSigns({ ...found, context, gaps });
  const compared = { comparison: compareRuns(found, baseline), tests, context, mergeRequest };
  const comparison = await askForFlakyMarks(compared, world, troubles);
  const judgeable = {
    context,
    mergeRequest,
    ...found,
    unexplained,
    comparison,
    runs: baseline.earlier?.runs ?? [],
  };
  const words = await languageOf(options.language);
  const judged = judgedGates(conditions, judgeable, words.gates.messages);
  const verdicts = judged.map(({ verdict }) => verdict);
  const gates = await askForAllowance(verdicts, asked, { world, troubles });
  for (const decision of decisionsOfGates(judged, gates)) world.decide?.(decision);
  const summary: Summary = { ...judgeable, gates, missing: troubles.missing() };
  const shown = shownSummary(summary, world);
  const rendered = await renderReport(shown, options, await layoutOf(options, world));
  const previous = comparison.baseline?.relation === 'previous' ? baseline.earlier : null;
  const forOthers = isForOthers(run, world);
  await writeReportFiles({ summary: shown, previous, forOthers }, rendered, {
    output: world.output,
    now: world.clock.now(),
  });
  const published = await publishReport({ options, summary, rendered, labelRules }, world, troubles);
  for (const part of troubles.missing()) world.decide?.(decisionOfMissing(part));
  return { summary, rendered, published, exitCode: exitCodeOf(options, summary, troubles) };
}

/** What names are shown by: the run itself asks GitLab by the true ones. */
function shownSummary(summary: Summary, { mask }: World): Summary {
  const { context, mergeRequest, gates, warnings } = summary;
  return { ...summary, ...maskedValue({ context, mergeRequest, gates, warnings }, mask) };
}

/**
 * A run that cannot publish leaves what a bot of the project needs to do it; one of the default branch has nothing to
 * publish.
 */
function isForOthers({ options, context }: ReportRun, { gitlab }: World): boolean {
  const { branch, tag } = context.commit;
  const isOfNoMergeRequest = tag !== null || branch === context.project.defaultBranch;
  return gitlab?.tokenKind !== 'bot' && !options.preview && !isOfNoMergeRequest;
}

function hintsFor(found: Parameters<typeof likelyReruns>[0]): readonly Warning[] {
  const hint = likelyReruns(found);
  return hint === null ? [] : [{ path: null, message: hint }];
}

interface Learned {
  readonly collected: Collected;
  readonly gathered: Gathered;
  readonly diff: Diff | null;
}

/** GitLab answers while the files are parsed. */
async function collectAndAsk(run: ReportRun, asked: Asked, how: Asking): Promise<Learned> {
  const { world, troubles } = how;
  const pipeline = askForPipeline(asked.context, world, troubles);
  const collecting = world.log.section('Reading reports', () =>
    run.collect((formats) => askJobsOf(pipeline, formats, how)),
  );
  const [collected, gathered, diff] = await Promise.all([
    collecting,
    gather(asked, pipeline, how),
    collecting.then((found) => askForDiff(found, asked, how)),
  ]);
  return { collected, gathered, diff };
}

interface Asked {
  readonly options: ReportOptions;
  readonly context: Context;
  readonly mergeRequest: MergeRequest | null;
}

interface Asking {
  readonly world: World;
  readonly troubles: Troubles;
}

interface Gathered extends Pick<Summary, 'pipeline' | 'causes'> {
  readonly baseline: FoundBaseline;
  /** About what could not be seen. */
  readonly warnings: readonly Warning[];
}

/** What only GitLab knows: the jobs and why they failed, the baseline. */
async function gather(asked: Asked, asking: Promise<SeenPipeline>, how: Asking): Promise<Gathered> {
  const { world, troubles } = how;
  const { mask } = world;
  const pipeline = asking.then((found) => maskedValue(found, mask));
  const [baseline, causes] = await Promise.all([
    askForBaseline(asked, how).then((found) => maskedValue(found, mask)),
    pipeline.then((found) => fetchFailureCauses(found.pipeline, world, troubles)),
  ]);
  return { ...(await pipeline), baseline, causes };
}

/** Only what has lines can be on changed ones: for tests alone the diff is not asked for. */
function askForDiff(
  { coverage, findings }: Pick<Summary, 'coverage' | 'findings'>,
  { mergeRequest, options }: Asked,
  { world, troubles }: Asking,
): Promise<Diff | null> {
  const hasLines = coverage?.files.some(({ hits }) => hits.length > 0) === true || findings !== null;
  const isNeeded = mergeRequest !== null && (hasLines || options.inline.length > 0);
  return isNeeded ? fetchDiff(mergeRequest, { ...world, troubles }) : Promise.resolve(null);
}

/** What the jobs handed over; nothing where they are not known, which the report says. */
function askJobsOf(
  asking: Promise<SeenPipeline>,
  formats: readonly ReportFormat[],
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

type SeenPipeline = Pick<Gathered, 'pipeline' | 'warnings'>;

/** What GitLab refuses to every job's own token is not a trouble of the run, and the report says that it is missing. */
async function askForPipeline(context: Context, world: World, troubles: Troubles): Promise<SeenPipeline> {
  const { gitlab, log } = world;
  const warnings: Gathered['warnings'] = [];
  if (gitlab === null) return { pipeline: null, warnings };
  const found = valueOf(await troubles.part('jobs', () => fetchPipeline(context, { gitlab, log })));
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

/** A label of the merge request may allow a gate to fail; with a job token labels can be read, too. */
async function askForAllowance(
  verdicts: readonly GateVerdict[],
  { options, mergeRequest }: Asked,
  { world: { gitlab }, troubles }: Asking,
): Promise<readonly GateVerdict[]> {
  if (!options.allowLabels || gitlab === null || mergeRequest === null) return verdicts;
  return allowByLabels(verdicts, mergeRequest, { gitlab, troubles });
}

/**
 * With no test report among the files and none asked for, GitLab's own reading of the pipeline's JUnit reports serves.
 */
async function withTests(
  { tests, gaps, testGaps = [] }: Collected,
  { options, context }: Asked,
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
