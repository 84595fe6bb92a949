/** A commit with its parents. */
export interface Commit {
  readonly sha: string;
  readonly parents: readonly string[];
}
