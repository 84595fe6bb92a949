import { projectOf } from '../../../../src/demo/find-pipelines.ts';
import { type EmbeddedAnswer, type EmbeddedRequest } from '../../../../src/demo/http.ts';
import { refused } from '../../../../src/demo/refusals.ts';
import { pageOf } from '../page-of.ts';
import { refusals } from '../refusals.ts';
import { type Route, route } from '../route.ts';
import type { EmbeddedCommit } from '../state/repository.ts';
import type { EmbeddedState } from '../state/state.ts';

/** A commit as it is inside a branch or tag. */
function commitIn(sha: string, byId: ReadonlyMap<string, EmbeddedCommit>): object {
  const { project_id: _project, notes: _notes, ...commit } = byId.get(sha) ?? { id: sha, created_at: null };
  return { ...commit, committed_date: commit.created_at };
}

function timeOf(sha: string, byId: ReadonlyMap<string, EmbeddedCommit>): number {
  return Date.parse(byId.get(sha)?.created_at ?? '1970-01-01');
}

interface Own {
  readonly id: number;
  readonly byId: ReadonlyMap<string, EmbeddedCommit>;
}

function ownOf(part: string, state: EmbeddedState): Own | null {
  const project = projectOf(part, state);
  if (project === null) return null;
  const own = state.commits.filter(({ project_id: at }) => at === project.id);
  return { id: project.id, byId: new Map(own.map((commit) => [commit.id, commit])) };
}

type List = (request: EmbeddedRequest, own: Own, state: EmbeddedState) => EmbeddedAnswer;

/** Source: https://docs.gitlab.com/api/branches/ */
const branches: List = (request, { id, byId }, state) => {
  const main = state.projects.find((project) => project.id === id)?.default_branch;
  const rows = state.branches.filter(({ project_id: at }) => at === id);
  const byUpdate = rows.toSorted((a, b) => timeOf(b.sha, byId) - timeOf(a.sha, byId));
  const isByUpdate = request.query.get('sort') === 'updated_desc';
  return pageOf(isByUpdate ? byUpdate : rows, request, (branch) => ({
    name: branch.name,
    commit: commitIn(branch.sha, byId),
    merged: branch.merged ?? false,
    protected: branch.name === main,
    default: branch.name === main,
  }));
};

/** Source: https://docs.gitlab.com/api/tags/ */
const tags: List = (request, { id, byId }, state) => {
  const rows = state.tags
    .filter(({ project_id: at }) => at === id)
    .toSorted((a, b) => timeOf(b.commit, byId) - timeOf(a.commit, byId));
  return pageOf(request.query.get('sort') === 'asc' ? rows.reverse() : rows, request, (tag) => ({
    name: tag.name,
    target: tag.target,
    message: null,
    created_at: null,
    commit: commitIn(tag.commit, byId),
  }));
};

function ofProject(rest: string, list: List): Route {
  return route('GET', new RegExp(`^/projects/([^/]+)/repository/${rest}$`), (request, [part = ''], state) => {
    const own = ownOf(part, state);
    return own === null ? refused(refusals.noProject) : list(request, own, state);
  });
}

export const refRoutes: readonly Route[] = [ofProject('branches', branches), ofProject('tags', tags)];
