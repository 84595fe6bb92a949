import { compareRuns } from '../../compare/compare-runs.ts';
import { likelyReruns, unexplainedSigns } from '../../compare/evidence.ts';
import { honourFlakyMarks } from '../../compare/honour-flaky-marks.ts';
import { parseCondition } from '../../compare/parse-condition.ts';
import { parseLabelRules } from '../../compare/result-labels.ts';
import type { ReportOptions } from '../../config/report-options.ts';
import type { ExitCode } from '../../errors.ts';
import type { Comparison } from '../../model/comparison.ts';
import type { Context } from '../../model/context.ts';
import type { Warning } from '../../model/report.ts';
import type { Summary } from '../../model/summary.ts';
import { maskedValue } from '../../secrets/masked-value.ts';
import { honourQuarantine } from '../../trail/quarantine/honour-quarantine.ts';
import { formatsWith } from '../pattern-formats.ts';
import { createTroubles, type Trouble, type Troubles } from '../troubles.ts';
import type { World } from '../world.ts';
import { askForTouchedFiles } from './ask-for-touched-files.ts';
import { closesOf, usableTrackers } from './closes-of.ts';
import { collectAndAsk, type Learned } from './collect-and-ask.ts';
import { collectReports } from './collect-reports.ts';
import { decisionOfContext, decisionOfMissing } from './decisions/of-run.ts';
import { exitCodeOf } from './exit-code-of-report.ts';
import { judgeRun } from './judge-run.ts';
import { askingOnce } from './publish/is-open.ts';
import { type Published, publishReport } from './publish/report.ts';
import { abandonStatuses } from './publish/statuses.ts';
import { layoutOf, type RenderedReport, renderReport } from './render-report.ts';
import type { ReportRun } from './report-run.ts';
import { askForStanding, type Standing } from './standing-statuses.ts';
import { writeReportFiles } from './write-report-files.ts';

export interface ReportOutcome {
  readonly summary: Summary;
  readonly rendered: RenderedReport;
  readonly published: Published;
  readonly exitCode: ExitCode;
  /** What GitLab refused or failed at, in the order in which it happened. */
  readonly troubles: readonly Trouble[];
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
      formatPatterns: options.patterns,
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

function conditionsOf({
  failOn,
  warnOn,
}: ReportRun['options']): readonly ReturnType<typeof parseCondition>[] {
  return [
    ...failOn.map((text) => parseCondition(text, 'fail')),
    ...warnOn.map((text) => parseCondition(text, 'warn')),
  ];
}

function warningsOf(
  { collected, fromGitLab, tests, quarantine }: Learned,
  context: Context,
): readonly Warning[] {
  const { warnings: ofGitLab, ...asked } = fromGitLab;
  return [
    ...hintsFor({ ...collected, ...asked, context, tests }),
    ...ofGitLab,
    ...quarantine.warnings,
    ...collected.warnings,
  ];
}

/**
 * The steps of `report`, wherever they run: in a job of the pipeline, over its files, or outside of it, over what it
 * left.
 */
export async function reportOn(run: ReportRun, world: World): Promise<ReportOutcome> {
  const { options, context } = run;
  const conditions = conditionsOf(options);
  const labelRules = parseLabelRules(options.labelRules);
  const trackers = usableTrackers(options);
  const troubles = createTroubles(world.log, world.gitlab);
  world.decide?.(decisionOfContext(context));
  const standing = standingFor(run, world);
  const learned = await collectAndAsk(run, standing, { world, troubles });
  const { mergeRequest, collected, baseline, tests, gaps, diff, ahead } = learned;
  const { warnings: _ofGitLab, ...fromGitLab } = learned.fromGitLab;
  const asked = { options, context, mergeRequest };

  const { gaps: _gaps, testGaps: _testGaps, ...read } = collected;
  const warnings = warningsOf(learned, context);
  const found = { ...read, ...fromGitLab, diff, tests, warnings };
  const unexplained = unexplainedSigns({ ...found, context, gaps });
  const asking = [...conditions, ...labelRules.map(({ condition }) => condition)];
  const files = { learned, conditions: asking, serverUrl: context.server.url };
  const touched = await askForTouchedFiles(options, files, { world, troubles });
  const comparison = corrected(compareRuns(found, baseline, learned.comparedTests), learned);
  const judgeable = {
    context,
    mergeRequest,
    ...found,
    ...touched,
    unexplained,
    comparison,
    ...closesOf(mergeRequest, context, trackers),
    ...placesOf(learned),
    runs: baseline.earlier?.runs ?? [],
  };
  const connected = worldAskingOnce(world);
  const gates = await judgeRun({ conditions, judgeable, asked }, { world: connected, troubles });
  const summary: Summary = { ...judgeable, gates, missing: troubles.missing() };
  const shown = shownSummary(summary, world);
  const rendered = await renderReport(shown, options, await layoutOf(options, world));
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
  for (const part of troubles.missing()) world.decide?.(decisionOfMissing(part));
  return { summary, rendered, published, ...endingOf(options, summary, troubles) };
}

function endingOf(
  options: ReportOptions,
  summary: Summary,
  troubles: Troubles,
): Pick<ReportOutcome, 'exitCode' | 'troubles'> {
  return { exitCode: exitCodeOf(options, summary, troubles), troubles: troubles.all() };
}

function worldAskingOnce(world: World): World {
  const { gitlab } = world;
  return { ...world, gitlab: gitlab === null ? null : askingOnce(gitlab) };
}

/** What names are shown by: the run itself asks GitLab by the true ones. */
function shownSummary(summary: Summary, { mask }: World): Summary {
  const { context, mergeRequest, gates, warnings, closes, touched } = summary;
  const said = { ...(closes === undefined ? {} : { closes }), ...(touched === undefined ? {} : { touched }) };
  return { ...summary, ...maskedValue({ context, mergeRequest, gates, warnings, ...said }, mask) };
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

/** What is known of the places at which tests failed; nothing where nothing was asked. */
function placesOf({ confirmedFiles, lastChanges }: Learned): Pick<Summary, 'confirmedFiles' | 'lastChanges'> {
  return {
    ...(confirmedFiles === undefined ? {} : { confirmedFiles }),
    ...(lastChanges === undefined ? {} : { lastChanges }),
  };
}

function hintsFor(found: Parameters<typeof likelyReruns>[0]): readonly Warning[] {
  const hint = likelyReruns(found);
  return hint === null ? [] : [{ path: null, message: hint }];
}

/** Corrected by people, where they marked tests or put them into quarantine. */
function corrected(
  comparison: Comparison,
  { tests, marks, quarantine }: Pick<Learned, 'tests' | 'marks' | 'quarantine'>,
): Comparison {
  const marked = tests === null || marks === null ? comparison : honourFlakyMarks(comparison, tests, marks);
  return honourQuarantine(marked, quarantine.quarantined);
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
