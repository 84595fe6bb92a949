import { projectOf } from '../../../../src/demo/find-pipelines.ts';
import { type EmbeddedRequest, ok, page } from '../../../../src/demo/http.ts';
import { refused } from '../../../../src/demo/refusals.ts';
import { refusals } from '../refusals.ts';
import { type Route, route } from '../route.ts';
import type { EmbeddedDiff, EmbeddedDiffFile, EmbeddedState } from '../state/state.ts';

/**
 * GitLab's limits, as a new instance has them. Sources: https://docs.gitlab.com/administration/instance_limits/#diff-limits,
 * `DIFF_SAFE_LIMIT_FACTOR` of `app/models/commit.rb`, `lib/gitlab/git/diff.rb`, `lib/gitlab/git/diff_collection.rb`
 */
const limits = {
  files: 1_000,
  lines: 50_000,
  patchBytes: 200 * 1024,
  /** Beyond a tenth a file is shown only when somebody asks for it. */
  safeFiles: 100,
  safeLines: 5_000,
  safeBytes: 100 * 5 * 1024,
  safePatchBytes: 20 * 1024,
  /** Whatever `per_page` asks for. Source: `lib/gitlab/diff/file_collection/paginated_merge_request_diff.rb` */
  filesPerPage: 30,
} as const;

/** What a merge request changes; null when there is no such merge request. */
function diffOf([project = '', iid = '']: readonly string[], state: EmbeddedState): EmbeddedDiff | null {
  const at = projectOf(project, state)?.id;
  const found = state.mergeRequests.find((one) => one.project_id === at && String(one.iid) === iid);
  return found === undefined ? null : (found.diff ?? { raw: '', files: [] });
}

function isBefore(state: EmbeddedState, major: number, minor: number): boolean {
  const [ownMajor = 0, ownMinor = 0] = state.version.split('.').map(Number);
  return ownMajor < major || (ownMajor === major && ownMinor < minor);
}

function linesOf({ diff }: EmbeddedDiffFile): number {
  return diff === '' ? 0 : diff.trimEnd().split('\n').length;
}

interface Limited {
  readonly files: readonly EmbeddedDiffFile[];
  readonly overflow: boolean;
}

/** The files with what GitLab leaves of their patches. */
function limited(files: readonly EmbeddedDiffFile[], isExpanded: boolean): Limited {
  let [lines, bytes] = [0, 0];
  const kept: EmbeddedDiffFile[] = [];
  for (const file of files) {
    if (kept.length >= limits.files || lines >= limits.lines) return { files: kept, overflow: true };
    const size = Buffer.byteLength(file.diff);
    const isTooLarge = file.too_large || size > limits.patchBytes;
    const isOverSafeLimits =
      kept.length >= limits.safeFiles || lines > limits.safeLines || bytes >= limits.safeBytes;
    const isCollapsed =
      file.collapsed || (!isExpanded && size > 0 && (isOverSafeLimits || size > limits.safePatchBytes));
    const diff = isTooLarge || isCollapsed ? '' : file.diff;
    kept.push({ ...file, diff, collapsed: isCollapsed && !isTooLarge, too_large: isTooLarge });
    lines += linesOf(file);
    bytes += Buffer.byteLength(diff);
  }
  return { files: kept, overflow: false };
}

/** `collapsed` and `too_large` came with 18.4. */
function answered({ files }: Limited, state: EmbeddedState): readonly object[] {
  return files.map(({ collapsed, too_large, ...file }) => ({
    a_mode: '100644',
    b_mode: '100644',
    ...file,
    ...(isBefore(state, 18, 4) ? {} : { collapsed, too_large }),
  }));
}

function ofAtMost(filesPerPage: number, request: EmbeddedRequest): EmbeddedRequest {
  const query = new URLSearchParams(request.query);
  query.set('per_page', String(Math.min(Number(query.get('per_page') ?? filesPerPage), filesPerPage)));
  return { ...request, query };
}

const path = (rest: string): RegExp => new RegExp(`^/projects/([^/]+)/merge_requests/(\\d+)/${rest}$`);

export const diffRoutes: readonly Route[] = [
  route('GET', path('diffs'), (request, parts, state) => {
    if (isBefore(state, 15, 7)) return refused(refusals.unknownPath);
    const diff = diffOf(parts, state);
    if (diff === null) return refused(refusals.noMergeRequest);
    return page(answered(limited(diff.files, false), state), ofAtMost(limits.filesPerPage, request));
  }),
  route('GET', path('changes'), (request, parts, state) => {
    const diff = diffOf(parts, state);
    if (diff === null) return refused(refusals.noMergeRequest);
    const isRaw = request.query.get('access_raw_diffs') === 'true';
    const shown = limited(diff.files, isRaw);
    return ok({ iid: Number(parts[1]), changes: answered(shown, state), overflow: shown.overflow });
  }),
  route('GET', path('raw_diffs'), (_request, parts, state) => {
    const diff = diffOf(parts, state);
    if (diff === null) return refused(refusals.noMergeRequest);
    if (diff.raw === null || isBefore(state, 17, 9)) return refused(refusals.unknownPath);
    return diff.rawFails === true ? refused(refusals.rawDiffFails) : ok(diff.raw);
  }),
];
