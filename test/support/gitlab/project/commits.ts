import { latestAttempts, projectOf, statusJson } from '../../../../src/demo/find-pipelines.ts';
import { type EmbeddedAnswer, type EmbeddedRequest, ok, page } from '../../../../src/demo/http.ts';
import { refused } from '../../../../src/demo/refusals.ts';
import { pageOf } from '../page-of.ts';
import { refusals } from '../refusals.ts';
import { type Route, route } from '../route.ts';
import type { EmbeddedCommit } from '../state/repository.ts';
import type { EmbeddedPipeline, EmbeddedState } from '../state/state.ts';

/** A commit and its ancestors, newest first, as `git log` lists them. */
function historyOf(tip: EmbeddedCommit, all: readonly EmbeddedCommit[]): readonly EmbeddedCommit[] {
  const byId = new Map(all.map((commit) => [commit.id, commit]));
  const reached = new Map([[tip.id, tip]]);
  for (const { parent_ids: parents } of reached.values()) {
    for (const id of parents) {
      const parent = byId.get(id);
      if (parent !== undefined) reached.set(id, parent);
    }
  }
  return [...reached.values()].sort(
    (a, b) => Date.parse(b.created_at) - Date.parse(a.created_at) || all.indexOf(b) - all.indexOf(a),
  );
}

/** The commits of a branch, a tag or a commit, or of a range of them: those of its end without those of its start. */
function commitsOfRevision(
  revision: string,
  at: number | undefined,
  state: EmbeddedState,
): readonly EmbeddedCommit[] | null {
  const all = state.commits.filter(({ project_id: of }) => of === at);
  const parts = revision.split('..');
  const tip = commitAt(parts.at(-1) ?? '', at, state);
  const start = parts.length === 1 ? null : commitAt(parts[0] ?? '', at, state);
  if (tip === undefined || start === undefined) return null;
  const before = new Set(start === null ? [] : historyOf(start, all).map(({ id }) => id));
  return historyOf(tip, all).filter(({ id }) => !before.has(id));
}

/** Source: https://docs.gitlab.com/api/commits/#list-repository-commits */
function listCommits(
  request: EmbeddedRequest,
  parts: readonly string[],
  state: EmbeddedState,
): EmbeddedAnswer {
  const at = projectOf(parts[0] ?? '', state)?.id;
  const reached = commitsOfRevision(request.query.get('ref_name') ?? '', at, state);
  if (reached === null) return refused(refusals.noCommit);
  const since = Date.parse(request.query.get('since') ?? '1970-01-01');
  const found = reached.filter(({ created_at: on }) => Date.parse(on) >= since);
  const withStats = request.query.get('with_stats') === 'true';
  return pageOf(found, request, ({ project_id: _of, notes: _notes, files: _files, stats, ...commit }) => ({
    ...commit,
    short_id: commit.id.slice(0, 8),
    authored_date: commit.authored_date ?? commit.created_at,
    committed_date: commit.created_at,
    ...(withStats ? { stats } : {}),
  }));
}

function jobStatuses(
  pipeline: EmbeddedPipeline,
  { name, all }: { readonly name: string | null; readonly all: boolean },
): readonly object[] {
  const ofPipeline = [...pipeline.jobs, ...(pipeline.bridges ?? [])];
  return (all ? ofPipeline : latestAttempts(ofPipeline))
    .filter((job) => name === null || job.name === name)
    .map((job) => ({
      id: job.id,
      sha: pipeline.sha,
      ref: pipeline.ref,
      pipeline_id: pipeline.id,
      status: job.status,
      name: job.name,
      description: null,
      created_at: job.created_at,
      finished_at: job.finished_at,
      allow_failure: job.allow_failure,
      coverage: job.coverage,
    }));
}

/** Those that somebody posted. */
function postedStatuses(pipeline: EmbeddedPipeline, name: string | null): readonly object[] {
  return pipeline.statuses
    .filter((status) => name === null || status.name === name)
    .map((status) => statusJson(status, pipeline));
}

/**
 * Jobs and trigger jobs are statuses of their commit; child pipelines are not among `ci_pipelines`.
 * Sources: https://docs.gitlab.com/api/commits/#list-commit-statuses, `lib/api/commit_statuses.rb` of GitLab
 */
function listStatuses(
  request: EmbeddedRequest,
  parts: readonly string[],
  state: EmbeddedState,
): EmbeddedAnswer {
  const at = projectOf(parts[0] ?? '', state)?.id;
  const ref = request.query.get('ref');
  const filter = { name: request.query.get('name'), all: request.query.get('all') === 'true' };
  const rows = state.pipelines
    .filter(
      (pipeline) =>
        pipeline.project_id === at &&
        pipeline.sha === parts[1] &&
        pipeline.source !== 'parent_pipeline' &&
        (ref === null || pipeline.ref === ref),
    )
    .flatMap((pipeline) => [...jobStatuses(pipeline, filter), ...postedStatuses(pipeline, filter.name)]);
  return page(rows, request);
}

