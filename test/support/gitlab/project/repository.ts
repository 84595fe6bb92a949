import { projectOf } from '../../../../src/demo/find-pipelines.ts';
import { ok } from '../../../../src/demo/http.ts';
import { refused } from '../../../../src/demo/refusals.ts';
import { refusals } from '../refusals.ts';
import { type Route, route } from '../route.ts';

/** A project and the raw files of its repository. Source: https://docs.gitlab.com/api/repository_files/ */
export const repositoryRoutes: readonly Route[] = [
  route('GET', /^\/projects\/([^/]+)$/, (_request, [part = ''], state) => {
    const at = projectOf(part, state)?.id;
    const project = state.projects.find(({ id }) => id === at);
    return project === undefined
      ? refused(refusals.noProject)
      : ok({ ...project, web_url: `__ORIGIN__/${project.path_with_namespace}` });
  }),
  route('GET', /^\/projects\/([^/]+)\/repository\/files\/([^/]+)\/raw$/, (request, parts, state) => {
    const [part = '', path = ''] = parts;
    const project = projectOf(part, state);
    const branch = state.projects.find(({ id }) => id === project?.id)?.default_branch ?? '';
    const wanted = request.query.get('ref') ?? 'HEAD';
    const ref = wanted === 'HEAD' ? branch : wanted.replace(/^refs\/heads\//, '');
    const file = state.files.find(
      (one) => one.project_id === project?.id && one.ref === ref && one.path === path,
    );
    if (file === undefined) return refused(refusals.noFile);
    const { content: body, last_commit_id: commit } = file;
    const headers: Record<string, string> = { 'content-type': 'text/plain' };
    if (commit !== undefined) headers['x-gitlab-last-commit-id'] = commit;
    return { status: 200, body, headers };
  }),
];
