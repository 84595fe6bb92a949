import type { DurationChange, DurationsComparison } from '../model/comparison.ts';
import type { EarlierDurations } from '../model/earlier-run.ts';
import type { PipelineWithJobs } from '../model/pipeline.ts';
import { measureDurations } from './measure-durations.ts';
import { median, medianDeviation } from './spread.ts';

/** Fewer runs do not make a usual duration. */
const enoughSamples = 3;
/** Runners differ: a difference below a fifth, or below ten seconds, has no cause in the code. */
const leastShare = 0.2;
const leastSeconds = 10;
const deviations = 3;
const maxJobs = 50;

function changeOf(job: string, seconds: number | null, recent: readonly number[]): DurationChange | null {
  const usual = median(recent);
  if (seconds === null || usual === null || recent.length < enoughSamples) return null;
  const noise = Math.max(leastShare * usual, leastSeconds, deviations * medianDeviation(recent));
  const significant = Math.abs(seconds - usual) > noise;
  return { job, seconds, medianSeconds: usual, samples: recent.length, significant };
}

/**
 * Durations of the pipeline and its jobs against the medians of recent runs of the target branch; waiting for runners
 * is separate, because no change of the code explains it. A difference counts if it exceeds 20 %, 10 s and three median
 * deviations. Null when there is nothing to compare.
 */
export function compareDurations(
  now: PipelineWithJobs,
  before: EarlierDurations,
): DurationsComparison | null {
  const measured = measureDurations(now);
  const jobs = [...measured.jobs]
    .flatMap(([name, seconds]) => changeOf(name, seconds, before.jobs.get(name) ?? []) ?? [])
    .filter(({ significant }) => significant)
    .sort((a, b) => difference(b) - difference(a));
  const pipeline = changeOf('', measured.pipelineSeconds, before.pipeline);
  const queue = changeOf('', measured.queueSeconds, before.queue);
  if (pipeline === null && queue === null && jobs.length === 0) return null;
  return { pipeline, queue, jobs: jobs.slice(0, maxJobs) };
}

function difference({ seconds, medianSeconds }: DurationChange): number {
  return Math.abs(seconds - medianSeconds);
}
