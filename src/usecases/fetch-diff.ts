import type { MergeRequest } from '../model/context.ts';
import type { Diff } from '../model/diff.ts';

/** What the merge request changes; null when GitLab does not say. */
export function fetchDiff(_mergeRequest: MergeRequest): Promise<Diff | null> {
  return Promise.resolve(null);
}
