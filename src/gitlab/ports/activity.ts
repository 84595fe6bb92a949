import type { Noteable } from '../../model/noteable.ts';
import type { Project } from './repository.ts';

/** A comment as the activity of a project lists it. */
export interface RecentComment {
  readonly noteId: number;
  readonly on: Noteable;
  readonly text: string;
}

export interface WorkFilter {
  readonly kind: Noteable['kind'];
  readonly state: 'opened' | 'all';
  /** Changed since then; null = whenever. */
  readonly since: Date | null;
  readonly max: number;
}

/** Recent activity; the same rules as in `../port.ts`. */
export interface Activity {
  /**
   * Comments that people wrote on merge requests and issues since then, newest first, at most 1,000; GitLab's own notes
   * are omitted.
   */
  fetchRecentComments(project: number, since: Date): Promise<readonly RecentComment[]>;
  /** Merge requests or issues, the newest change first, as many as `max`. */
  fetchWork(project: number, filter: WorkFilter): Promise<readonly Noteable[]>;
  /** Projects that the own user is a member of, without archived ones, at most 1,000. */
  fetchOwnProjects(): Promise<readonly Project[]>;
}
