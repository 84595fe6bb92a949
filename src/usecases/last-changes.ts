import type { Blame } from '../gitlab/ports/blame.ts';
import type { BlamedCommit, BringingMergeRequest, LastChange } from '../model/blame.ts';
import type { FailedAt } from '../model/tests.ts';

/** A commit of a project. */
interface CommitPlace {
  readonly project: number | string;
  readonly sha: string;
}

export interface LastChanges {
  /** The commit that a line came from; null where the commit has no such line. */
  blame(place: FailedAt): Promise<BlamedCommit | null>;
  /** The same commit with the merge request that brought it. */
  withMergeRequest(commit: BlamedCommit): Promise<LastChange>;
}

/** What was asked under a key stays known, also that it failed. */
function remembered<T>(known: Map<string, Promise<T>>, key: string, ask: () => Promise<T>): Promise<T> {
  const asked = known.get(key) ?? ask();
  known.set(key, asked);
  return asked;
}

/**
 * Asks who last changed lines of the files of a commit: one request for each line, and one for each commit found, in a
 * run. Throws as the port does.
 */
export function createLastChanges({ project, sha: ref }: CommitPlace, gitlab: Blame): LastChanges {
  const blamed = new Map<string, Promise<BlamedCommit | null>>();
  const brought = new Map<string, Promise<BringingMergeRequest | null>>();
  return {
    blame: ({ path, line }) =>
      remembered(blamed, `${line} ${path}`, () => gitlab.fetchBlame({ project, path, ref }, line)),
    async withMergeRequest(commit) {
      const ask = (): Promise<BringingMergeRequest | null> =>
        gitlab.fetchMergeRequestOfCommit(project, commit.sha);
      return { ...commit, mergeRequest: await remembered(brought, commit.sha, ask) };
    },
  };
}
