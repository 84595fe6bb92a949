import type { Performer } from './performer.ts';

const unsuccessful: ReadonlySet<string> = new Set(['failed', 'canceled']);

/** Only attempts that are still the newest ones and still failed: another run has already retried the others. */
export const performRetryJobs: Performer<'retryJobs'> = async (
  { project, pipelineId, jobs },
  _cause,
  { gitlab },
) => {
  const now = await gitlab.fetchJobs(project, pipelineId);
  const url = now.pipeline?.url ?? null;
  const left = jobs.filter(({ id }) =>
    now.jobs.some((job) => job.id === id && !job.retried && unsuccessful.has(job.status)),
  );
  if (left.length === 0) return { outcome: 'there', url, detail: null };
  const refused: string[] = [];
  for (const { id, name } of left) if ((await gitlab.retryJob(project, id)) === null) refused.push(name);
  if (refused.length === 0) return { outcome: 'done', url, detail: null };
  return {
    outcome: 'refused',
    url,
    detail: `GitLab does not retry these jobs: ${refused.join(', ')}`,
  };
};
