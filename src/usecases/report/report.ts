import { compareRuns, compareTestsWith, type FoundBaseline } from '../../compare/compare-runs.ts';
import { likelyReruns, unexplainedSigns } from '../../compare/evidence.ts';
import { honourFlakyMarks } from '../../compare/honour-flaky-marks.ts';
import { judgeGates } from '../../compare/judge-gates.ts';
import { parseCondition } from '../../compare/parse-condition.ts';
import { parseLabelRules } from '../../compare/result-labels.ts';
import type { ReportOptions } from '../../config/options.ts';
import { type ExitCode, exitCodes, GitLabRefusedError } from '../../errors.ts';
import type { Comparison } from '../../model/comparison.ts';
import type { Context, MergeRequest } from '../../model/context.ts';
import type { Diff } from '../../model/diff.ts';
import type { UnexplainedSign } from '../../model/evidence.ts';
import type { FlakyMarks } from '../../model/flaky-mark.ts';
import { failsJob, type GateVerdict } from '../../model/gate.ts';
import type { Warning } from '../../model/report.ts';
import type { Summary } from '../../model/summary.ts';
import type { TestsReport } from '../../model/tests.ts';
import type { FoundNotes } from '../../publish/publish-note.ts';
import { languages } from '../../render/words/languages.ts';
import type { ReportFormat } from '../../reports/format.ts';
import { fromGitLabTestReport, unreadSuites } from '../../reports/gitlab-test-report.ts';
import { maskedValue } from '../../secrets/masked-value.ts';
import { formatsWith } from '../pattern-formats.ts';
import { createTroubles, exitCodeOfTroubles, type Troubles, valueOf } from '../troubles.ts';
import type { World } from '../world.ts';
import { allowByLabels } from './allow-by-labels.ts';
import { askForFlakyMarks } from './ask-for-flaky-marks.ts';
import { fetchBaseline, readBaselineFile } from './baseline/fetch-baseline.ts';
import { type AskJobs, type Collected, collectReports, noJobReports } from './collect-reports.ts';
import { fetchDiff } from './fetch-diff.ts';
import { fetchFailureCauses } from './fetch-failure-causes.ts';
import { fetchPipeline } from './fetch-pipeline.ts';
import { findMergeRequest } from './find-merge-request.ts';
import { collectJobReports } from './job-reports/collect-job-reports.ts';
import { askingOnce } from './publish/is-open.ts';
import { lookAhead } from './publish/look-ahead.ts';
import { type Published, publishReport } from './publish/report.ts';
import { abandonStatuses } from './publish/statuses.ts';
import { layoutOf, type RenderedReport, renderReport } from './render-report.ts';
import { askForStanding, type Standing } from './standing-statuses.ts';
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
  /** True where the jobs are known, trigger jobs among them: what shows these in a run of its own is not asked for. */
  readonly hasListedJobs?: boolean;
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
  const standing = standingFor(run, world);
  const learned = await collectAndAsk(run, standing, { world, troubles });
  const { mergeRequest, collected, baseline, tests, gaps, diff, ahead } = learned;
  const { warnings: ofGitLab, ...fromGitLab } = learned.fromGitLab;
  const asked = { options, context, mergeRequest };

  const { gaps: _gaps, testGaps: _testGaps, ...read } = collected;
  const warnings = [...hintsFor({ ...read, ...fromGitLab, context, tests }), ...ofGitLab, ...read.warnings];
  const found = { ...read, ...fromGitLab, diff, tests, warnings };
  const unexplained = unexplainedSigns({ ...found, context, gaps });
  const comparison = withMarks(compareRuns(found, baseline, learned.comparedTests), tests, learned.marks);
  const judgeable = {
    context,
    mergeRequest,
    ...found,
    unexplained,
    comparison,
    runs: baseline.earlier?.runs ?? [],
  };
  const { gitlab } = world;
  const connected = { ...world, gitlab: gitlab === null ? null : askingOnce(gitlab) };
  const gates = await askForAllowance(
    judgeGates(conditions, judgeable, languages[options.language].gates.messages),
    asked,
    { world: connected, troubles },
  );
  const summary: Summary = { ...judgeable, gates, missing: troubles.missing() };
  const shown = shownSummary(summary, world);
  const rendered = renderReport(shown, options, await layoutOf(options, world));
  const previous = comparison.baseline?.relation === 'previous' ? baseline.earlier : null;
  const forOthers = isForOthers(run, world);
  await writeReportFiles({ summary: shown, previous, forOthers }, rendered, {
    output: world.output,
    now: world.clock.now(),
  });
  const known = { standing, ahead };
  const published = await publishReport({ options, summary, rendered, labelRules }, known, {
    world: connected,
    troubles,
  });
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

