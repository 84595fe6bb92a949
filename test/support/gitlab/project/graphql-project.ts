import * as z from 'zod';
import { type EmbeddedAnswer, type EmbeddedRequest, ok } from '../../../../src/demo/http.ts';
import { refused } from '../../../../src/demo/refusals.ts';
import { byCreation } from '../../../../src/demo/routes-notes.ts';
import type { EmbeddedJob, EmbeddedUser } from '../../../../src/demo/state.ts';
import { ghost } from '../../../../src/demo/user-json.ts';
import { isFromVersion } from '../../../../src/model/gitlab-version.ts';
import { refusals } from '../refusals.ts';
import type {
  EmbeddedDiffFile,
  EmbeddedIssue,
  EmbeddedMergeRequest,
  EmbeddedNote,
  EmbeddedPipeline,
  EmbeddedProject,
  EmbeddedState,
  EmbeddedWorkItem,
} from '../state/state.ts';
import { maySeeNote, noteableOf } from '../work-items/find-noteable.ts';
import { listed } from '../work-items/work-item-json.ts';
import {
  type Connection,
  complexityOf,
  connection,
  type Field,
  parseQuery,
  resolve,
  type Schema,
  type Selection,
  unknownIn,
} from './graphql-query.ts';

type Fields = Readonly<Record<string, Field>>;

/** Times have no parts of a second: `app/graphql/types/time_type.rb`. */
function time(text: string | null | undefined): string | null {
  return text ? new Date(text).toISOString().replace(/\.\d+Z$/, 'Z') : null;
}

const wholeSeconds = (seconds: number | null | undefined): number | null =>
  seconds === null || seconds === undefined ? null : Math.trunc(seconds);

function connectionOf(type: string): Fields {
  return {
    count: { value: ({ count }: Connection) => count },
    nodes: { value: ({ nodes }: Connection) => nodes, type },
    pageInfo: { value: (page: Connection) => page, type: 'PageInfo' },
  };
}

const page = ['first', 'after'];

function linesOf({ diff }: EmbeddedDiffFile, sign: '+' | '-'): number {
  return diff.split('\n').filter((line) => line.startsWith(sign)).length;
}

interface Suite {
  readonly failed: number;
  readonly jobIds: readonly number[];
}

const reportOfTests = z.object({
  test_suites: z.array(z.object({ name: z.string(), failed_count: z.number(), error_count: z.number() })),
});

/** A suite has the name of its jobs, without the numbers of parallel ones: `Ci::Build#test_suite_name`. */
function suitesOf({ test_report: report, jobs }: EmbeddedPipeline): readonly Suite[] {
  const { data } = reportOfTests.safeParse(report);
  const nameOf = ({ name }: EmbeddedJob): string => name.replace(/ \d+\/\d+$/, '');
  return (data?.test_suites ?? []).map(({ name, failed_count: failed, error_count: broken }) => ({
    failed: failed + broken,
    jobIds: jobs.filter((job) => nameOf(job) === name).map(({ id }) => id),
  }));
}

const userFields: Fields = {
  id: { value: ({ id }: EmbeddedUser) => `gid://gitlab/User/${id}` },
  username: { value: ({ username }: EmbeddedUser) => username },
};

/** In the order of `Note.fresh`: `app/finders/notes_finder.rb`. */
function notesByFilter(notes: readonly EmbeddedNote[], { filter }: Selection['args']): EmbeddedNote[] {
  return notes
    .filter(({ system }) => filter !== 'ONLY_COMMENTS' || !system)
    .filter(({ system }) => filter !== 'ONLY_ACTIVITY' || system)
    .sort(byCreation);
}

/** `labelName` names labels of which an issue has each: `app/graphql/resolvers/base_issues_resolver.rb`. */
function issuesBy(
  { labelName: wanted, sort }: Selection['args'],
  projectId: number,
  { issues }: EmbeddedState,
): readonly EmbeddedIssue[] {
  const order = new URLSearchParams({ sort: sort === 'CREATED_ASC' ? 'asc' : 'desc' });
  return listed(issues, projectId, order).filter(
    ({ labels }) => !Array.isArray(wanted) || wanted.every((one) => labels.includes(String(one))),
  );
}

/**
 * The types that a digest and a report ask about, with the names of their fields. Sources: `app/graphql/types/` of
 * GitLab (project_type.rb, ci/pipeline_type.rb, ci/job_type.rb, merge_request_type.rb, issue_type.rb, notes/note_type.rb, countable_connection_type.rb, diff_stats_type.rb), https://docs.gitlab.com/api/graphql/reference/
 */
