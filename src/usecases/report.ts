import { compareTests } from '../compare/compare-tests.ts';
import { judgeGates, parseCondition } from '../compare/gates.ts';
import type { ReportOptions } from '../config/options.ts';
import { type ExitCode, exitCodes } from '../errors.ts';
import type { Comparison } from '../model/comparison.ts';
import type { Context, MergeRequest } from '../model/context.ts';
import type { Summary } from '../model/summary.ts';
import type { TestsReport } from '../model/tests.ts';
import { fromGitLabTestReport } from '../reports/gitlab-test-report.ts';
import { type Collected, collectReports } from './collect-reports.ts';
import { type BaselineResult, fetchBaseline, readBaselineFile } from './fetch-baseline.ts';
import { fetchPipeline } from './fetch-pipeline.ts';
import { findMergeRequest } from './find-merge-request.ts';
import { formatsWith } from './pattern-formats.ts';
import { type Published, publishReport } from './publish-report.ts';
import { type RenderedReport, renderReport } from './render-report.ts';
import { createTroubles, exitCodeOfTroubles, type Troubles } from './troubles.ts';
import type { World } from './world.ts';
import { writeReportFiles } from './write-report-files.ts';

export interface ReportOutcome {
  readonly summary: Summary;
  readonly rendered: RenderedReport;
  readonly published: Published;
  readonly exitCode: ExitCode;
}

/**
 * The report job: collect, compare, judge, render, write the artifacts, publish. GitLab's refusals and outages never stop it before
 * the artifacts are written; they decide the exit code at the end. Throws `UsageError` for conditions and files that are wrong.
 */
export async function report(options: ReportOptions, context: Context, world: World): Promise<ReportOutcome> {
  const conditions = options.failOn.map(parseCondition);
  const formats = formatsWith(options.patterns);
  const troubles = createTroubles(world.log);
  const mergeRequest = await findMergeRequest(context, world, troubles);

  // GitLab answers while the files are parsed.
  const [collected, pipeline, baseline] = await Promise.all([
    world.log.section('Reading reports', () =>
      collectReports(
        { patterns: options.reports, projectDirectory: context.project.directory, formats },
        world,
      ),
    ),
    askForPipeline(context, world, troubles),
    askForBaseline({ options, context, mergeRequest }, world),
  ]);
  const tests = collected.tests ?? (await fetchTests(options, context, { world, troubles }));

  const found = { ...collected, tests };
  const judgeable = { context, mergeRequest, pipeline, ...found, comparison: compare(found, baseline) };
  const summary: Summary = { ...judgeable, gates: judgeGates(conditions, judgeable) };
  const rendered = renderReport(summary, options);
  await writeReportFiles(summary, rendered, { output: world.output, now: world.clock.now() });
  const published = await publishReport({ options, summary, rendered }, world, troubles);
  return { summary, rendered, published, exitCode: exitCodeOf(options, summary, troubles) };
}

function askForPipeline(context: Context, world: World, troubles: Troubles): Promise<Summary['pipeline']> {
  const { gitlab } = world;
  if (gitlab === null) return Promise.resolve(null);
  return troubles.attempt('the jobs of the pipeline', () => fetchPipeline(context, gitlab));
}

function askForBaseline(
  {
    options,
    context,
    mergeRequest,
  }: { options: ReportOptions; context: Context; mergeRequest: MergeRequest | null },
  world: World,
): Promise<BaselineResult> {
  if (options.baseline !== null) return readBaselineFile(options.baseline, world.files);
  const { gitlab } = world;
  if (gitlab === null)
    return Promise.resolve({ baseline: null, missing: 'there is no token to ask GitLab for it' });
  return fetchBaseline(context, mergeRequest, { gitlab, log: world.log });
}

/** With no test report among the files and none asked for, GitLab's own reading of the pipeline's JUnit reports serves. */
async function fetchTests(
  options: ReportOptions,
  context: Context,
  { world, troubles }: { readonly world: World; readonly troubles: Troubles },
): Promise<TestsReport | null> {
  const { gitlab } = world;
  if (gitlab === null || options.reports.length > 0) return null;
  const answer = await troubles.attempt('the test report of the pipeline', () =>
    gitlab.fetchTestReport(context.project.id, context.pipeline.id),
  );
  return answer === null ? null : fromGitLabTestReport(answer, world.log.warn);
}

function compare(found: Collected, result: BaselineResult): Comparison {
  if (result.baseline === null)
    return { baseline: null, missing: result.missing, tests: null, coverage: null };
  const { origin, tests, coverage } = result.baseline;
  return {
    baseline: origin,
    missing: null,
    tests: found.tests === null || tests === null ? null : compareTests(found.tests, tests),
    coverage: found.coverage === null || coverage === null ? null : { before: coverage },
  };
}

/** A failed gate counts most, since it is about the change; then unreadable files under `--strict`; then GitLab. */
function exitCodeOf(options: ReportOptions, summary: Summary, troubles: Troubles): ExitCode {
  if (summary.gates.some((gate) => gate.outcome === 'failed')) return exitCodes.gateFailed;
  if (options.strict && summary.files.some((file) => file.error !== null)) return exitCodes.unreadableInput;
  return exitCodeOfTroubles(troubles.all());
}
