import nock from 'nock';
import { beforeEach, describe, expect, test } from 'vitest';
import type { GitLab } from '../../src/gitlab/ports/port.ts';
import type { CommitStatus } from '../../src/model/write.ts';
import { version } from '../../src/version.ts';
import {
  aJobAnswer,
  aMergeRequestAnswer,
  aNoteAnswer,
  aPipelineAnswer,
  canary,
  connect,
  connectAsJob,
  mergeRequest,
  notesAddress,
  origin,
} from './connect-for-test.ts';
import { botCalls } from './contract-of-bot.ts';
import { historyCalls } from './contract-of-history.ts';
import { releaseCalls } from './contract-of-releases.ts';
import { setupCalls } from './contract-of-setup.ts';

/** What is sent, exactly: method, path with query, body. */
interface Sent {
  readonly request: string;
  readonly body: unknown;
}

const sha = '4f2b9c1d7e8a6053b1c2d3e4f5a6b7c8d9e0f1a2';
const job = { projectId: 42, jobId: 501 };
const ofRef = { projectId: 42, ref: 'feature/x', jobName: 'unit tests' };
const status: CommitStatus = {
  projectId: 42,
  sha,
  pipelineId: 1001,
  name: 'herald/report',
  state: 'skipped',
  description: '3 new failures',
  targetUrl: 'https://gitlab.example.com/shop/checkout/-/jobs/1',
};
const listing = 'order_by=created_at&activity_filter=only_comments&per_page=100';

