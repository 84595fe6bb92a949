import type { ReportOptions } from '../../config/report-options.ts';
import type { KnownHead } from '../../context/from-head-pipeline.ts';
import type { GitLab, Notes, Users } from '../../gitlab/ports/port.ts';
import type { Clock, Log } from '../../io/port.ts';
import type { Context } from '../../model/context.ts';
import type { Job } from '../../model/pipeline.ts';
import { maskedReport } from '../../reports/collect/mask-reported.ts';
import { maskedValue } from '../../secrets/masked-value.ts';
import { formatsWith } from '../pattern-formats.ts';
import type { World } from '../world.ts';
import { type Collected, collectReports } from './collect-reports.ts';
import { recordDecisions } from './decisions/record.ts';
import { fetchPipelineReport, type PipelineReport } from './fetch-pipeline-report.ts';
import { type ConfirmedHead, findHeadPipeline } from './find-head-pipeline.ts';
import { noFiles, noGit } from './no-files.ts';
import { optionsOfBranch } from './options-of-branch.ts';
import { pipelineProgress } from './pipeline-progress.ts';
import { type ReportOutcome, reportOn } from './report.ts';
import type { ReportRun } from './report-run.ts';
import { reportedPipeline } from './reported-pipeline.ts';

/** What a report from outside of its pipeline touches: GitLab, with a bot's token, and nothing else. */
export interface OutsideWorld {
  readonly gitlab: GitLab;
  readonly clock: Clock;
  readonly log: Log;
  readonly mask: (text: string) => string;
}

export interface OutsideOptions {
  /** Of the job that runs this; the same GitLab. */
  readonly server: Context['server'];
  /** Reads everything, writes nothing. */
  readonly dryRun: boolean;
}

export interface OutsideReport {
  readonly outcome:
    | 'reported'
    /** Its own job had a token and did it. */
    | 'reported-by-job'
    | 'not-finished'
    /** The merge request is closed or merged. */
    | 'closed'
    /** None ran for its head. */
    | 'no-pipeline'
    /** The pipeline has no jobs, or skipped all of them. */
    | 'nothing-ran';
  /** A sentence for the log. */
  readonly reason: string;
  /** What was published; null for every other outcome than `reported`. */
  readonly report: ReportOutcome | null;
}

/**
 * Reports on a merge request from outside its pipeline, which may be a stranger's: everything that decides anything
 * (which pipeline, whose, its commit, the rules that judge it) comes from the API and from the target branch; the
 * pipeline's own files are only shown. Doing it twice has the same result, and a pipeline is skipped if a newer one has
 * overtaken it. Throws `UsageError` for a `.herald.yml` of the target branch that is wrong, `GitLabRefusedError` and
 * `GitLabUnreachableError`.
 */
export async function reportOfMergeRequest(
  world: OutsideWorld,
  address: { readonly project: number; readonly iid: number },
  how: OutsideOptions,
): Promise<OutsideReport> {
  const { gitlab, log } = world;
  const head = await findHeadPipeline(address, gitlab, recordDecisions(world));
  if (head.kind !== 'head') return withoutReport(log, { outcome: head.kind, reason: head.reason });
  const { pipeline } = head;
  const name = `!${address.iid}: pipeline ${pipeline.id}`;
  if ((await pipelineProgress(pipeline, gitlab)) === 'running')
    return withoutReport(log, { outcome: 'not-finished', reason: `${name} has not finished.` });
  const listed = await gitlab.fetchJobs(pipeline.projectId, pipeline.id);
  if (listed.jobs.every(({ status }) => status === 'skipped'))
    return withoutReport(log, { outcome: 'nothing-ran', reason: `${name} ran no jobs.` });
  const options = await optionsOf(head, world, how);
  const left = await fetchPipelineReport(askedOf(head, listed.jobs, { options, how }), world);
  if (left.publishedItself && (await isReported(head, options, gitlab)))
    return withoutReport(log, { outcome: 'reported-by-job', reason: `${name} has published its report.` });
  const context = left.context;
  const asked: GitLab = {
    ...gitlab,
    fetchJobs: (projectId, id) =>
      id === pipeline.id ? Promise.resolve(listed) : gitlab.fetchJobs(projectId, id),
  };
  const collect: ReportRun['collect'] = async (askJobs) => {
    const found = left.told ?? (await collectOfJobs({ options, context }, world, askJobs));
    return maskedCollected(withWarnings(found, left), world);
  };
  const report = await reportOn(
    { options, context, collect, hasListedJobs: true, hasCheckout: false },
    worldOf({ ...world, gitlab: asked }),
  );
  return { outcome: 'reported', reason: `${name} is reported.`, report };
}

