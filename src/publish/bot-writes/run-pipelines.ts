import type { Performer } from './performer.ts';

/** The commit must still be the head, and nobody may have started a pipeline for it in this project since it was asked for. */
export const performRunMergeRequestPipeline: Performer<'runMergeRequestPipeline'> = async (
  { on, sha, since },
  _cause,
  { gitlab },
) => {
  const mr = await gitlab.fetchMergeRequestFacts(on.project, on.iid);
  if (mr?.headSha !== sha)
    return { outcome: 'refused', url: null, detail: `the newest commit is no longer ${sha.slice(0, 8)}` };
  const started = (await gitlab.fetchMergeRequestPipelines(on.project, on.iid)).find(
    ({ projectId, createdAt }) =>
      projectId === on.project && Date.parse(createdAt ?? '') >= Date.parse(since),
  );
  if (started !== undefined) return { outcome: 'there', url: started.url, detail: null };
  const { url } = await gitlab.createMergeRequestPipeline(on.project, on.iid);
  return { outcome: 'done', url, detail: null };
};

/** An event that is handled twice is so within this time. */
const recentMilliseconds = 15 * 60_000;
const perPage = 20;

/** One pipeline on a ref within a quarter of an hour: GitLab keeps no key with it by which it could be found again. */
export const performRunPipeline: Performer<'runPipeline'> = async (
  { project, ref, variables },
  _cause,
  { gitlab, clock },
) => {
  const now = clock.now().getTime();
  const recent = (await gitlab.fetchPipelines(project, { ref, perPage })).find(
    ({ source, createdAt }) => source === 'api' && now - Date.parse(createdAt ?? '') < recentMilliseconds,
  );
  if (recent !== undefined)
    return {
      outcome: 'there',
      url: recent.url,
      detail: `one was started on ${ref} in the last quarter of an hour`,
    };
  const { url } = await gitlab.createPipeline(project, { ref, variables });
  return { outcome: 'done', url, detail: null };
};
