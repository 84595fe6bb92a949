import { type GitLabError, GitLabRefusedError, GitLabUnreachableError } from '../../../errors.ts';
import type { JobAddress } from '../../../gitlab/ports/job-reports.ts';
import type { UnexplainedSign } from '../../../model/evidence.ts';
import type { HandedReport, Job, PipelineWithJobs } from '../../../model/pipeline.ts';
import { type GitLabReportType, isReadType } from '../../../reports/gitlab-report-types.ts';
import type { Troubles } from '../../troubles.ts';
import type { ConnectedWorld } from '../../world.ts';

export interface Asking extends Pick<ConnectedWorld, 'gitlab' | 'log' | 'clock'> {
  readonly troubles: Pick<Troubles, 'lack'>;
}

/** One report that a job handed over, and that Herald can read. */
export interface Handed {
  readonly projectId: number;
  readonly job: Job;
  readonly report: HandedReport;
  readonly type: GitLabReportType;
  /** False in a child pipeline. */
  readonly isOwn: boolean;
}

/** The reports of a pipeline's jobs, of the latest attempt of each. */
export function handedIn({ pipeline, jobs }: PipelineWithJobs, isOwn: boolean): readonly Handed[] {
  const { projectId } = pipeline;
  return jobs
    .filter(({ retried }) => !retried)
    .flatMap((job) =>
      job.reports.flatMap((report) => {
        const { type } = report;
        return isReadType(type) ? [{ projectId, job, report, type, isOwn }] : [];
      }),
    );
}

/** How a report of a job is shown: by the job and what the report is called there. */
export function shownName({ job }: Pick<Handed, 'job'>, name: string): string {
  return `${job.name}/${name}`;
}

/** A report of a job that nothing could be read of. */
export function gapOf(handed: Handed, kind: 'missing' | 'unreadable', reason: string): UnexplainedSign {
  return { kind, path: shownName(handed, handed.type), count: 1, reason };
}

/** Where the port finds the job. */
export function addressOf({ projectId, job }: Pick<Handed, 'job' | 'projectId'>): JobAddress {
  return { projectId, jobId: job.id };
}

/** Why GitLab did not give a report, in words that follow its name. */
export function reasonOf(error: GitLabError): string {
  if (error instanceof GitLabRefusedError) return `GitLab refused it (${error.status ?? 'no status'})`;
  return error instanceof GitLabUnreachableError ? 'GitLab did not answer, or kept failing' : error.message;
}
