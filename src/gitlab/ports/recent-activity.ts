import type { Recent } from '../../model/project-activity.ts';

/**
 * Activity in a project since a time, each list in one request of a hundred rows; the same rules as in
 * `../port.ts`.
 */
export interface RecentActivity {
  fetchMergedSince(project: number, since: Date): Promise<Recent>;
  /** Without confidential ones. */
  fetchIssuesOpenedSince(project: number, since: Date): Promise<Recent>;
  /** Without confidential ones. */
  fetchIssuesClosedSince(project: number, since: Date): Promise<Recent>;
  fetchPipelinesSince(
    project: number,
    wanted: { readonly ref: string; readonly since: Date },
  ): Promise<Recent>;
  /** Without upcoming releases. */
  fetchReleasesSince(project: number, since: Date): Promise<Recent>;
}
