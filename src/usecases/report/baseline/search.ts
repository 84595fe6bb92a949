import { pipelinesListed } from '../../../baseline/choose-baseline.ts';
import { parseHeraldReport } from '../../../baseline/herald-report.ts';
import { GitLabRefusedError } from '../../../errors.ts';
import type { ArchivedJob, Artifacts, CommitJob, Commits, Pipelines } from '../../../gitlab/ports/port.ts';
import type { Clock, Log } from '../../../io/port.ts';
import type { Commit } from '../../../model/commit.ts';
import type { UnusableReport } from '../../../model/comparison.ts';
import type { Decide, DecisionOf } from '../../../model/decision.ts';
import type { EarlierRun } from '../../../model/earlier-run.ts';
import type { Pipeline } from '../../../model/pipeline.ts';
import type { PipelineTestReport } from '../../../model/pipeline-test-report.ts';
import { maxReportBytes } from '../../../model/report-bounds.ts';
import { english } from '../../../render/words/english.ts';
import type { Troubles } from '../../troubles.ts';

export const heraldReportFile = 'herald-report.json';

/** The whole search may cost so many requests, whatever is found on the way. */
const maxRequests = 4;

export interface BaselineWorld {
  readonly gitlab: Artifacts & Commits & Pipelines;
  readonly log: Log;
  readonly clock: Clock;
  readonly troubles: Pick<Troubles, 'part'>;
  /** Takes secrets out of what is read. */
  readonly mask: (text: string) => string;
  readonly decide?: Decide | undefined;
}

/** Whose reports are looked for: those that a job left in pipelines of a branch. */
export interface BaselineTarget {
  readonly projectId: number;
  readonly ref: string;
  readonly jobName: string;
}

export type ReadRun = EarlierRun | { readonly unusable: UnusableReport };

/**
 * What can be asked about the earlier runs of a branch, each for one request, and all for at most `maxRequests`.
 * Nothing throws for what GitLab answers: null = it is not there, was refused, could not be asked, or no request is
 * left.
 */
export interface BaselineSearch {
  readonly target: BaselineTarget;
  readonly world: BaselineWorld;
  /** True when GitLab refused something or could not be reached. */
  hadTrouble(): boolean;
  /** The report of the newest successful pipeline. */
  newestReport(): Promise<ReadRun | null>;
  /** The report that a job left, when it is one of that commit. */
  reportOfJob(jobId: number, sha: string): Promise<EarlierRun | null>;
  /** The newest of the branch, newest first. */
  pipelines(): Promise<readonly Pipeline[] | null>;
  jobsOfPipeline(pipelineId: number): Promise<readonly ArchivedJob[] | null>;
  /** Attempts of the job in all pipelines of a commit, newest first. */
  jobsOfCommit(sha: string): Promise<readonly CommitJob[] | null>;
  ancestors(sha: string): Promise<readonly Commit[] | null>;
  testReport(pipelineId: number): Promise<PipelineTestReport | null>;
}

export function createBaselineSearch(target: BaselineTarget, world: BaselineWorld): BaselineSearch {
  const { gitlab } = world;
  const { projectId, ref, jobName } = target;
  const { ask, hadTrouble } = createAsking(world);
  return {
    target,
    world,
    hadTrouble,
    newestReport: () =>
      ask(
        `the report of ${ref}`,
        async () => runIn(await gitlab.fetchArtifactFileOfRef(target, heraldReportFile, maxReportBytes)),
        (run) => judgedRun(run, null),
      ),
    async reportOfJob(jobId, sha) {
      const run = await ask(
        `the report of job ${jobId}`,
        async () =>
          runIn(await gitlab.fetchArtifactFile({ projectId, jobId }, heraldReportFile, maxReportBytes)),
        (found) => judgedRun(found, sha),
      );
      if (run === null) return null;
      const why =
        'unusable' in run ? english.footer.unusable(run.unusable) : `it belongs to the commit ${run.sha}`;
      if (!('unusable' in run) && run.sha === sha) return run;
      world.log.info(`the ${heraldReportFile} of job ${jobId} cannot be used for a comparison: ${why}`);
      return null;
    },
    pipelines: () =>
      ask(`the pipelines of ${ref}`, () =>
        gitlab.fetchPipelines(projectId, { ref, perPage: pipelinesListed }),
      ),
    jobsOfPipeline: (id) => ask(`the jobs of pipeline ${id}`, () => gitlab.fetchNewestJobs(projectId, id)),
    jobsOfCommit: (sha) =>
      ask(`the jobs of commit ${sha}`, () => gitlab.fetchJobsOfCommit(projectId, { sha, ref, jobName })),
    ancestors: (sha) => ask(`the history of ${sha}`, () => gitlab.fetchAncestors(projectId, sha)),
    testReport: (id) => ask(`the test report of pipeline ${id}`, () => gitlab.fetchTestReport(projectId, id)),
  };
}

function runIn(bytes: Uint8Array | null): ReadRun | null {
  return bytes === null ? null : parseHeraldReport(new TextDecoder().decode(bytes));
}

type Judged = Pick<DecisionOf<'baseline'> & { readonly about: 'baseline-candidate' }, 'outcome' | 'reason'>;

/** Whether a report can serve; `sha` is the commit that it must be of, null for any. */
function judgedRun(run: ReadRun, sha: string | null): Judged {
  if ('unusable' in run) return { outcome: 'unusable', reason: english.footer.unusable(run.unusable) };
  const whose = `it is of pipeline ${run.pipelineId}, commit ${run.sha.slice(0, 8)}`;
  return { outcome: sha === null || run.sha === sha ? 'found' : 'other-commit', reason: whose };
}

interface Asking {
  /** `judge` says for the record whether an answer serves. */
  ask<T>(what: string, question: () => Promise<T | null>, judge?: (answer: T) => Judged): Promise<T | null>;
  hadTrouble(): boolean;
}

function createAsking({ log, troubles, decide }: BaselineWorld): Asking {
  let left = maxRequests;
  let trouble = false;
  const nullIfNotFound = async <T>(what: string, question: () => Promise<T | null>): Promise<T | null> => {
    try {
      return await question();
    } catch (error) {
      if (!(error instanceof GitLabRefusedError) || error.status !== 404) throw error;
      log.debug(`baseline: ${what} was not found`);
      return null;
    }
  };
  return {
    async ask(what, question, judge = () => ({ outcome: 'found', reason: null })) {
      const record = (judged: Judged): void => decide?.({ about: 'baseline-candidate', what, ...judged });
      if (left === 0) {
        const limit = `the search for the baseline costs at most ${maxRequests} requests`;
        record({ outcome: 'over-limit', reason: trouble ? 'GitLab did not answer before' : limit });
        return null;
      }
      left -= 1;
      const part = await troubles.part('baseline', () => nullIfNotFound(what, question), `baseline: ${what}`);
      if (part.kind === 'there') {
        record(part.value === null ? { outcome: 'not-found', reason: null } : judge(part.value));
        return part.value;
      }
      // A GitLab that cannot be reached, or does not know the token, gives the same answer to the next question.
      const { error } = part;
      if (!(error instanceof GitLabRefusedError) || error.status === 401) left = 0;
      trouble = true;
      record({ outcome: 'not-answered', reason: error.message });
      return null;
    },
    hadTrouble: () => trouble,
  };
}
