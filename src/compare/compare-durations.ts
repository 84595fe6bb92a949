import type { DurationsComparison } from '../model/comparison.ts';
import type { EarlierDurations } from '../model/earlier-run.ts';
import type { PipelineWithJobs } from '../model/pipeline.ts';

/** Durations of the pipeline and its jobs against the medians of recent runs; waiting apart from running. */
export function compareDurations(
  _now: PipelineWithJobs,
  _before: EarlierDurations,
): DurationsComparison | null {
  return null;
}
