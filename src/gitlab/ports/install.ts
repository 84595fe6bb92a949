import type { CatalogState, ComponentProject, FileAction, TreeFile } from '../../model/install.ts';

/** A project to create. */
export interface NewProject {
  readonly groupId: number;
  /** Its name and the last part of its path. */
  readonly name: string;
  readonly visibility: string;
  readonly description: string;
  readonly ciConfigPath: string;
}

/** One commit with all its files. */
export interface NewCommit {
  readonly branch: string;
  readonly message: string;
  readonly actions: readonly FileAction[];
}

/**
 * What `herald setup --install` reads and creates; the same rules as in `../port.ts`. Nothing is sent twice: after a
 * lost answer the command fails, and its next run sees what landed.
 */
export interface Install {
  /** Null when it does not exist, or the token cannot see it. */
  findComponentProject(path: string): Promise<ComponentProject | null>;
  /** Source: https://docs.gitlab.com/api/projects/#create-a-project */
  createComponentProject(project: NewProject): Promise<ComponentProject>;
  updateComponentProject(
    project: number,
    settings: Partial<Pick<ComponentProject, 'description' | 'ciConfigPath'>>,
  ): Promise<void>;
  /** All files at a branch; none while the repository is empty. Source: https://docs.gitlab.com/api/repositories/#list-repository-tree */
  fetchTree(project: number, ref: string): Promise<readonly TreeFile[]>;
  /**
   * The branch is created in an empty repository. GitLab takes 300 MB, and up to 20 MB without a limit of its own for
   * large commits. Source: https://docs.gitlab.com/api/commits/#create-a-commit-with-multiple-files-and-actions
   */
  commitFiles(project: number, commit: NewCommit): Promise<{ readonly sha: string }>;
  /** Source: https://docs.gitlab.com/api/tags/#create-a-new-tag */
  createTag(project: number, name: string, ref: string): Promise<void>;
  /** Names and patterns. Source: https://docs.gitlab.com/api/protected_tags/ */
  fetchProtectedTags(project: number): Promise<readonly string[]>;
  /** Only maintainers create tags of the pattern from then on. */
  protectTags(project: number, pattern: string): Promise<void>;
  /** The newest hundred. */
  fetchTagNames(project: number): Promise<readonly string[]>;
  /**
   * Ids of groups whose projects may use the project in their jobs; null where this GitLab has no such list. Source:
   * https://docs.gitlab.com/api/project_job_token_scopes/
   */
  fetchAllowedGroups(project: number): Promise<readonly number[] | null>;
  allowGroup(project: number, group: number): Promise<void>;
  fetchCatalogState(path: string): Promise<CatalogState>;
  /** For owners. Source: https://docs.gitlab.com/api/graphql/reference/#mutationcatalogresourcescreate */
  addToCatalog(path: string): Promise<void>;
}
