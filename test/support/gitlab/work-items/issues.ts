import { projectOf } from '../../../../src/demo/find-pipelines.ts';
import { type EmbeddedAnswer, type EmbeddedRequest, ok, page } from '../../../../src/demo/http.ts';
import { refused } from '../../../../src/demo/refusals.ts';
import { refusals } from '../refusals.ts';
import { accessLevelOf, reporter } from '../roles.ts';
import { type Route, route } from '../route.ts';
import type { EmbeddedIssue, EmbeddedState } from '../state/state.ts';
import { editWorkItem } from './edit-work-item.ts';
import { noteableOf, writerOf } from './find-noteable.ts';
import { issueJson } from './issue-json.ts';
import { listed } from './work-item-json.ts';

/** Source: https://docs.gitlab.com/api/issues/#list-all-project-issues */
function listIssues(
  request: EmbeddedRequest,
  [part = '']: readonly string[],
  state: EmbeddedState,
): EmbeddedAnswer {
  const { query, user } = request;
  const project = projectOf(part, state);
  if (project === null) return refused(refusals.noProject);
  const wanted = query.get('state') ?? 'all';
  const labels = (query.get('labels') ?? '').split(',').filter((label) => label !== '');
  const isOwnOnly = query.get('scope') === 'created_by_me';
  const found = listed(state.issues, project.id, query).filter(
    (issue) =>
      (wanted === 'all' || issue.state === wanted) &&
      (query.get('confidential') !== 'false' || issue.confidential !== true) &&
      labels.every((label) => issue.labels.includes(label)) &&
      (!isOwnOnly || issue.author?.id === user?.id) &&
      !('status' in noteableOf(request, [part, 'issues', String(issue.iid)], state)),
  );
  return page(
    found.map((issue) => issueJson(issue, state)),
    request,
  );
}

/** Source: https://docs.gitlab.com/api/issues/#create-an-issue */
function createIssue(
  request: EmbeddedRequest,
  [part = '']: readonly string[],
  state: EmbeddedState,
): EmbeddedAnswer {
  const project = projectOf(part, state);
  if (project === null) return refused(refusals.noProject);
  const author = writerOf(request);
  if ('status' in author) return author;
  const level = accessLevelOf(author.id, project.id, state);
  if (level === 0) return refused(refusals.roleTooLow);
  const { title, labels, assignee_ids: assignees, confidential, ...body } = request.body;
  if (typeof title !== 'string' || title.trim() === '') return refused(refusals.missingField, 'title');
  if (title.length > 255) return refused(refusals.longTitle);
  const now = new Date().toISOString();
  const ofProject = state.issues.filter(({ project_id: at }) => at === project.id);
  const issue: EmbeddedIssue = {
    project_id: project.id,
    iid: Math.max(0, ...ofProject.map(({ iid }) => iid)) + 1,
    title: title.trim(),
    author,
    state: 'opened',
    confidential: confidential === true || confidential === 'true',
    labels: [],
    notes: [],
    created_at: now,
  };
  // Users below Reporter cannot set labels or assignees.
  const more = level >= reporter ? { labels, assignee_ids: assignees } : {};
  editWorkItem(issue, { ...request, body: { ...body, title: issue.title, ...more } }, state);
  state.issues.push(issue);
  return { status: 201, body: issueJson(issue, state) };
}

/** Users who can edit an issue: reporters, its author and its assignees. */
function mayEdit(issue: EmbeddedIssue, userId: number, state: EmbeddedState): boolean {
  const isTheirs = issue.author?.id === userId || (issue.assignee_ids ?? []).includes(userId);
  return isTheirs || accessLevelOf(userId, issue.project_id, state) >= reporter;
}

function editIssue(request: EmbeddedRequest, issue: EmbeddedIssue, state: EmbeddedState): EmbeddedAnswer {
  const user = writerOf(request);
  if ('status' in user) return user;
  if (!mayEdit(issue, user.id, state)) return refused(refusals.roleTooLow);
  if (!editWorkItem(issue, request, state)) return refused(refusals.nothingToEdit);
  const { state_event: event } = request.body;
  if (event === 'close') issue.state = 'closed';
  if (event === 'reopen') issue.state = 'opened';
  return ok(issueJson(issue, state));
}

/** Source: https://docs.gitlab.com/api/issue_links/ */
function linkIssue(request: EmbeddedRequest, issue: EmbeddedIssue, state: EmbeddedState): EmbeddedAnswer {
  const user = writerOf(request);
  if ('status' in user) return user;
  const project = numberOf(request.body['target_project_id']);
  const iid = numberOf(request.body['target_issue_iid']);
  if (project === null || iid === null)
    return refused(refusals.missingField, 'target_project_id', 'target_issue_iid');
  const found = noteableOf(request, [String(project), 'issues', String(iid)], state);
  if ('status' in found) return found;
  const { item: target } = found;
  if (accessLevelOf(user.id, issue.project_id, state) < reporter) return refused(refusals.linkOutOfReach);
  const ends = [key(issue), key(target)];
  const isLinked = state.issueLinks.some(
    ({ source, target: other }) => ends.includes(source.join()) && ends.includes(other.join()),
  );
  if (isLinked) return refused(refusals.linkedAlready);
  if (ends[0] === ends[1]) return refused(refusals.linkToItself);
  state.nextId += 1;
  state.issueLinks.push({
    id: state.nextId,
    source: [issue.project_id, issue.iid],
    target: [target.project_id, target.iid],
  });
  return { status: 201, body: { source_issue: issueJson(issue, state), link_type: 'relates_to' } };
}

function numberOf(value: unknown): number | null {
  const number = typeof value === 'string' || typeof value === 'number' ? Number(value) : Number.NaN;
  return Number.isInteger(number) ? number : null;
}

function key({ project_id: project, iid }: { readonly project_id: number; readonly iid: number }): string {
  return `${project},${iid}`;
}

function listLinks(request: EmbeddedRequest, issue: EmbeddedIssue, state: EmbeddedState): EmbeddedAnswer {
  const rows = state.issueLinks.flatMap(({ id, source, target }) => {
    const ends = [source.join(), target.join()];
    const other = ends.find((end) => end !== key(issue));
    return ends.includes(key(issue))
      ? state.issues
          .filter((one) => key(one) === other)
          .map((one) => ({ ...issueJson(one, state), issue_link_id: id, link_type: 'relates_to' }))
      : [];
  });
  return page(rows, request);
}

type Answer = (request: EmbeddedRequest, issue: EmbeddedIssue, state: EmbeddedState) => EmbeddedAnswer;

function ofOne(method: string, rest: string, answer: Answer): Route {
  const pattern = new RegExp(`^/projects/([^/]+)/(issues)/(\\d+)${rest}$`);
  return route(method, pattern, (request, parts, state) => {
    const of = noteableOf(request, parts, state);
    if ('status' in of) return of;
    return of.kind === 'Issue' ? answer(request, of.item, state) : refused(refusals.noIssue);
  });
}

export const issueRoutes: readonly Route[] = [
  route('GET', /^\/projects\/([^/]+)\/issues$/, listIssues),
  route('POST', /^\/projects\/([^/]+)\/issues$/, createIssue),
  ofOne('GET', '', (_request, issue, state) => ok(issueJson(issue, state))),
  ofOne('PUT', '', editIssue),
  ofOne('GET', '/links', listLinks),
  ofOne('POST', '/links', linkIssue),
];
