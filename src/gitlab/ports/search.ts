/** An issue or project that was found. */
export interface Found {
  /** Number of an issue in its project; null for a project. */
  readonly iid: number | null;
  /** Full path. */
  readonly project: string;
  readonly title: string;
  readonly url: string;
  /** `opened` or `closed`; null for a project. */
  readonly state: string | null;
}

export interface ProjectSearch {
  readonly query: string;
  /** Full path; null for all that the token sees. */
  readonly group: string | null;
  readonly subgroups: boolean;
  readonly limit: number;
}

/** Finding things by words; the same rules as in `../port.ts`. */
export interface Search {
  /** Of anybody, by number, or by words of the title and description; the newest first. */
  searchIssues(
    project: number | string,
    wanted: { readonly query: string | number; readonly limit: number },
  ): Promise<readonly Found[]>;
  /**
   * Those with the latest activity first. Requests only the pages that `limit` needs. `leftOut` counts projects that
   * are archived or about to be deleted.
   */
  searchProjects(
    search: ProjectSearch,
  ): Promise<{ readonly found: readonly Found[]; readonly leftOut: number }>;
}