const calls: readonly {
  readonly name: string;
  readonly call: (gitlab: GitLab) => Promise<unknown>;
  readonly sent: Sent;
  readonly answer: readonly [number, unknown];
}[] = [
  {
    name: 'fetchCurrentUser',
    call: (gitlab) => gitlab.fetchCurrentUser(),
    sent: { request: 'GET /api/v4/user', body: '' },
    answer: [200, { id: 7, username: 'herald-bot', name: 'Herald' }],
  },
  {
    name: 'fetchNotePage',
    call: (gitlab) => gitlab.fetchNotePage(mergeRequest, 1),
    sent: { request: `GET ${notesAddress}?sort=asc&${listing}`, body: '' },
    answer: [200, [aNoteAnswer()]],
  },
  {
    name: 'fetchNote',
    call: (gitlab) => gitlab.fetchNote(mergeRequest, 301),
    sent: { request: `GET ${notesAddress}/301`, body: '' },
    answer: [200, aNoteAnswer()],
  },
  {
    name: 'createNote in a project that is known by its path',
    call: (gitlab) => gitlab.createNote({ project: 'shop/till.js', iid: 17 }, '**Failed**\n'),
    sent: {
      request: 'POST /api/v4/projects/shop%2Ftill.js/merge_requests/17/notes',
      body: { body: '**Failed**\n' },
    },
    answer: [201, aNoteAnswer()],
  },
  {
    name: 'updateNote',
    call: (gitlab) => gitlab.updateNote(mergeRequest, 301, 'new_body'),
    sent: { request: `PUT ${notesAddress}/301`, body: { body: 'new_body' } },
    answer: [200, aNoteAnswer()],
  },
  {
    name: 'deleteNote',
    call: (gitlab) => gitlab.deleteNote(mergeRequest, 301),
    sent: { request: `DELETE ${notesAddress}/301`, body: '' },
    answer: [204, ''],
  },
  {
    name: 'setStatus',
    call: (gitlab) => gitlab.setStatus(status),
    sent: {
      request: `POST /api/v4/projects/42/statuses/${sha}`,
      body: {
        state: 'skipped',
        name: 'herald/report',
        description: '3 new failures',
        target_url: 'https://gitlab.example.com/shop/checkout/-/jobs/1',
        pipeline_id: 1001,
      },
    },
    answer: [201, { id: 1, status: 'skipped' }],
  },
  {
    name: 'fetchOpenStatuses',
    call: (gitlab) => gitlab.fetchOpenStatuses(42, sha),
    sent: {
      request: `GET /api/v4/projects/42/repository/commits/${sha}/statuses?per_page=100`,
      body: '',
    },
    answer: [200, [{ name: 'herald/tests', status: 'running', pipeline_id: 1001 }]],
  },
  {
    name: 'changeLabels',
    call: (gitlab) => gitlab.changeLabels(mergeRequest, { add: ['a', 'b'], remove: ['c'] }),
    sent: {
      request: 'PUT /api/v4/projects/42/merge_requests/17',
      body: { add_labels: 'a,b', remove_labels: 'c' },
    },
    answer: [200, aMergeRequestAnswer()],
  },
  {
    name: 'fetchMergeRequest',
    call: (gitlab) => gitlab.fetchMergeRequest(mergeRequest),
    sent: { request: 'GET /api/v4/projects/42/merge_requests/17', body: '' },
    answer: [200, aMergeRequestAnswer()],
  },
  {
    name: 'fetchOpenMergeRequestsOfCommit',
    call: (gitlab) => gitlab.fetchOpenMergeRequestsOfCommit(42, sha),
    sent: {
      request: `GET /api/v4/projects/42/repository/commits/${sha}/merge_requests?state=opened&per_page=100`,
      body: '',
    },
    answer: [200, [aMergeRequestAnswer()]],
  },
  {
    name: 'fetchLabelEvents',
    call: (gitlab) => gitlab.fetchLabelEvents(mergeRequest),
    sent: {
      request: 'GET /api/v4/projects/42/merge_requests/17/resource_label_events?per_page=100',
      body: '',
    },
    answer: [200, [{ action: 'add', user: { username: 'ada' }, label: { name: 'herald::allow-failures' } }]],
  },
  {
    name: 'fetchRootPipeline',
    call: (gitlab) => gitlab.fetchRootPipeline({ id: 42, path: 'shop/checkout' }, 1001),
    sent: {
      request:
        'GET /api/graphql?query=%7Bproject%28fullPath%3A%22shop%2Fcheckout%22%29%7Bpipeline%28id%3A%22gid%3A%2F%2Fgitlab%2FCi%3A%3APipeline%2F1001%22%29%7Bupstream%7Bid+project%7Bid%7D+upstream%7Bid+project%7Bid%7D%7D%7D%7D%7D%7D',
      body: '',
    },
    answer: [200, { data: { project: { pipeline: { upstream: null } } } }],
  },
  {
    name: 'fetchPipelines',
    call: (gitlab) => gitlab.fetchPipelines(42, { ref: 'release/1.0', perPage: 5 }),
    sent: {
      request: 'GET /api/v4/projects/42/pipelines?ref=release%2F1.0&order_by=id&sort=desc&page=1&per_page=5',
      body: '',
    },
    answer: [200, [aPipelineAnswer()]],
  },
  {
    name: 'fetchNewestJobs',
    call: (gitlab) => gitlab.fetchNewestJobs(42, 1001),
    sent: {
      request: 'GET /api/v4/projects/42/pipelines/1001/jobs?include_retried=true&per_page=100',
      body: '',
    },
    answer: [200, [aJobAnswer()]],
  },
  {
    name: 'fetchRange',
    call: (gitlab) => gitlab.fetchRange(42, { from: 'release/1.0', to: sha }),
    sent: {
      request: `GET /api/v4/projects/42/repository/compare?from=release%2F1.0&to=${sha}`,
      body: '',
    },
    answer: [200, { commits: [{ id: sha, title: 'a' }], diffs: [], compare_timeout: false }],
  },
  {
    name: 'fetchBlame',
    call: (gitlab) => gitlab.fetchBlame({ project: 42, path: 'src/ä b.ts', ref: sha }, 12),
    sent: {
      request: `GET /api/v4/projects/42/repository/files/src%2F%C3%A4%20b.ts/blame?ref=${sha}&range%5Bstart%5D=12&range%5Bend%5D=12`,
      body: '',
    },
    answer: [200, [{ commit: { id: sha, message: 'Add\n\nall', author_name: 'Ada' }, lines: ['x'] }]],
  },
  {
    name: 'fetchMergeRequestOfCommit',
    call: (gitlab) => gitlab.fetchMergeRequestOfCommit(42, sha),
    sent: { request: `GET /api/v4/projects/42/repository/commits/${sha}/merge_requests`, body: '' },
    answer: [200, []],
  },
  {
    name: 'hasFile',
    call: (gitlab) => gitlab.hasFile({ project: 42, path: 'ci/.herald.yml', ref: 'release/1' }),
    sent: { request: 'HEAD /api/v4/projects/42/repository/files/ci%2F.herald.yml?ref=release%2F1', body: '' },
    answer: [200, ''],
  },
  {
    name: 'fetchAncestors',
    call: (gitlab) => gitlab.fetchAncestors(42, sha),
    sent: {
      request: `GET /api/v4/projects/42/repository/commits?ref_name=${sha}&per_page=100`,
      body: '',
    },
    answer: [200, [{ id: sha, parent_ids: [] }]],
  },
  {
    name: 'fetchJobsOfCommit of a job of a matrix',
    call: (gitlab) => gitlab.fetchJobsOfCommit(42, { sha, ref: 'release/1.0', jobName: 'herald: [a, b]' }),
    sent: {
      request: `GET /api/v4/projects/42/repository/commits/${sha}/statuses?ref=release%2F1.0&name=herald%3A+%5Ba%2C+b%5D&all=true&per_page=100`,
      body: '',
    },
    answer: [200, [{ id: 501, status: 'success' }]],
  },
  {
    name: 'fetchRawDiff',
    call: (gitlab) => gitlab.fetchRawDiff(mergeRequest, 1000),
    sent: { request: 'GET /api/v4/projects/42/merge_requests/17/raw_diffs', body: '' },
    answer: [200, 'diff --git a/x b/x'],
  },
  {
    name: 'fetchDiffList',
    call: (gitlab) => gitlab.fetchDiffList(mergeRequest),
    sent: { request: 'GET /api/v4/projects/42/merge_requests/17/diffs?per_page=100', body: '' },
    answer: [200, [{ old_path: 'a', new_path: 'a', diff: '@@ -1 +1 @@' }]],
  },
  {
    name: 'fetchTestReport',
    call: (gitlab) => gitlab.fetchTestReport(42, 1001),
    sent: { request: 'GET /api/v4/projects/42/pipelines/1001/test_report', body: '' },
    answer: [200, { total_count: 0, test_suites: [] }],
  },
  {
    name: 'fetchArtifactFile',
    call: (gitlab) => gitlab.fetchArtifactFile(job, 'out put/ä#1.xml', 1000),
    sent: { request: 'GET /api/v4/projects/42/jobs/501/artifacts/out%20put/%C3%A4%231.xml', body: '' },
    answer: [200, '<xml/>'],
  },
  {
    name: 'fetchArtifactFileOfRef',
    call: (gitlab) => gitlab.fetchArtifactFileOfRef(ofRef, 'out/herald-report.json', 1000),
    sent: {
      request: 'GET /api/v4/projects/42/jobs/artifacts/feature%2Fx/raw/out/herald-report.json?job=unit+tests',
      body: '',
    },
    answer: [200, '{}'],
  },
  {
    name: 'fetchProject',
    call: (gitlab) => gitlab.fetchProject('shop/checkout'),
    sent: { request: 'GET /api/v4/projects/shop%2Fcheckout', body: '' },
    answer: [200, { id: 42, path_with_namespace: 'shop/checkout', web_url: `${origin}/shop/checkout` }],
  },
  {
    name: 'fetchFile',
    call: (gitlab) => gitlab.fetchFile({ project: 42, path: 'ci/.herald.yml', ref: 'release/1' }, 1000),
    sent: {
      request: 'GET /api/v4/projects/42/repository/files/ci%2F.herald.yml/raw?ref=release%2F1',
      body: '',
    },
    answer: [200, 'key: a'],
  },
  {
    name: 'fetchRecentComments',
    call: (gitlab) => gitlab.fetchRecentComments(42, new Date('2026-03-02T10:00:00Z')),
    sent: {
      request: 'GET /api/v4/projects/42/events?action=commented&after=2026-03-01&sort=desc&per_page=100',
      body: '',
    },
    answer: [200, []],
  },
  {
    name: 'fetchWork',
    call: (gitlab) => gitlab.fetchWork(42, { kind: 'issue', state: 'all', since: new Date(0), max: 50 }),
    sent: {
      request:
        'GET /api/v4/projects/42/issues?scope=all&state=all&order_by=updated_at&sort=desc&updated_after=1970-01-01T00%3A00%3A00.000Z&per_page=100',
      body: '',
    },
    answer: [200, []],
  },
  {
    name: 'fetchOwnProjects',
    call: (gitlab) => gitlab.fetchOwnProjects(),
    sent: {
      request: 'GET /api/v4/projects?membership=true&archived=false&order_by=id&sort=asc&per_page=100',
      body: '',
    },
    answer: [200, []],
  },
  {
    name: 'fetchVersionedFile',
    call: (gitlab) => gitlab.fetchVersionedFile({ project: 42, path: '.herald.yml', ref: 'main' }, 1000),
    sent: {
      request: 'GET /api/v4/projects/42/repository/files/.herald.yml/raw?ref=main',
      body: '',
    },
    answer: [200, 'key: a'],
  },
  {
    name: 'fetchMergeRequestWithHead',
    call: (gitlab) => gitlab.fetchMergeRequestWithHead(mergeRequest),
    sent: { request: 'GET /api/v4/projects/42/merge_requests/17', body: '' },
    answer: [200, aMergeRequestAnswer()],
  },
  {
    name: 'fetchPipelinesOf',
    call: (gitlab) => gitlab.fetchPipelinesOf(mergeRequest),
    sent: { request: 'GET /api/v4/projects/42/merge_requests/17/pipelines?per_page=100', body: '' },
    answer: [200, [aPipelineAnswer()]],
  },
  {
    name: 'fetchParents',
    call: (gitlab) => gitlab.fetchParents(42, sha),
    sent: { request: `GET /api/v4/projects/42/repository/commits/${sha}`, body: '' },
    answer: [200, { id: sha, parent_ids: [] }],
  },
  {
    name: 'fetchRecentMergeRequests',
    call: (gitlab) =>
      gitlab.fetchRecentMergeRequests(42, { updatedAfter: new Date('2026-03-04T10:00:00Z'), max: 30 }),
    sent: {
      request:
        'GET /api/v4/projects/42/merge_requests?state=opened&scope=all&order_by=updated_at&sort=desc&updated_after=2026-03-04T10%3A00%3A00.000Z&per_page=30',
      body: '',
    },
    answer: [200, [{ iid: 17, sha }]],
  },
  {
    name: 'fetchStandingStatuses',
    call: (gitlab) => gitlab.fetchStandingStatuses(42, sha),
    sent: {
      request: `GET /api/v4/projects/42/repository/commits/${sha}/statuses?per_page=100`,
      body: '',
    },
    answer: [200, [{ id: 9, name: 'herald/report', status: 'success', pipeline_id: 1001 }]],
  },
  ...botCalls,
  ...setupCalls,
  ...historyCalls,
  ...releaseCalls,
];

