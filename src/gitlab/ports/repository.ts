/** What Herald needs of a project and its repository; the same rules as in `../port.ts`. */

export interface Project {
  readonly id: number;
  /** `group/project`. */
  readonly path: string;
  readonly url: string;
  /** Null while the repository is empty, or when the token cannot see it. */
  readonly defaultBranch: string | null;
  /** Archived projects are read-only. */
  readonly archived: boolean;
}

export interface VersionedFile {
  readonly content: Uint8Array;
  /** The last commit that changed it; null where GitLab does not say. */
  readonly commit: string | null;
}

/** A path in a project at a branch, tag or commit. */
export interface FilePlace {
  readonly project: number | string;
  readonly path: string;
  readonly ref: string;
}

export interface Repository {
  /** By id or full path; a renamed project is found under its old path, too. */
  fetchProject(project: number | string): Promise<Project>;
  /**
   * A file at a branch, tag or commit as it is stored; null when the file or the ref does not exist. Refuses more
   * than `maxBytes`.
   */
  fetchFile(file: FilePlace, maxBytes: number): Promise<Uint8Array | null>;
  /** The same with the commit that it was last changed in. */
  fetchVersionedFile(file: FilePlace, maxBytes: number): Promise<VersionedFile | null>;
  /** Whether a file exists at a branch, tag or commit, without its content. Job tokens are refused. */
  hasFile(file: FilePlace): Promise<boolean>;
}
