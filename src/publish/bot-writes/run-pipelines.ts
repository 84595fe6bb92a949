import type { Pipeline } from '../../model/pipeline.ts';
import type { Performer, PerformerWorld } from './performer.ts';

/** A merged result runs for a commit of its own, whose parent is the head. */
async function runsFor(sha: string, started: Pipeline, { gitlab }: PerformerWorld): Promise<boolean> {
  if (started.sha === sha) return true;
  const parents = await gitlab.fetchParents(started.projectId, started.sha);
  return parents?.includes(sha) === true;
}

/**
 * Since the request, nobody may have started a pipeline in this project, and the commit must still be the head: this is checked last, right before the start. GitLab accepts no commit and runs the current head, so a short moment remains: a pipeline for a push in that moment is canceled at once. Source: https://docs.gitlab.com/api/merge_requests/#create-merge-request-pipeline
 */
export const performRunMergeRequestPipeline: Performer<'runMergeRequestPipeline'> = async (
  { on, sha, since },
  _cause,
  world,
) => {
  const { gitlab } = world;
  const started = (await gitlab.fetchMergeRequestPipelines(on.project, on.iid)).find(
    ({ projectId, createdAt }) =>
      projectId === on.project && Date.parse(createdAt ?? '') >= Date.parse(since),
  );
  if (started !== undefined) return { outcome: 'there', url: started.url, detail: null };
  const mr = await gitlab.fetchMergeRequestFacts(on.project, on.iid);
  const overtaken = `the latest commit is no longer ${sha.slice(0, 8)}`;
  if (mr?.headSha !== sha) return { outcome: 'refused', url: null, detail: overtaken };
  const own = await gitlab.createMergeRequestPipeline(on.project, on.iid);
  if (await runsFor(sha, own, world)) return { outcome: 'done', url: own.url, detail: null };
  await gitlab.cancelPipeline(own.projectId, own.id);
  return { outcome: 'refused', url: own.url, detail: `${overtaken}: the pipeline is canceled` };
};

/** If an event is handled twice, it happens within this time. */
const recentMilliseconds = 15 * 60_000;
const perPage = 20;

/** At most one pipeline on a ref within 15 minutes: GitLab stores no key by which a pipeline could be found again. */
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
      detail: `a pipeline was started on ${ref} in the last 15 minutes`,
    };
  const { url } = await gitlab.createPipeline(project, { ref, variables });
  return { outcome: 'done', url, detail: null };
};