describe('every method of the port sends exactly', () => {
  let sent: Sent[] = [];
  beforeEach(() => {
    sent = [];
  });

  function listen(method: string, answer: readonly [number, unknown]): void {
    nock(origin)
      .intercept(() => true, method)
      .reply((uri, body) => {
        sent.push({ request: `${method} ${uri}`, body });
        const [code, content] = answer;
        return [code, content as nock.Body];
      });
  }

  test.each(calls)('$name', async ({ call, sent: expected, answer }) => {
    const { gitlab } = connect();
    listen(expected.request.split(' ', 1)[0] ?? '', answer);
    await call(gitlab);
    expect(sent).toEqual([expected]);
    expect(gitlab.requestCount()).toBe(1);
  });

  test('the cases name every method of the port', () => {
    const methods = Object.keys(connect().gitlab).filter((name) =>
      /^(?:fetch|has|find|create|add|start|reply|update|edit|delete|remove|set|link|approve)/.test(name),
    );
    // Two requests: told in head-pipelines.test.ts, ci-control.test.ts, trigger-jobs.test.ts and, with the bot,
    // inputs.test.ts.
    const others = [
      'fetchRunningPipelines',
      'fetchDeployment',
      'fetchJobs',
      'fetchFailedJobs',
      'createPipelineWithInputs',
      'fetchReport',
      'fetchArchiveFiles',
    ];
    expect(
      methods.filter((name) => !others.includes(name) && !calls.some((call) => call.name.startsWith(name))),
    ).toEqual([]);
  });
});

