/** What a job handed over for GitLab's own widgets (`artifacts:reports`), beside its archive. */
export interface JobReports {
  /**
   * One report of a job by GitLab's name of its type. GitLab before 19.4 answers with the whole archive (`archive`), or
   * says that there is nothing (`absent`), whatever type is asked for.
   */
  fetchReport(job: JobAddress, type: string, maxBytes: number): Promise<ReportAnswer>;
  /** Whether this GitLab gives reports by type at all; GitLab does since 19.4. */
  givesReports(job: JobAddress): Promise<boolean>;
  /**
   * The files of a job's archive, among its first `maxEntries` entries; null where GitLab cannot list them (before
   * 18.8) or there is no archive.
   */
  fetchArchiveFiles(job: JobAddress, maxEntries: number): Promise<readonly ArchiveFile[] | null>;
}

export type ReportAnswer =
  | { readonly kind: 'report'; readonly bytes: Uint8Array }
  | { readonly kind: 'absent' | 'archive' | 'too-large' };

export interface JobAddress {
  readonly projectId: number;
  readonly jobId: number;
}

export interface ArchiveFile {
  readonly path: string;
  readonly sizeBytes: number;
}
