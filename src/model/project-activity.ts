/** Recent activity in a project, as far as one page of each list shows it. */

export interface RecentItem {
  /** `!12`, `#5`, `1.4.0`; of pipelines the id. */
  readonly reference: string;
  readonly title: string;
  readonly url: string;
  /** When it happened, ISO 8601. */
  readonly at: string;
  /** Of pipelines their status; else empty. */
  readonly status: string;
}

/** The newest first; `isCapped` when there may be more than the list shows. */
export interface Recent {
  readonly items: readonly RecentItem[];
  readonly isCapped: boolean;
}

/**
 * Null where GitLab does not answer: the project may have switched off this feature. Never contains confidential
 * issues.
 */
export interface ProjectActivity {
  readonly merged: Recent | null;
  readonly opened: Recent | null;
  readonly closed: Recent | null;
  /** Of the default branch. */
  readonly pipelines: Recent | null;
  readonly releases: Recent | null;
}
