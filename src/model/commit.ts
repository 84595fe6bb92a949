/** A commit and what it is based on. */
export interface Commit {
  readonly sha: string;
  readonly parents: readonly string[];
}
