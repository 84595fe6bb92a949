/** Types of `herald setup --install`: Herald's own project on an instance. */

/** A file of this version of Herald, as its package has it. */
export interface PackageFile {
  /** Relative to the package, with `/`. */
  readonly path: string;
  readonly content: Uint8Array;
}

/** This version of Herald, as it can be pushed. */
export interface HeraldPackage {
  /** A semantic version, such as `1.2.3`. */
  readonly version: string;
  readonly description: string;
  readonly files: readonly PackageFile[];
}

/** A file of a repository; `blob` is git's id of its content. */
export interface TreeFile {
  readonly path: string;
  readonly blob: string;
}

/** The project that holds Herald, or is to hold it. */
export interface ComponentProject {
  readonly id: number;
  /** `group/herald`. */
  readonly path: string;
  readonly url: string;
  /** Null while the repository is empty. */
  readonly defaultBranch: string | null;
  readonly description: string;
  /** Path of the CI configuration; empty for `.gitlab-ci.yml`. */
  readonly ciConfigPath: string;
  readonly archived: boolean;
}

/** Whether the CI/CD Catalog has the project; `unknown` = this GitLab has no catalog. */
export type CatalogState = 'listed' | 'unlisted' | 'unknown';

/** One change to a file in a commit. */
export type FileAction =
  | { readonly action: 'create' | 'update'; readonly file: PackageFile }
  | { readonly action: 'delete'; readonly path: string };
