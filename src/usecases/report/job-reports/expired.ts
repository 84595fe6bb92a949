import type { PipelineWithJobs } from '../../../model/pipeline.ts';
import type { Warning } from '../../../model/report.ts';

const maxNames = 10;

/** Jobs whose artifacts GitLab has removed: whether a report was among them, it does not say any more. */
export function expiredArtifacts(pipelines: readonly PipelineWithJobs[], now: Date): readonly Warning[] {
  const names = pipelines
    .flatMap(({ jobs }) => jobs)
    .filter(
      ({ retried, hasArtifacts, reports, artifactsExpireAt }) =>
        !retried &&
        hasArtifacts !== true &&
        reports.length === 0 &&
        artifactsExpireAt !== null &&
        Date.parse(artifactsExpireAt) < now.getTime(),
    )
    .map(({ name }) => name);
  if (names.length === 0) return [];
  const more = names.length > maxNames ? ` and ${names.length - maxNames} more` : '';
  const message = `the artifacts of these jobs have expired, so a report of them can be missing: ${names.slice(0, maxNames).join(', ')}${more}`;
  return [{ path: null, message }];
}
