import type { Recent } from '../../model/project-activity.ts';

/**
 * What happened in a project since an instant, each for one request of a hundred rows; the same rules as in
 * `../port.ts`.
 */
export interface RecentActivity {
  fetchMergedSince(project: number, since: Date): Promise<Recent>;
  /** Confidential ones are left out. */
  fetchIssuesOpenedSince(project: number, since: Date): Promise<Recent>;
  /** Confidential ones are left out. */
  fetchIssuesClosedSince(project: number, since: Date): Promise<Recent>;
  fetchPipelinesSince(
    project: number,
    wanted: { readonly ref: string; readonly since: Date },
  ): Promise<Recent>;
  /** Those that are announced for later are left out. */
  fetchReleasesSince(project: number, since: Date): Promise<Recent>;
}
