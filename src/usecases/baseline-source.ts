import { reportingJob } from '../baseline/choose-run.ts';
import { parseHeraldReport } from '../baseline/herald-report.ts';
import { readTestsPart, testsPartOf } from '../baseline/tests-part.ts';
import { GitLabRefusedError, GitLabUnreachableError } from '../errors.ts';
import type { Artifacts, Commits, Pipelines } from '../gitlab/port.ts';
import type { Log } from '../io/port.ts';
import type { EarlierRun } from '../model/earlier-run.ts';
import type { Job, Pipeline } from '../model/pipeline.ts';
import { fromGitLabTestReport } from '../reports/gitlab-test-report.ts';

export const heraldReportFile = 'herald-report.json';

/** 10,000 tests take well under 1 MB; this is room for two million. */
const maxBytes = 32 * 1024 * 1024;
const maxRequests = 4;
const perPage = 100;

/** Reports of a branch, with a bound on what they may cost. Every function gives null when there is nothing, or no request left. */
export interface BaselineSource {
  /** The report of the newest successful pipeline. */
  newest(): Promise<EarlierRun | null>;
  ofJob(jobId: number): Promise<EarlierRun | null>;
  /** The report of a pipeline, by its jobs: two requests. */
  ofPipeline(pipeline: PipelineLine): Promise<EarlierRun | null>;
  /** Newest first. */
  pipelines(): Promise<readonly Pipeline[]>;
  ancestors(sha: string): Promise<readonly string[]>;
  requestsLeft(): number;
  /** Why there is no baseline, in one sentence. */
  whyNot(): string;
}

export interface BaselineBranch {
  readonly projectId: number;
  readonly ref: string;
  readonly jobName: string;
}

interface World {
  readonly gitlab: Artifacts & Pipelines & Commits;
  readonly log: Log;
}

/** GitLab's own reading of a pipeline without a Herald job: its JUnit reports, and the coverage that its jobs printed. */
function fromGitLab(
  pipeline: PipelineLine,
  ref: string,
  { jobs, tests }: { readonly jobs: readonly Job[]; readonly tests: EarlierRun['tests'] },
): EarlierRun | null {
  const percents = jobs.flatMap(({ coverage, retried }) => (coverage === null || retried ? [] : [coverage]));
  if (tests === null && percents.length === 0) return null;
  const average = percents.reduce((sum, percent) => sum + percent, 0) / Math.max(1, percents.length);
  const lines = { covered: Math.round(average * 100), total: 10_000 };
  return {
    sha: pipeline.sha,
    ref,
    pipelineId: pipeline.id,
    pipelineUrl: pipeline.url,
    jobId: null,
    createdAt: null,
    source: 'gitlab',
    tests,
    coverage:
      percents.length === 0 ? null : { totals: { lines, branches: null, functions: null }, files: new Map() },
    findings: null,
    metrics: null,
    durations: null,
    runs: [],
  };
}

/** Questions to GitLab with a bound on their number; what it refuses is a reason, no error. */
interface Questions {
  ask<T>(what: string, work: () => Promise<T>): Promise<T | null>;
  left(): number;
  /** The last reason that was given counts. */
  say(reason: string): void;
  reason(): string;
}

function createQuestions(firstReason: string, log: Log): Questions {
  let left = maxRequests;
  let reason = firstReason;
  let isUnreachable = false;
  return {
    async ask(what, work) {
      if (left <= 0 || isUnreachable) return null;
      left -= 1;
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof GitLabRefusedError || error instanceof GitLabUnreachableError)) throw error;
        isUnreachable = error instanceof GitLabUnreachableError;
        reason = `GitLab did not give ${what}`;
        log.warn(`no baseline: ${error.message}`);
        return null;
      }
    },
    left: () => (isUnreachable ? 0 : left),
    say: (newReason) => {
      reason = newReason;
      log.info(newReason);
    },
    reason: () => reason,
  };
}

