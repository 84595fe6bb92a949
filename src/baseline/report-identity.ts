import type { Context } from '../model/context.ts';
import type { KeptReport } from './herald-report.ts';

/** What a report says it is about; the values of `Context` that `heraldReportOf` writes. */
export type ReportIdentity = Pick<KeptReport, 'commit' | 'job' | 'mergeRequest' | 'pipeline' | 'project'>;

/**
 * What of a report's identity differs from what GitLab says, in words; null when all of it is the same. A branch
 * pipeline may not have known its merge request.
 */
export function foreignPart(identity: ReportIdentity, context: Context): string | null {
  const { project, pipeline, job, commit, mergeRequest } = context;
  const claimed = identity.mergeRequest;
  const claims: readonly (readonly [string, unknown, unknown])[] = [
    ['project', identity.project.id, project.id],
    ['project path', identity.project.path, project.path],
    ['pipeline', identity.pipeline.id, pipeline.id],
    ['pipeline address', identity.pipeline.url, pipeline.url],
    ['type of pipeline', identity.pipeline.type, pipeline.type],
    ['job', identity.job.id, job.id],
    ['job name', identity.job.name, job.name],
    ['commit', identity.commit.sha, commit.sha],
    ['branch', identity.commit.ref, commit.branch ?? mergeRequest?.sourceBranch],
    ...(claimed === null
      ? []
      : ([
          ['project of the merge request', claimed.project, mergeRequest?.project],
          ['merge request', claimed.iid, mergeRequest?.iid],
        ] as const)),
  ];
  return claims.find(([, said, known]) => said !== known)?.[0] ?? null;
}