function schemaOf(request: EmbeddedRequest, state: EmbeddedState): Schema {
  const { user } = request;
  const notesOf = (item: EmbeddedWorkItem, args: Selection['args']): Connection =>
    connection(notesByFilter(item.notes, args), args, (note) => maySeeNote(note, item, { user, state }));
  const project = (id: number): EmbeddedProject | undefined => state.projects.find((one) => one.id === id);
  const pipelinesOf = ({ id }: EmbeddedProject, asked: Selection['args']): readonly EmbeddedPipeline[] => {
    const { updatedAfter: since, status: wanted } = asked;
    const isSince = (at: string | undefined): boolean =>
      typeof since !== 'string' || at === undefined || Date.parse(at) >= Date.parse(since);
    return state.pipelines
      .filter(({ project_id: at, source }) => at === id && source !== 'parent_pipeline')
      .filter(
        ({ updated_at: at, status }) =>
          isSince(at) && (wanted ?? status.toUpperCase()) === status.toUpperCase(),
      )
      .sort((a, b) => b.id - a.id);
  };
  const notesField: Field = {
    value: notesOf,
    type: 'NoteConnection',
    args: isFromVersion(state.version, 16, 6) ? [...page, 'filter'] : page,
    values: { filter: ['ALL_NOTES', 'ONLY_COMMENTS', 'ONLY_ACTIVITY'] },
    cost: 'resolver',
  };
  return {
    Query: {
      project: {
        value: (_root: unknown, { fullPath }) =>
          state.projects.find((one) => one.path_with_namespace === fullPath),
        type: 'Project',
        args: ['fullPath'],
      },
      currentUser: { value: () => user, type: 'CurrentUser' },
    },
    CurrentUser: userFields,
    PageInfo: {
      hasNextPage: { value: ({ hasNextPage }: Connection) => hasNextPage },
      endCursor: { value: ({ endCursor }: Connection) => endCursor },
    },
    Project: {
      id: { value: ({ id }: EmbeddedProject) => `gid://gitlab/Project/${id}` },
      pipelines: {
        value: (of: EmbeddedProject, args) => connection(pipelinesOf(of, args), args),
        type: 'PipelineConnection',
        args: [...page, 'updatedAfter', 'status'],
        cost: 'resolver',
      },
      mergeRequests: {
        value: ({ id }: EmbeddedProject, args) => {
          const iids: unknown = args['iids'];
          const isWanted = ({ iid }: EmbeddedMergeRequest): boolean =>
            Array.isArray(iids) && iids.includes(String(iid));
          return connection(
            state.mergeRequests.filter((mr) => mr.project_id === id && isWanted(mr)),
            args,
          );
        },
        type: 'MergeRequestConnection',
        args: [...page, 'iids'],
        cost: 'resolver-by-iids',
      },
      mergeRequest: {
        value: ({ id }: EmbeddedProject, { iid: wanted }) =>
          state.mergeRequests.find(({ project_id: at, iid }) => at === id && String(iid) === wanted),
        type: 'MergeRequest',
        args: ['iid'],
      },
      issues: {
        value: ({ id }: EmbeddedProject, args) =>
          connection(
            issuesBy(args, id, state).filter(
              ({ iid }) => !('status' in noteableOf(request, [String(id), 'issues', String(iid)], state)),
            ),
            args,
          ),
        type: 'IssueConnection',
        args: [...page, 'labelName', 'sort'],
        values: { sort: ['CREATED_ASC', 'CREATED_DESC'] },
        cost: 'resolver-sorted',
      },
    },
    IssueConnection: connectionOf('Issue'),
    Issue: {
      iid: { value: ({ iid }: EmbeddedIssue) => String(iid) },
      description: { value: ({ description }: EmbeddedIssue) => description },
      author: { value: ({ author }: EmbeddedIssue) => author ?? ghost, type: 'UserCore' },
      notes: notesField,
    },
    PipelineConnection: connectionOf('Pipeline'),
    Pipeline: {
      id: { value: ({ id }: EmbeddedPipeline) => `gid://gitlab/Ci::Pipeline/${id}` },
      status: { value: ({ status }: EmbeddedPipeline) => status.toUpperCase() },
      source: { value: ({ source }: EmbeddedPipeline) => source },
      ref: { value: ({ ref }: EmbeddedPipeline) => ref },
      sha: { value: ({ sha }: EmbeddedPipeline) => sha },
      createdAt: { value: ({ created_at: at }: EmbeddedPipeline) => time(at) },
      updatedAt: { value: ({ updated_at: at, created_at: made }: EmbeddedPipeline) => time(at ?? made) },
      project: { value: ({ project_id: id }: EmbeddedPipeline) => project(id), type: 'Project' },
      testReportSummary: {
        value: (pipeline: EmbeddedPipeline) => pipeline,
        type: 'TestReportSummary',
        cost: 'resolver',
      },
      downstream: {
        value: ({ bridges = [] }: EmbeddedPipeline, args) =>
          connection(
            bridges.flatMap(({ downstream_id: id }) => state.pipelines.find((one) => one.id === id) ?? []),
            args,
          ),
        type: 'PipelineConnection',
        args: page,
      },
      jobs: {
        value: ({ jobs }: EmbeddedPipeline, args) =>
          connection(
            jobs.toSorted((a, b) => b.id - a.id),
            args,
          ),
        type: 'CiJobConnection',
        args: [...page, 'jobKind'],
        cost: 'resolver',
      },
    },
    TestReportSummary: {
      testSuites: {
        value: (pipeline: EmbeddedPipeline, args) => connection(suitesOf(pipeline), args),
        type: 'TestSuiteSummaryConnection',
        args: page,
      },
    },
    TestSuiteSummaryConnection: connectionOf('TestSuiteSummary'),
    TestSuiteSummary: {
      failedCount: { value: ({ failed }: Suite) => failed },
      errorCount: { value: () => 0 },
      buildIds: { value: ({ jobIds }: Suite) => jobIds.map(String) },
    },
    CiJobConnection: connectionOf('CiJob'),
    CiJob: {
      id: { value: ({ id }: EmbeddedJob) => `gid://gitlab/Ci::Build/${id}` },
      name: { value: ({ name }: EmbeddedJob) => name },
      stage: { value: ({ stage }: EmbeddedJob) => ({ name: stage }), type: 'CiStage' },
      status: { value: ({ status }: EmbeddedJob) => status.toUpperCase() },
      allowFailure: { value: ({ allow_failure: may }: EmbeddedJob) => may },
      createdAt: { value: ({ created_at: at }: EmbeddedJob) => time(at) },
      startedAt: { value: ({ started_at: at }: EmbeddedJob) => time(at) },
      finishedAt: { value: ({ finished_at: at }: EmbeddedJob) => time(at) },
      duration: { value: ({ duration }: EmbeddedJob) => wholeSeconds(duration) },
      queuedDuration: { value: ({ queued_duration: seconds }: EmbeddedJob) => seconds },
      coverage: { value: ({ coverage }: EmbeddedJob) => coverage },
    },
    CiStage: { name: { value: ({ name }: { readonly name: string }) => name } },
    MergeRequestConnection: connectionOf('MergeRequest'),
    MergeRequest: {
      iid: { value: ({ iid }: EmbeddedMergeRequest) => String(iid) },
      notes: notesField,
      commits: {
        value: ({ commits, sha, created_at: at }: EmbeddedMergeRequest, args) =>
          connection<object>(commits ?? [{ id: sha, authored_date: at }], args),
        type: 'CommitConnection',
        args: page,
        cost: 'gitaly',
      },
      diffStats: {
        value: ({ diff }: EmbeddedMergeRequest) => diff?.files ?? [],
        type: 'DiffStats',
        cost: 'gitaly',
      },
    },
    NoteConnection: connectionOf('Note'),
    Note: {
      id: { value: ({ id, type }: EmbeddedNote) => `gid://gitlab/${type ?? 'Note'}/${id}` },
      updatedAt: { value: ({ updated_at: at }: EmbeddedNote) => time(at) },
      body: { value: ({ body }: EmbeddedNote) => body },
      system: { value: ({ system }: EmbeddedNote) => system },
      createdAt: { value: ({ created_at: at }: EmbeddedNote) => time(at) },
      author: { value: ({ author }: EmbeddedNote) => author, type: 'UserCore' },
    },
    UserCore: userFields,
    CommitConnection: connectionOf('Commit'),
    Commit: {
      authoredDate: { value: ({ authored_date: at }: { readonly authored_date?: string }) => time(at) },
    },
    DiffStats: {
      path: { value: ({ new_path: path }: EmbeddedDiffFile) => path },
      additions: { value: (file: EmbeddedDiffFile) => linesOf(file, '+') },
      deletions: { value: (file: EmbeddedDiffFile) => linesOf(file, '-') },
    },
  };
}

/** `GitlabSchema::AUTHENTICATED_MAX_COMPLEXITY`: `app/graphql/gitlab_schema.rb`. */
const maxComplexity = 250;

/** What a question about a project gives. */
export function answerAboutProject(request: EmbeddedRequest, state: EmbeddedState): EmbeddedAnswer {
  const query = request.query.get('query') ?? '';
  const schema = schemaOf(request, state);
  const fields = parseQuery(query);
  const unknown = unknownIn(fields, 'Query', schema);
  if (unknown !== null) return refused(refusals.unknownGraphqlField, unknown);
  const complexity = complexityOf(fields, 'Query', schema);
  if (complexity > maxComplexity)
    return refused(refusals.queryTooComplex, String(complexity), String(maxComplexity));
  return ok({ data: resolve({}, fields, { type: 'Query', schema }) });
}