describe('the headers', () => {
  const user = { id: 7, username: 'herald-bot' };

  test('carry a bot token as a bearer, the version, and what is wanted', async () => {
    const wanted = {
      authorization: `Bearer ${canary}`,
      'user-agent': `herald/${version}`,
      'accept-encoding': 'gzip',
    };
    nock(origin, { reqheaders: wanted, badheaders: ['private-token', 'job-token'] })
      .get('/api/v4/user')
      .reply(200, user);
    expect(await connect().gitlab.fetchCurrentUser()).toEqual(user);
  });

  test('carry a job token in its own header', async () => {
    nock(origin, { reqheaders: { 'job-token': canary }, badheaders: ['private-token', 'authorization'] })
      .get('/api/v4/user')
      .reply(200, user);
    const { gitlab } = connectAsJob();
    expect(await gitlab.fetchCurrentUser()).toEqual(user);
    expect(gitlab.tokenKind).toBe('job');
  });

  test.each(['https://example.com/gitlab/api/v4', 'https://example.com/gitlab/api/v4/'])(
    'and paths fit a GitLab below a relative root (%s)',
    async (apiUrl) => {
      nock('https://example.com').get('/gitlab/api/v4/user').reply(200, user);
      nock('https://example.com').get('/gitlab/api/v4/projects/42/jobs/501/artifacts/a.xml').reply(200, 'x');
      const { gitlab, audit } = connect({ apiUrl });
      expect(await gitlab.fetchCurrentUser()).toEqual(user);
      await gitlab.fetchArtifactFile(job, 'a.xml', 10);
      expect(audit.map(({ path }) => path)).toEqual(['/user', '/projects/42/jobs/501/artifacts/a.xml']);
    },
  );
});