/** Corrected by people, where they marked tests. */
function withMarks(comparison: Comparison, tests: TestsReport | null, marks: FlakyMarks | null): Comparison {
  return tests === null || marks === null ? comparison : honourFlakyMarks(comparison, tests, marks);
}

/**
 * The jobs and statuses of the commit, asked for where the run sets a status of its own pipeline anyway; else null.
 * GitLab lists no jobs of child pipelines there.
 */
function standingFor(
  { options, context, hasListedJobs = false }: ReportRun,
  { gitlab, log }: World,
): Promise<Standing> | null {
  const isNeeded = options.status !== 'none' && context.pipeline.type !== 'child' && !hasListedJobs;
  return gitlab?.tokenKind === 'bot' && isNeeded ? askForStanding(context, { gitlab, log }) : null;
}

interface Learned extends Pick<Collected, 'gaps' | 'tests'> {
  readonly mergeRequest: MergeRequest | null;
  readonly collected: Collected;
  readonly baseline: FoundBaseline;
  readonly comparedTests: Comparison['tests'];
  readonly marks: FlakyMarks | null;
  readonly diff: Diff | null;
  readonly fromGitLab: FromGitLab;
  readonly ahead: Promise<FoundNotes> | null;
}

/** Everything that the run has to know. Each question is asked when what it depends on is known, beside the others. */
async function collectAndAsk(
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
  const fromGitLab = pipeline
    .then((found) => maskedValue(found, mask))
    .then(async (found) => ({ ...found, causes: await fetchFailureCauses(found.pipeline, world, troubles) }));
  const known = Promise.all([asking, collecting, pipeline]);
  const [mergeRequest, collected, { tests, gaps }, news, diff, seen, ahead] = await Promise.all([
    finding,
    collecting,
    testing,
    Promise.all([asking, testing, baseline]).then((found) => askForNews(found, how)),
    Promise.all([asking, collecting]).then(([asked, found]) => askForDiff(found, asked, how)),
    fromGitLab,
    known.then(([asked]) => ({ found: lookAhead(asked, world) })),
  ]);
  return { mergeRequest, collected, tests, gaps, ...news, diff, fromGitLab: seen, ahead: ahead.found };
}

type News = Pick<Learned, 'baseline' | 'comparedTests' | 'marks'>;

/** Which tests newly fail, and which of them people marked as flaky. */
async function askForNews(
  [{ context, mergeRequest }, { tests }, baseline]: readonly [Asked, Pick<Collected, 'tests'>, FoundBaseline],
  { world, troubles }: Asking,
): Promise<News> {
  const compared = compareTestsWith(tests, baseline);
  const project = mergeRequest?.project ?? context.project.id;
  const marks = await askForFlakyMarks({ tests, compared, project }, world, troubles);
  return { baseline, comparedTests: compared, marks };
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

/** The jobs and why they failed. */
interface FromGitLab extends Pick<Summary, 'pipeline' | 'causes'> {
  /** About what could not be seen. */
  readonly warnings: readonly Warning[];
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

function askForBaseline(
  { options, context, mergeRequest }: Asked,
  { world, troubles }: Asking,
): Promise<FoundBaseline> {
  if (options.baseline !== null) return readBaselineFile(options.baseline, world.files);
  const { gitlab } = world;
  if (gitlab === null) return Promise.resolve({ earlier: null, missing: { kind: 'no-token' } });
  return fetchBaseline(
    { context, mergeRequest, jobName: options.baselineJob },
    { gitlab, log: world.log, clock: world.clock, mask: world.mask, troubles },
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

/** Signs that a report is not there, or is there in part. */
const unread: ReadonlySet<UnexplainedSign['kind']> = new Set(['unreadable', 'incomplete', 'missing']);

/** A failed gate counts most, since it is about the change; then what `--strict` is about; then GitLab. */
function exitCodeOf(options: ReportOptions, summary: Summary, troubles: Troubles): ExitCode {
  if (summary.gates.some(failsJob)) return exitCodes.gateFailed;
  if (options.strict && summary.unexplained.some(({ kind }) => unread.has(kind)))
    return exitCodes.unreadableInput;
  return exitCodeOfTroubles(troubles.all());
}
