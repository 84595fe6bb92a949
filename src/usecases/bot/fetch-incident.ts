import { GitLabRefusedError } from '../../errors.ts';
import type { PipelineFacts } from '../../model/facts.ts';
import type { CommitRange, FailingStretch, IncidentFacts } from '../../model/incident.ts';
import { isFailed, type Job, type Pipeline } from '../../model/pipeline.ts';
import { createTextMask } from '../../secrets/mask-text.ts';
import { failingStretch } from '../../trail/first-bad.ts';
import { causesOfJobs } from '../report/causes-of-jobs.ts';
import type { FactSource } from './bot-world.ts';
import { hasResult } from './pipeline-results.ts';

const perPage = 100;
/** Logs to read: an issue needs no more causes. */
const maxJobs = 5;
/** The last ones are kept: the newest are the first to look at. */
const maxCommits = 100;

/** The jobs with a log of their own: of a trigger job those that failed in the pipeline that it started. */
function jobsWithLogs(jobs: readonly Job[]): readonly Job[] {
  return jobs.flatMap((job) => {
    const within = job.trigger?.failedJobs ?? [];
    if (within.length > 0) return jobsWithLogs(within);
    return isFailed(job) ? [job] : [];
  });
}

type Range = Awaited<ReturnType<FactSource['gitlab']['fetchRange']>>;

/** Null where the branch was rewritten, and the commit that passed is gone. */
async function askForRange(
  project: number,
  range: { readonly from: string; readonly to: string },
  { gitlab, log }: Pick<FactSource, 'gitlab' | 'log'>,
): Promise<Range> {
  try {
    const found = await gitlab.fetchRange(project, range);
    if (found === null) log.warn(`GitLab does not have ${range.from} or ${range.to} any more`);
    return found;
  } catch (error) {
    if (!(error instanceof GitLabRefusedError)) throw error;
    log.warn(`GitLab does not compare ${range.from} with ${range.to}: ${error.message}`);
    return null;
  }
}

async function fetchRange(
  { first, before }: FailingStretch,
  { gitlab, log }: FactSource,
): Promise<CommitRange | null> {
  if (before === null || before.sha === first.sha) return null;
  const found = await askForRange(first.projectId, { from: before.sha, to: first.sha }, { gitlab, log });
  if (found === null) return null;
  const { commits, diff } = found;
  return {
    commits: commits.slice(-maxCommits),
    files: diff.parts.map(({ change, oldPath, newPath }) => (change === 'deleted' ? oldPath : newPath)),
    complete: diff.complete && commits.length <= maxCommits,
  };
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
