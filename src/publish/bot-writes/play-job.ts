import type { Performer } from './performer.ts';

/** GitLab itself plays a job once: the second time it is no longer a manual job, so GitLab refuses. */
export const performPlayJob: Performer<'playJob'> = async ({ project, jobId }, _cause, { gitlab }) => {
  await gitlab.playJob(project, jobId);
  return { outcome: 'done', url: null, detail: null };
};
