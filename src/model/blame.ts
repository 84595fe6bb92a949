/** The commit that a line of a file came from. */
export interface BlamedCommit {
  readonly sha: string;
  /** First line of the message; untrusted. */
  readonly title: string;
  /** As Git has it; untrusted. */
  readonly authorName: string;
}

/** A merge request that brought a commit. */
export interface BringingMergeRequest {
  readonly iid: number;
  readonly url: string;
}

/** Who changed a line last, and where that came from. */
export interface LastChange extends BlamedCommit {
  /** Null where GitLab knows none: somebody pushed the commit. */
  readonly mergeRequest: BringingMergeRequest | null;
}
