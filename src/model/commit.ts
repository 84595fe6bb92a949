/** A commit as far as it says what it stands on. */
export interface Commit {
  readonly sha: string;
  readonly parents: readonly string[];
}
