import { projectOf } from '../../../../src/demo/find-pipelines.ts';
import { page } from '../../../../src/demo/http.ts';
import { refused } from '../../../../src/demo/refusals.ts';
import { refusals } from '../refusals.ts';
import { type Route, route } from '../route.ts';
import type { EmbeddedDiff, EmbeddedState } from '../state/state.ts';

/** What a merge request changes; null when there is no such merge request. */
function diffOf([project = '', iid = '']: readonly string[], state: EmbeddedState): EmbeddedDiff | null {
  const at = projectOf(project, state)?.id;
  const found = state.mergeRequests.find((one) => one.project_id === at && String(one.iid) === iid);
  return found === undefined ? null : (found.diff ?? { raw: '', files: [] });
}

export const diffRoutes: readonly Route[] = [
  route('GET', /^\/projects\/([^/]+)\/merge_requests\/(\d+)\/diffs$/, (request, parts, state) => {
    const diff = diffOf(parts, state);
    return diff === null ? refused(refusals.noMergeRequest) : page(diff.files, request);
  }),
];
