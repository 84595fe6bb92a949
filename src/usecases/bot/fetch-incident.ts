import type { PipelineFacts } from '../../model/facts.ts';
import type { CommitRange, FailingStretch, IncidentFacts } from '../../model/incident.ts';
import { isFailed, type Job, type Pipeline } from '../../model/pipeline.ts';
import { createTextMask } from '../../secrets/mask-text.ts';
import { failingStretch } from '../../trail/first-bad.ts';
import { causesOfJobs } from '../report/causes-of-jobs.ts';
import type { FactSource } from './bot-world.ts';
import { compareCommits } from './compare-commits.ts';
import { hasResult } from './pipeline-results.ts';

const perPage = 100;
/** Logs to read: an issue needs no more causes. */
const maxJobs = 5;

/** The jobs with a log of their own: of a trigger job those that failed in the pipeline that it started. */
function jobsWithLogs(jobs: readonly Job[]): readonly Job[] {
  return jobs.flatMap((job) => {
    const within = job.trigger?.failedJobs ?? [];
    if (within.length > 0) return jobsWithLogs(within);
    return isFailed(job) ? [job] : [];
  });
}

async function fetchRange(
  { first, before }: FailingStretch,
  { gitlab, log }: FactSource,
): Promise<CommitRange | null> {
  if (before === null || before.sha === first.sha) return null;
  return compareCommits(first.projectId, { from: before.sha, to: first.sha }, { gitlab, log });
}

/** Pipelines of a schedule do not belong to the row of their branch. */
async function fetchStretch(pipeline: Pipeline, { gitlab }: FactSource): Promise<FailingStretch | null> {
  const { projectId, ref, source, status } = pipeline;
  if (source === 'schedule') return status === 'failed' ? { first: pipeline, count: 1, before: null } : null;
  const listed = await gitlab.fetchPipelines(projectId, { ref, perPage });
  return failingStretch(listed.filter(hasResult), pipeline);
}

/**
 * Why the branch of a pipeline fails and since when; of one that passed, since when it had failed. Null where no
 * pipeline failed before. One request, one for the commits, and one for each log of up to five failed jobs.
 */
export async function fetchIncident(
  { pipeline, jobs }: PipelineFacts,
  source: FactSource,
): Promise<IncidentFacts | null> {
  const { gitlab, clock, log } = source;
  const stretch = await fetchStretch(pipeline, source);
  if (stretch === null) return null;
  if (pipeline.status !== 'failed') return { ...stretch, range: null, causes: [] };
  const world = { gitlab, clock, log, mask: createTextMask([]) };
  const [range, causes] = await Promise.all([
    fetchRange(stretch, source),
    causesOfJobs(
      jobsWithLogs(jobs).slice(0, maxJobs),
      { pipeline, jobs },
      {
        world,
        troubles: {
          lack: (_part, { message }, what) => {
            log.warn(`${what ?? 'a log'}: ${message}`);
          },
        },
      },
    ),
  ]);
  return { ...stretch, range, causes };
}
