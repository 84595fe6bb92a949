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

/** The last change of a line, and where it came from. */
export interface LastChange extends BlamedCommit {
  /** Null where GitLab knows none: somebody pushed the commit. */
  readonly mergeRequest: BringingMergeRequest | null;
}

/**
 * What a commit has to do with a branch that fails: `suspect`, it came between the last pipeline that passed and the
 * first that failed; `older`, it was there when a pipeline passed; `later`, it came when the branch already failed;
 * `unknown`, GitLab does not show which.
 */
export type BlameStanding = 'suspect' | 'older' | 'later' | 'unknown';

/** A line that the log of a failed job names, and the commit that it came from. */
export interface BlamedLine {
  readonly path: string;
  readonly line: number;
  readonly change: LastChange;
  readonly standing: BlameStanding;
}

/** The lines that the logs of a failed pipeline name. */
export interface BlameFacts {
  /** The one nearest to what went wrong first. */
  readonly lines: readonly BlamedLine[];
  /** False where the logs name more lines than Herald asked for. */
  readonly complete: boolean;
}
