/** What Herald needs of a project and its repository; the same rules as in `../port.ts`. */

export interface Project {
  readonly id: number;
  /** `group/project`. */
  readonly path: string;
  readonly url: string;
  /** Null while the repository is empty, or when the token may not see it. */
  readonly defaultBranch: string | null;
}

export interface Repository {
  /** By id or full path; a renamed project is found under its old path, too. */
  fetchProject(project: number | string): Promise<Project>;
  /** A file at a branch, tag or commit as it is stored; null when there is no such file, or no such ref. Refuses more than `maxBytes`. */
  fetchFile(
    file: { readonly project: number | string; readonly path: string; readonly ref: string },
    maxBytes: number,
  ): Promise<Uint8Array | null>;
}
