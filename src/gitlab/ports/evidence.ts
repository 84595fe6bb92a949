/**
 * GitLab's facts about things that a webhook reported; the same rules as in `../port.ts`. Null and empty mean: it does
 * not exist, or cannot be seen.
 */
import type { Noteable } from '../../model/noteable.ts';

export interface LabelChange {
  readonly label: string;
  readonly action: 'add' | 'remove';
  /** ISO 8601 */
  readonly at: string;
}

export interface Evidence {
  /** The commit that a branch is at. */
  fetchBranchHead(project: number, branch: string): Promise<string | null>;
  /** The target of a tag: its own id if it has a message, and the commit's id. */
  fetchTagTargets(project: number, tag: string): Promise<readonly string[]>;
  /** Names of branches or tags that hold a commit, at most 100. */
  fetchRefsWith(project: number, sha: string, type: 'branch' | 'tag'): Promise<readonly string[]>;
  /** Names of branches or tags that were deleted since a day, at most a hundred pushes back. */
  fetchDeletedRefs(project: number, type: 'branch' | 'tag', since: Date): Promise<readonly string[]>;
  fetchRelease(project: number, tag: string): Promise<{ readonly createdAt: string | null } | null>;
  /** Oldest first. */
  fetchLabelChanges(on: Noteable): Promise<readonly LabelChange[]>;
  /** `active` or `closed`. */
  fetchMilestoneState(project: number, id: number): Promise<string | null>;
  fetchWikiPageExists(project: number, slug: string): Promise<boolean>;
  /** Whether it is switched on. */
  fetchFlagState(project: number, name: string): Promise<boolean | null>;
  /** A day: `2024-01-26`. For maintainers. */
  fetchTokenExpiry(project: number, tokenId: number): Promise<string | null>;
  fetchVulnerability(id: number): Promise<{ readonly project: number; readonly state: string } | null>;
}
