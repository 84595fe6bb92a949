import * as z from 'zod';
import { measureDurations } from '../compare/measure-durations.ts';
import type { EarlierDurations } from '../model/earlier-run.ts';
import type { PipelineWithJobs } from '../model/pipeline.ts';

const maxRecent = 20;
const maxJobs = 500;
const maxNameLength = 255;

const seconds = z.array(z.number().nonnegative()).max(maxRecent);

export const durationsPartSchema = z.object({
  pipeline: seconds.meta({
    description:
      'Seconds from the first start to the last end of jobs, newest run first; without runs with a failed job.',
  }),
  queue: seconds.meta({ description: 'Seconds that the jobs of a run waited, summed; newest first.' }),
  jobs: z
    .array(z.tuple([z.string(), seconds]))
    .meta({ description: 'Name and seconds of each job that succeeded.' }),
});

export type DurationsPart = z.infer<typeof durationsPartSchema>;

function withNew(value: number | null | undefined, recent: readonly number[]): number[] {
  const rounded = value === null || value === undefined ? [] : [Math.round(value * 10) / 10];
  return [...rounded, ...recent].slice(0, maxRecent);
}

/**
 * Durations as they are kept, and of how many jobs they are not; those of `previous` go on in them. A job that this
 * pipeline does not have is forgotten.
 */
export function durationsPartOf(
  pipeline: PipelineWithJobs,
  previous: EarlierDurations | null,
): { readonly part: DurationsPart; readonly omitted: number } {
  const measured = measureDurations(pipeline);
  const jobs = [...new Set(pipeline.jobs.map(({ name }) => name))]
    .map((name): [string, number[]] => [
      name,
      withNew(measured.jobs.get(name), previous?.jobs.get(name) ?? []),
    ])
    .filter(([, recent]) => recent.length > 0);
  const kept = jobs.filter(([name]) => name.length <= maxNameLength).slice(0, maxJobs);
  return {
    part: {
      pipeline: withNew(measured.pipelineSeconds, previous?.pipeline ?? []),
      queue: withNew(measured.queueSeconds, previous?.queue ?? []),
      jobs: kept,
    },
    omitted: jobs.length - kept.length,
  };
}

export function readDurationsPart({ pipeline, queue, jobs }: DurationsPart): EarlierDurations {
  return { pipeline, queue, jobs: new Map(jobs) };
}