interface Asking extends World {
  readonly branch: BaselineBranch;
  readonly questions: Questions;
}

function read(bytes: Uint8Array | null, where: string, { questions }: Asking): EarlierRun | null {
  if (bytes === null) return null;
  const run = parseHeraldReport(new TextDecoder().decode(bytes));
  if (!('unusable' in run)) return run;
  questions.say(`the ${heraldReportFile} of ${where} cannot be compared with: ${run.unusable}`);
  return null;
}

async function reportOfJob(jobId: number, asking: Asking): Promise<EarlierRun | null> {
  const { branch, gitlab, questions } = asking;
  const bytes = await questions.ask(`the report of ${branch.ref}`, () =>
    gitlab.fetchArtifactFile({ projectId: branch.projectId, jobId }, heraldReportFile, maxBytes),
  );
  return read(bytes, `job ${jobId}`, asking);
}

type PipelineLine = Pick<Pipeline, 'id' | 'url' | 'sha'>;

async function reportOfPipeline(pipeline: PipelineLine, asking: Asking): Promise<EarlierRun | null> {
  const { branch, gitlab, questions } = asking;
  const { projectId, jobName, ref } = branch;
  const answer = await questions.ask(`the jobs of pipeline ${pipeline.id}`, () =>
    gitlab.fetchJobs(projectId, pipeline.id),
  );
  if (answer === null) return null;
  const job = reportingJob(answer.jobs, jobName);
  if (job !== null) return reportOfJob(job.id, asking);
  if (answer.jobs.some(({ name }) => name === jobName)) {
    questions.say(`the artifacts of ${jobName} in pipeline ${pipeline.id} of ${ref} are gone`);
    return null;
  }
  questions.say(
    `pipeline ${pipeline.id} of ${ref} has no job ${jobName} (was it renamed? the option baseline-job names it)`,
  );
  return readingOfGitLab(pipeline, answer.jobs, asking);
}

async function readingOfGitLab(
  pipeline: PipelineLine,
  jobs: readonly Job[],
  { branch, gitlab, questions, log }: Asking,
): Promise<EarlierRun | null> {
  const report = await questions.ask(`the test report of pipeline ${pipeline.id}`, () =>
    gitlab.fetchTestReport(branch.projectId, pipeline.id),
  );
  const tests =
    report === null || report.suites.length === 0 ? null : fromGitLabTestReport(report, log.debug);
  const kept = tests === null ? null : readTestsPart(testsPartOf(tests, null));
  return fromGitLab(pipeline, branch.ref, { jobs, tests: kept });
}

/** Asks GitLab for reports of a branch, at most four requests in all. */
export function createBaselineSource(branch: BaselineBranch, world: World): BaselineSource {
  const { projectId, ref, jobName } = branch;
  const { gitlab, log } = world;
  const questions = createQuestions(
    `no pipeline of ${ref} has a ${heraldReportFile} of the job ${jobName} yet`,
    log,
  );
  const asking = { ...world, branch, questions };
  return {
    async newest() {
      const bytes = await questions.ask(`the report of ${ref}`, () =>
        gitlab.fetchArtifactFileOfRef({ projectId, ref, jobName }, heraldReportFile, maxBytes),
      );
      return read(bytes, ref, asking);
    },
    ofJob: (jobId) => reportOfJob(jobId, asking),
    ofPipeline: (pipeline) => reportOfPipeline(pipeline, asking),
    pipelines: async () =>
      (await questions.ask(`the pipelines of ${ref}`, () =>
        gitlab.fetchPipelines(projectId, { ref, perPage }),
      )) ?? [],
    ancestors: async (sha) =>
      (await questions.ask('the commits before the merge base', () =>
        gitlab.fetchAncestors(projectId, sha),
      )) ?? [],
    requestsLeft: questions.left,
    whyNot: questions.reason,
  };
}
