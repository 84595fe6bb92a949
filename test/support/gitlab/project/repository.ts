import { projectOf } from '../../../../src/demo/find-pipelines.ts';
import { type EmbeddedAnswer, type EmbeddedRequest, ok } from '../../../../src/demo/http.ts';
import { refused } from '../../../../src/demo/refusals.ts';
import { refusals } from '../refusals.ts';
import { type Route, route } from '../route.ts';
import type { EmbeddedFile } from '../state/repository.ts';
import type { EmbeddedState } from '../state/state.ts';

function fileAt(
  { query }: EmbeddedRequest,
  [part = '', path = '']: readonly string[],
  state: EmbeddedState,
): EmbeddedFile | undefined {
  const project = projectOf(part, state);
  const branch = state.projects.find(({ id }) => id === project?.id)?.default_branch ?? '';
  const wanted = query.get('ref') ?? 'HEAD';
  const ref = wanted === 'HEAD' ? branch : wanted.replace(/^refs\/heads\//, '');
  return state.files.find((one) => one.project_id === project?.id && one.ref === ref && one.path === path);
}

/** `lib/api/validations/validators/file_path.rb` of GitLab */
function isNoPath(path = ''): boolean {
  return path.startsWith('/') || path.split('/').includes('..');
}

/** Job tokens read raw files only: `route_setting :authentication` of `lib/api/files.rb`. */
function withFile(
  { request, parts, state }: { request: EmbeddedRequest; parts: readonly string[]; state: EmbeddedState },
  answer: (file: EmbeddedFile) => EmbeddedAnswer,
): EmbeddedAnswer {
  if (request.token?.kind === 'job') return refused(refusals.jobToken);
  if (isNoPath(parts[1])) return refused(refusals.noFilePath);
  const file = fileAt(request, parts, state);
  return file === undefined ? refused(refusals.noFile) : answer(file);
}

function blameOf(
  { blame = [], project_id: of }: EmbeddedFile,
  line: number,
  { commits }: EmbeddedState,
): EmbeddedAnswer {
  const commit = commits.find(({ project_id: at, id }) => at === of && id === blame[line - 1]);
  if (commit === undefined) return ok([]);
  const { id, parent_ids, title, message = `${title}\n`, author_name, author_email, created_at } = commit;
  const authored_date = commit.authored_date ?? created_at;
  const shown = { id, parent_ids, message, authored_date, author_name, author_email };
  return ok([{ commit: { ...shown, committed_date: created_at }, lines: ['a line'] }]);
}

/** A project and the files of its repository. Source: https://docs.gitlab.com/api/repository_files/ */
export const repositoryRoutes: readonly Route[] = [
  route('GET', /^\/projects\/([^/]+)$/, (_request, [part = ''], state) => {
    const at = projectOf(part, state)?.id;
    const project = state.projects.find(({ id }) => id === at);
    return project === undefined
      ? refused(refusals.noProject)
      : ok({ ...project, web_url: `__ORIGIN__/${project.path_with_namespace}` });
  }),
  route('HEAD', /^\/projects\/([^/]+)\/repository\/files\/([^/]+)$/, (request, parts, state) =>
    withFile({ request, parts, state }, () => ({ status: 200, body: '' })),
  ),
  route('GET', /^\/projects\/([^/]+)\/repository\/files\/([^/]+)\/blame$/, (request, parts, state) =>
    withFile({ request, parts, state }, (file) => {
      const [start, end] = ['start', 'end'].map((name) => Number(request.query.get(`range[${name}]`)));
      return start === undefined || end === undefined || start > end
        ? refused(refusals.blameRange)
        : blameOf(file, start, state);
    }),
  ),
  route('GET', /^\/projects\/([^/]+)\/repository\/files\/([^/]+)\/raw$/, (request, parts, state) => {
    const file = fileAt(request, parts, state);
    if (file === undefined) return refused(refusals.noFile);
    const { content: body, last_commit_id: commit } = file;
    const headers: Record<string, string> = { 'content-type': 'text/plain' };
    if (commit !== undefined) headers['x-gitlab-last-commit-id'] = commit;
    return { status: 200, body, headers };
  }),
];