function withoutReport(log: Log, nothing: Omit<OutsideReport, 'report'>): OutsideReport {
  log.info(nothing.reason);
  return { ...nothing, report: null };
}

async function optionsOf(
  { mergeRequest }: ConfirmedHead,
  world: OutsideWorld,
  { dryRun }: OutsideOptions,
): Promise<ReportOptions> {
  const { project, targetBranch: branch } = mergeRequest;
  const options = await optionsOfBranch({ project, branch }, world);
  return { ...options, dryRun: dryRun || options.dryRun };
}

function askedOf(
  { mergeRequest, pipeline }: ConfirmedHead,
  jobs: readonly Job[],
  { options, how }: { readonly options: ReportOptions; readonly how: OutsideOptions },
): Parameters<typeof fetchPipelineReport>[0] {
  const head: Omit<KnownHead, 'job'> = { server: how.server, mergeRequest, pipeline };
  return { head, jobs, jobName: options.baselineJob };
}

async function isReported(
  { mergeRequest, pipeline }: ConfirmedHead,
  { key }: ReportOptions,
  gitlab: Notes & Users,
): Promise<boolean> {
  return ((await reportedPipeline({ mergeRequest, key }, gitlab)) ?? 0) >= pipeline.id;
}

const withoutDetails =
  'the report of this pipeline has no details, because its run had its own token or used an older Herald: this report shows what GitLab knows';

/** Where no job of Herald left a report: what the other jobs handed over. */
function collectOfJobs(
  { options, context }: Pick<ReportRun, 'context' | 'options'>,
  { log, mask }: OutsideWorld,
  askJobs: Parameters<ReportRun['collect']>[0],
): Promise<Collected> {
  const formats = formatsWith(options.patterns);
  const { directory: projectDirectory, path: projectPath } = context.project;
  const wanted = {
    patterns: [],
    reportsFrom: options.reportsFrom,
    projectDirectory,
    projectPath,
    formats,
    reruns: options.reruns,
  };
  const decide = recordDecisions({ log, mask });
  return collectReports(wanted, { files: noFiles, log, mask, decide }, askJobs(formats));
}

function withWarnings(found: Collected, { publishedItself, warnings }: PipelineReport): Collected {
  const isBare = publishedItself && found.files.length === 0;
  const missing = isBare ? [{ path: null, message: withoutDetails }] : [];
  return { ...found, warnings: [...warnings, ...missing, ...found.warnings] };
}

/** A stranger may have written it: what its run should have masked is masked here. */
function maskedCollected(collected: Collected, { mask }: OutsideWorld): Collected {
  const { coverage, ...texts } = collected;
  return {
    ...maskedValue(texts, mask),
    coverage: coverage === null ? null : maskedReport(coverage, mask),
  };
}

/** No checkout and no folder to write to: what was read from the files was read in the pipeline. */
function worldOf({ gitlab, clock, log, mask }: OutsideWorld): World {
  return {
    gitlab,
    tokenAdvice: null,
    files: noFiles,
    git: noGit,
    output: noFiles,
    clock,
    log,
    mask,
    decide: recordDecisions({ log, mask }),
  };
}
