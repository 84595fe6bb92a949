import { GitLabRefusedError } from '../../errors.ts';
import type { RecentActivity } from '../../gitlab/ports/recent-activity.ts';
import type { ProjectFacts } from '../../model/facts.ts';
import type { ProjectActivity, Recent } from '../../model/project-activity.ts';

/** Lists that GitLab refuses, such as issues of a project without issues, stay unknown. */
async function unlessRefused(ask: Promise<Recent>): Promise<Recent | null> {
  try {
    return await ask;
  } catch (error) {
    if (error instanceof GitLabRefusedError) return null;
    throw error;
  }
}

/** The activity since then, in five requests. */
export async function fetchProjectActivity(
  { id, defaultBranch: ref }: ProjectFacts,
  since: Date,
  gitlab: RecentActivity,
): Promise<ProjectActivity> {
  const [merged, opened, closed, pipelines, releases] = await Promise.all([
    unlessRefused(gitlab.fetchMergedSince(id, since)),
    unlessRefused(gitlab.fetchIssuesOpenedSince(id, since)),
    unlessRefused(gitlab.fetchIssuesClosedSince(id, since)),
    ref === null ? null : unlessRefused(gitlab.fetchPipelinesSince(id, { ref, since })),
    unlessRefused(gitlab.fetchReleasesSince(id, since)),
  ]);
  return { merged, opened, closed, pipelines, releases };
}
