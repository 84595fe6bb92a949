/** Where lines and commits came from; the same rules as in `./port.ts`. */
import type { BlamedCommit, BringingMergeRequest } from '../../model/blame.ts';
import type { FilePlace } from './repository.ts';

export interface Blame {
  /**
   * The commit that a line came from, counted from 1; null when the file, the ref or the line does not exist. Job
   * tokens are refused.
   */
  fetchBlame(file: FilePlace, line: number): Promise<BlamedCommit | null>;
  /** The first merge request into a project that brought the commit, else one that is open; null when there is none. */
  fetchMergeRequestOfCommit(project: number | string, sha: string): Promise<BringingMergeRequest | null>;
}