/** Whether a commit is another one or one of its ancestors. */
function holds(sha: string, wanted: string, { commits }: EmbeddedState): boolean {
  const seen = new Set<string>();
  const open = [sha];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next === wanted) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    open.push(...(commits.find(({ id }) => id === next)?.parent_ids ?? []));
  }
  return false;
}

/** Source: https://docs.gitlab.com/api/commits/#list-all-references-a-commit-is-pushed-to */
function listRefs(
  request: EmbeddedRequest,
  [part = '', sha = '']: readonly string[],
  state: EmbeddedState,
): EmbeddedAnswer {
  const at = projectOf(part, state)?.id;
  const type = request.query.get('type');
  const refs = [
    ...state.branches.map((branch) => ({ ...branch, type: 'branch' })),
    ...state.tags.map((tag) => ({ ...tag, sha: tag.commit, type: 'tag' })),
  ].filter((ref) => ref.project_id === at && ref.type === type && holds(ref.sha, sha, state));
  return refs.length === 0
    ? refused(refusals.noCommit)
    : page(
        refs.map(({ name }) => ({ type, name })),
        request,
      );
}

/** A branch, a tag or a commit. */
function commitAt(name: string, at: number | undefined, { branches, tags, commits }: EmbeddedState) {
  const ofBranch = branches.find((one) => one.project_id === at && one.name === name)?.sha;
  const ofTag = tags.find((one) => one.project_id === at && one.name === name)?.commit;
  const sha = ofBranch ?? ofTag ?? name;
  return commits.find((one) => one.project_id === at && one.id === sha);
}

/** From the merge base on. Source: https://docs.gitlab.com/api/repositories/#compare-branches-tags-or-commits */
function compare(
  { query }: EmbeddedRequest,
  [part = '']: readonly string[],
  state: EmbeddedState,
): EmbeddedAnswer {
  const at = projectOf(part, state)?.id;
  const [from, to] = ['from', 'to'].map((name) => commitAt(query.get(name) ?? '', at, state));
  if (from === undefined || to === undefined) return refused(refusals.noCommit);
  const all = state.commits.filter(({ project_id: of }) => of === at);
  const before = new Set(historyOf(from, all).map(({ id }) => id));
  const commits = historyOf(to, all).filter(({ id }) => !before.has(id));
  const paths = new Set(commits.flatMap(({ files = [] }) => files));
  const rows = commits.map(({ project_id: _of, notes: _notes, files: _files, ...commit }) => ({
    message: commit.title,
    committed_date: commit.created_at,
    ...commit,
  }));
  const diffs = [...paths].map((path) => ({
    old_path: path,
    new_path: path,
    diff: '@@ -1 +1 @@\n-a\n+b\n',
    new_file: false,
    renamed_file: false,
    deleted_file: false,
  }));
  return ok({ commits: rows.toReversed(), diffs, compare_timeout: false, compare_same_ref: from === to });
}

/** Source: `lib/api/repositories.rb` (get ":id/repository/merge_base") */
function mergeBase(
  { query }: EmbeddedRequest,
  [part = '']: readonly string[],
  state: EmbeddedState,
): EmbeddedAnswer {
  const at = projectOf(part, state)?.id;
  const names = query.getAll('refs[]');
  const [first, second] = names.map((name) => commitAt(name, at, state));
  if (first === undefined || second === undefined) return refused(refusals.unknownRefs, names.join(', '));
  const all = state.commits.filter(({ project_id: of }) => of === at);
  const reached = new Set(historyOf(first, all).map(({ id }) => id));
  const base = historyOf(second, all).find(({ id }) => reached.has(id));
  return base === undefined ? refused(refusals.noMergeBase) : ok({ id: base.id });
}

export const commitRoutes: readonly Route[] = [
  route('GET', /^\/projects\/([^/]+)\/repository\/commits\/([^/]+)$/, (_request, parts, state) => {
    const at = projectOf(parts[0] ?? '', state)?.id;
    const commit = state.commits.find(({ project_id: of, id }) => of === at && id === parts[1]);
    return commit === undefined
      ? refused(refusals.noCommit)
      : ok({ ...commit, notes: undefined, files: undefined });
  }),
  route('GET', /^\/projects\/([^/]+)\/repository\/commits\/([^/]+)\/refs$/, listRefs),
  route('GET', /^\/projects\/([^/]+)\/repository\/tags\/([^/]+)$/, (_request, [part = '', name], state) => {
    const at = projectOf(part, state)?.id;
    const tag = state.tags.find((one) => one.project_id === at && one.name === name);
    return tag === undefined ? refused(refusals.noTag) : ok({ ...tag, commit: { id: tag.commit } });
  }),
  route('GET', /^\/projects\/([^/]+)\/repository\/commits$/, listCommits),
  route('GET', /^\/projects\/([^/]+)\/repository\/compare$/, compare),
  route('GET', /^\/projects\/([^/]+)\/repository\/merge_base$/, mergeBase),
  route('GET', /^\/projects\/([^/]+)\/repository\/commits\/([^/]+)\/statuses$/, listStatuses),
];
