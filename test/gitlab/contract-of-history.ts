import type { HistoryPages } from '../../src/gitlab/ports/history.ts';
import type { GitLab } from '../../src/gitlab/ports/port.ts';
import { aJobAnswer, aMergeRequestAnswer, aPipelineAnswer, origin } from './connect-for-test.ts';

const api = '/api/v4/projects/42';
const of = { id: 42, url: `${origin}/shop/checkout`, path: 'shop/checkout' };
const since = Date.parse('2026-03-02T10:00:00Z');
const sinceText = '2026-03-02T10%3A00%3A00.000Z';
const at = '2026-03-04T10:00:00.000Z';
const sha = '4f2b9c1d7e8a6053b1c2d3e4f5a6b7c8d9e0f1a2';

/** Every row of a list. */
export async function rowsOf<Row>(pages: HistoryPages<Row>): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for await (const page of pages) rows.push(...page.rows);
  return rows;
}

/** A question of GraphQL as it is sent: form encoding, in which spaces are pluses. */
function graphql(query: string): string {
  return `GET /api/graphql?${new URLSearchParams({ query }).toString()}`;
}

export const historyCalls: readonly {
  readonly name: string;
  readonly call: (gitlab: GitLab) => Promise<unknown>;
  readonly sent: { readonly request: string; readonly body: unknown };
  readonly answer: readonly [number, unknown];
}[] = [
  {
    name: 'fetchDeploymentPages',
    call: (gitlab) => rowsOf(gitlab.fetchDeploymentPages(of, since)),
    sent: {
      request: `GET ${api}/deployments?updated_after=${sinceText}&order_by=updated_at&sort=desc&per_page=100`,
      body: '',
    },
    answer: [200, [{ id: 1, ref: 'main', sha, status: 'success', created_at: at, updated_at: at }]],
  },
  {
    name: 'fetchEnvironmentPages',
    call: (gitlab) => rowsOf(gitlab.fetchEnvironmentPages(of)),
    sent: { request: `GET ${api}/environments?per_page=100`, body: '' },
    answer: [200, [{ id: 1, name: 'production', tier: 'production' }]],
  },
  {
    name: 'fetchMergeRequestPages',
    call: (gitlab) => rowsOf(gitlab.fetchMergeRequestPages(of, since)),
    sent: {
      request: `GET ${api}/merge_requests?scope=all&state=all&order_by=updated_at&sort=desc&updated_after=${sinceText}&per_page=100`,
      body: '',
    },
    answer: [200, [aMergeRequestAnswer({ created_at: at })]],
  },
  {
    name: 'fetchOpenMergeRequestPages',
    call: (gitlab) => rowsOf(gitlab.fetchOpenMergeRequestPages(of)),
    sent: {
      request: `GET ${api}/merge_requests?scope=all&state=opened&order_by=created_at&sort=asc&per_page=100`,
      body: '',
    },
    answer: [200, [aMergeRequestAnswer({ created_at: at })]],
  },
  {
    name: 'fetchMergeRequestEventPages',
    call: (gitlab) => rowsOf(gitlab.fetchMergeRequestEventPages(of, 17)),
    sent: {
      request: `GET ${api}/merge_requests/17/notes?order_by=created_at&sort=asc&per_page=100`,
      body: '',
    },
    answer: [200, []],
  },
  {
    name: 'fetchMergeRequestCommitPages',
    call: (gitlab) => rowsOf(gitlab.fetchMergeRequestCommitPages(of, 17)),
    sent: { request: `GET ${api}/merge_requests/17/commits?per_page=100`, body: '' },
    answer: [200, [{ id: sha, authored_date: at }]],
  },
  {
    name: 'fetchIssuePages',
    call: (gitlab) => rowsOf(gitlab.fetchIssuePages(of, since)),
    sent: {
      request: `GET ${api}/issues?scope=all&state=all&confidential=false&order_by=updated_at&sort=desc&updated_after=${sinceText}&per_page=100`,
      body: '',
    },
    answer: [200, []],
  },
  {
    name: 'fetchOpenIssuePages',
    call: (gitlab) => rowsOf(gitlab.fetchOpenIssuePages(of)),
    sent: {
      request: `GET ${api}/issues?scope=all&state=opened&confidential=false&order_by=created_at&sort=asc&per_page=100`,
      body: '',
    },
    answer: [200, []],
  },
  {
    name: 'fetchJobPages',
    call: (gitlab) => rowsOf(gitlab.fetchJobPages(of)),
    sent: {
      request: `GET ${api}/jobs?pagination=keyset&order_by=id&sort=desc&per_page=100`,
      body: '',
    },
    answer: [200, [aJobAnswer()]],
  },
  {
    name: 'fetchPipelineJobPages',
    call: (gitlab) => rowsOf(gitlab.fetchPipelineJobPages(of, 1001)),
    sent: { request: `GET ${api}/pipelines/1001/jobs?include_retried=true&per_page=100`, body: '' },
    answer: [200, [aJobAnswer()]],
  },
  {
    name: 'fetchFailedJobPages',
    call: (gitlab) => rowsOf(gitlab.fetchFailedJobPages(of)),
    sent: {
      request: `GET ${api}/jobs?scope=failed&pagination=keyset&order_by=id&sort=desc&per_page=100`,
      body: '',
    },
    answer: [200, [aJobAnswer()]],
  },
  {
    name: 'fetchPipelineWithJobsPages',
    call: (gitlab) =>
      rowsOf(gitlab.fetchPipelineWithJobsPages(of, { changedSince: since, pageSize: () => 20 })),
    sent: {
      request: graphql(
        '{project(fullPath:"shop/checkout"){pipelines(updatedAfter:"2026-03-02T10:00:00.000Z" first:20){nodes{id status source ref sha createdAt updatedAt downstream(first:20){nodes{project{id}}pageInfo{hasNextPage}} jobs(jobKind:BUILD first:100){nodes{id name stage{name}status allowFailure createdAt startedAt finishedAt duration queuedDuration coverage}pageInfo{hasNextPage}}}pageInfo{hasNextPage endCursor}}}}',
      ),
      body: '',
    },
    answer: [
      200,
      { data: { project: { pipelines: { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } } } } },
    ],
  },
  {
    name: 'fetchFailedSuitePages',
    call: (gitlab) => rowsOf(gitlab.fetchFailedSuitePages(of, since)),
    sent: {
      request: graphql(
        '{project(fullPath:"shop/checkout"){pipelines(updatedAfter:"2026-03-02T10:00:00.000Z" status:FAILED first:100){nodes{testReportSummary{testSuites(first:100){nodes{failedCount errorCount buildIds}}}}pageInfo{hasNextPage endCursor}}}}',
      ),
      body: '',
    },
    answer: [
      200,
      { data: { project: { pipelines: { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } } } } },
    ],
  },
  {
    name: 'fetchMergeRequestBatch',
    call: (gitlab) => gitlab.fetchMergeRequestBatch(of, [17, 18]),
    sent: {
      request: graphql(
        '{project(fullPath:"shop/checkout"){mergeRequests(iids:["17" "18"] first:100){nodes{iid notes(first:100){nodes{body system createdAt author{username}}pageInfo{hasNextPage}}commits(first:100){nodes{authoredDate}pageInfo{hasNextPage}}diffStats{path additions deletions}}}}}',
      ),
      body: '',
    },
    answer: [200, { data: { project: { mergeRequests: { nodes: [] } } } }],
  },
  {
    name: 'fetchPipelinePages',
    call: (gitlab) => rowsOf(gitlab.fetchPipelinePages(of, since)),
    sent: {
      request: `GET ${api}/pipelines?updated_after=${sinceText}&order_by=updated_at&sort=desc&per_page=100`,
      body: '',
    },
    answer: [200, [aPipelineAnswer()]],
  },
  {
    name: 'fetchCommitPages',
    call: (gitlab) => rowsOf(gitlab.fetchCommitPages(of, { ref: 'release/1', since })),
    sent: {
      request: `GET ${api}/repository/commits?ref_name=release%2F1&since=${sinceText}&with_stats=true&per_page=100`,
      body: '',
    },
    answer: [200, [{ id: sha, created_at: at }]],
  },
  {
    name: 'fetchBranchPages',
    call: (gitlab) => rowsOf(gitlab.fetchBranchPages(of)),
    sent: { request: `GET ${api}/repository/branches?sort=updated_desc&per_page=100`, body: '' },
    answer: [200, [{ name: 'main', commit: { committed_date: at } }]],
  },
  {
    name: 'fetchTagPages',
    call: (gitlab) => rowsOf(gitlab.fetchTagPages(of)),
    sent: { request: `GET ${api}/repository/tags?order_by=updated&sort=desc&per_page=100`, body: '' },
    answer: [200, [{ name: 'v1', target: sha, commit: { id: sha, created_at: at } }]],
  },
  {
    name: 'fetchReleasePages',
    call: (gitlab) => rowsOf(gitlab.fetchReleasePages(of)),
    sent: { request: `GET ${api}/releases?order_by=released_at&sort=desc&per_page=100`, body: '' },
    answer: [200, [{ tag_name: 'v1', released_at: at }]],
  },
  {
    name: 'fetchProjectPagesOfGroup',
    call: (gitlab) => rowsOf(gitlab.fetchProjectPagesOfGroup('shop/tills')),
    sent: {
      request:
        'GET /api/v4/groups/shop%2Ftills/projects?include_subgroups=true&archived=false&with_shared=false&order_by=id&sort=asc&per_page=100',
      body: '',
    },
    answer: [200, [{ id: 42, path_with_namespace: 'shop/tills/a', web_url: of.url }]],
  },
];
