import type { GitLab } from '../../src/gitlab/ports/port.ts';
import type { Noteable } from '../../src/model/noteable.ts';
import { aPipelineAnswer, origin } from './connect-for-test.ts';

const sha = '4f2b9c1d7e8a6053b1c2d3e4f5a6b7c8d9e0f1a2';
const api = '/api/v4/projects/42';
const mr: Noteable = { kind: 'merge_request', project: 42, iid: 17 };
const issue: Noteable = { kind: 'issue', project: 42, iid: 5 };

export const aPersonAnswer = { id: 11, username: 'ada', name: 'Ada', state: 'active' };

export function aThreadNoteAnswer(
  overrides: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return {
    id: 301,
    type: 'DiscussionNote',
    body: 'All good',
    author: { id: 7, username: 'herald-bot' },
    system: false,
    internal: false,
    resolvable: true,
    resolved: false,
    created_at: '2026-03-04T10:00:00.000Z',
    updated_at: '2026-03-04T10:05:00.000Z',
    ...overrides,
  };
}

export function anIssueAnswer(overrides: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    id: 8001,
    iid: 5,
    project_id: 42,
    title: 'The till is slow',
    description: null,
    state: 'opened',
    web_url: `${origin}/shop/checkout/-/issues/5`,
    author: aPersonAnswer,
    assignees: [],
    labels: ['bug'],
    milestone: null,
    confidential: false,
    issue_type: 'issue',
    created_at: '2026-03-04T10:00:00.000Z',
    updated_at: '2026-03-04T10:05:00.000Z',
    ...overrides,
  };
}

export function aWholeMergeRequestAnswer(
  overrides: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return {
    id: 9001,
    iid: 17,
    project_id: 42,
    source_project_id: 42,
    target_project_id: 42,
    title: 'Draft: Take vouchers at the till',
    description: 'Closes #5',
    state: 'opened',
    draft: true,
    web_url: `${origin}/shop/checkout/-/merge_requests/17`,
    source_branch: 'vouchers',
    target_branch: 'main',
    sha,
    author: aPersonAnswer,
    assignees: [aPersonAnswer],
    reviewers: [],
    labels: ['backend'],
    milestone: { id: 3, title: '1.0', iid: 1 },
    detailed_merge_status: 'mergeable',
    head_pipeline: aPipelineAnswer(),
    first_contribution: false,
    created_at: '2026-03-04T10:00:00.000Z',
    updated_at: '2026-03-04T10:05:00.000Z',
    ...overrides,
  };
}

const issueToOpen = {
  title: 'main is red',
  description: 'since 10:00',
  labels: ['bug', 'ci'],
  assigneeIds: [11],
  confidential: true,
};
const member = { id: 11, username: 'ada', name: 'Ada', active: true, accessLevel: 30 };
const threads = [{ id: 'f00', individual_note: false, notes: [aThreadNoteAnswer()] }];
const [thread] = threads;
const discussions = `${api}/merge_requests/17/discussions`;
const after = new Date('2026-03-04T10:00:00Z');
const openWork = 'state=opened&scope=all&order_by=updated_at&sort=desc';
const since = 'updated_after=2026-03-04T10%3A00%3A00.000Z&per_page=100';

async function drain(pages: AsyncIterable<unknown>): Promise<void> {
  for await (const page of pages) if (page === null) return;
}

export interface BotCall {
  readonly name: string;
  readonly call: (gitlab: GitLab) => Promise<unknown>;
  readonly sent: { readonly request: string; readonly body: unknown };
  readonly answer: readonly [number, unknown];
}

const talk: readonly BotCall[] = [
  {
    name: 'fetchThread',
    call: (gitlab) => gitlab.fetchThread(mr, 'f00'),
    sent: { request: `GET ${discussions}/f00`, body: '' },
    answer: [200, thread],
  },
  {
    name: 'fetchThreadPages of an issue',
    call: (gitlab) => drain(gitlab.fetchThreadPages(issue)),
    sent: { request: `GET ${api}/issues/5/discussions?per_page=100`, body: '' },
    answer: [200, threads],
  },
  {
    name: 'fetchNoteHands',
    call: (gitlab) => gitlab.fetchNoteHands(301),
    sent: {
      request:
        'GET /api/graphql?query=%7Bnote%28id%3A%22gid%3A%2F%2Fgitlab%2FNote%2F301%22%29%7Bbody+author%7Bid+username%7D+lastEditedBy%7Bid+username%7D%7D%7D',
      body: '',
    },
    answer: [
      200,
      {
        data: {
          note: { body: 'a', author: { id: 'gid://gitlab/User/7', username: 'ada' }, lastEditedBy: null },
        },
      },
    ],
  },
  {
    name: 'replyInThread',
    call: (gitlab) => gitlab.replyInThread(mr, 'f00', 'Done'),
    sent: { request: `POST ${discussions}/f00/notes`, body: { body: 'Done' } },
    answer: [201, aThreadNoteAnswer()],
  },
  {
    name: 'startThread',
    call: (gitlab) => gitlab.startThread(mr, 'On hold'),
    sent: { request: `POST ${discussions}`, body: { body: 'On hold' } },
    answer: [201, thread],
  },
  {
    name: 'setThreadResolved',
    call: (gitlab) => gitlab.setThreadResolved(mr, 'f00', true),
    sent: { request: `PUT ${discussions}/f00`, body: { resolved: true } },
    answer: [200, thread],
  },
  {
    name: 'addNoteTo an issue',
    call: (gitlab) => gitlab.addNoteTo(issue, 'Hello'),
    sent: { request: `POST ${api}/issues/5/notes`, body: { body: 'Hello' } },
    answer: [201, aThreadNoteAnswer()],
  },
  {
    name: 'editNoteOf',
    call: (gitlab) => gitlab.editNoteOf(mr, 301, 'Hello'),
    sent: { request: `PUT ${api}/merge_requests/17/notes/301`, body: { body: 'Hello' } },
    answer: [200, aThreadNoteAnswer()],
  },
  {
    name: 'removeNoteOf',
    call: (gitlab) => gitlab.removeNoteOf(issue, 301),
    sent: { request: `DELETE ${api}/issues/5/notes/301`, body: '' },
    answer: [204, ''],
  },
  {
    name: 'fetchReactions on the object',
    call: (gitlab) => gitlab.fetchReactions(issue, null),
    sent: { request: `GET ${api}/issues/5/award_emoji?per_page=100`, body: '' },
    answer: [200, [{ id: 1, name: 'eyes', user: aPersonAnswer }]],
  },
  {
    name: 'addReaction on a note',
    call: (gitlab) => gitlab.addReaction(mr, 301, 'eyes'),
    sent: { request: `POST ${api}/merge_requests/17/notes/301/award_emoji`, body: { name: 'eyes' } },
    answer: [201, { id: 1, name: 'eyes', user: aPersonAnswer }],
  },
  {
    name: 'removeReaction',
    call: (gitlab) => gitlab.removeReaction(mr, 301, 1),
    sent: { request: `DELETE ${api}/merge_requests/17/notes/301/award_emoji/1`, body: '' },
    answer: [204, ''],
  },
];

const refs = `${api}/repository/commits/${sha}/refs?type=branch&per_page=100`;

const evidence: readonly BotCall[] = [
  {
    name: 'fetchBranchHead',
    call: (gitlab) => gitlab.fetchBranchHead(42, 'release/1'),
    sent: { request: `GET ${api}/repository/branches/release%2F1`, body: '' },
    answer: [200, { name: 'release/1', commit: { id: sha } }],
  },
  {
    name: 'fetchTagTargets',
    call: (gitlab) => gitlab.fetchTagTargets(42, 'v1'),
    sent: { request: `GET ${api}/repository/tags/v1`, body: '' },
    answer: [200, { name: 'v1', target: 'a'.repeat(40), commit: { id: sha } }],
  },
  {
    name: 'fetchRefsWith',
    call: (gitlab) => gitlab.fetchRefsWith(42, sha, 'branch'),
    sent: { request: `GET ${refs}`, body: '' },
    answer: [200, [{ type: 'branch', name: 'main' }]],
  },
  {
    name: 'fetchDeletedRefs',
    call: (gitlab) => gitlab.fetchDeletedRefs(42, 'branch', after),
    sent: { request: `GET ${api}/events?action=pushed&after=2026-03-03&per_page=100`, body: '' },
    answer: [
      200,
      [
        {
          created_at: '2026-03-04T11:00:00Z',
          push_data: { action: 'removed', ref_type: 'branch', ref: 'a' },
        },
      ],
    ],
  },
  {
    name: 'fetchRelease',
    call: (gitlab) => gitlab.fetchRelease(42, 'v1'),
    sent: { request: `GET ${api}/releases/v1`, body: '' },
    answer: [200, { tag_name: 'v1', created_at: '2026-03-04T11:00:00Z' }],
  },
  {
    name: 'fetchLabelChanges of an issue',
    call: (gitlab) => gitlab.fetchLabelChanges(issue),
    sent: { request: `GET ${api}/issues/5/resource_label_events?per_page=100`, body: '' },
    answer: [200, [{ id: 1, action: 'add', created_at: '2026-03-04T11:00:00Z', label: { name: 'go' } }]],
  },
  {
    name: 'fetchMilestoneState',
    call: (gitlab) => gitlab.fetchMilestoneState(42, 31),
    sent: { request: `GET ${api}/milestones/31`, body: '' },
    answer: [200, { id: 31, state: 'active' }],
  },
  {
    name: 'fetchWikiPageExists',
    call: (gitlab) => gitlab.fetchWikiPageExists(42, 'how/to'),
    sent: { request: `GET ${api}/wikis/how%2Fto`, body: '' },
    answer: [200, { slug: 'how/to' }],
  },
  {
    name: 'fetchFlagState',
    call: (gitlab) => gitlab.fetchFlagState(42, 'vouchers'),
    sent: { request: `GET ${api}/feature_flags/vouchers`, body: '' },
    answer: [200, { name: 'vouchers', active: true }],
  },
  {
    name: 'fetchTokenExpiry',
    call: (gitlab) => gitlab.fetchTokenExpiry(42, 8),
    sent: { request: `GET ${api}/access_tokens/8`, body: '' },
    answer: [200, { id: 8, expires_at: '2026-04-01' }],
  },
  {
    name: 'fetchVulnerability',
    call: (gitlab) => gitlab.fetchVulnerability(9),
    sent: { request: 'GET /api/v4/vulnerabilities/9', body: '' },
    answer: [200, { id: 9, state: 'detected', project: { id: 42 } }],
  },
];

const work: readonly BotCall[] = [
  {
    name: 'fetchMergeRequestFacts',
    call: (gitlab) => gitlab.fetchMergeRequestFacts(42, 17),
    sent: { request: `GET ${api}/merge_requests/17`, body: '' },
    answer: [200, aWholeMergeRequestAnswer()],
  },
  {
    name: 'fetchIssueFacts',
    call: (gitlab) => gitlab.fetchIssueFacts(42, 5),
    sent: { request: `GET ${api}/issues/5`, body: '' },
    answer: [200, anIssueAnswer()],
  },
  {
    name: 'fetchOpenMergeRequests',
    call: (gitlab) => gitlab.fetchOpenMergeRequests(42, { updatedAfter: after, max: 50 }),
    sent: { request: `GET ${api}/merge_requests?${openWork}&${since}`, body: '' },
    answer: [200, [aWholeMergeRequestAnswer({ head_pipeline: undefined })]],
  },
  {
    name: 'fetchOpenIssues',
    call: (gitlab) => gitlab.fetchOpenIssues(42, { updatedAfter: after, max: 50 }),
    sent: { request: `GET ${api}/issues?${openWork}&${since}`, body: '' },
    answer: [200, [anIssueAnswer()]],
  },
  {
    name: 'editWorkItem of a merge request',
    call: (gitlab) =>
      gitlab.editWorkItem(mr, {
        title: 'T',
        addLabels: ['a', 'b'],
        reviewerIds: [],
        milestoneId: 0,
        state: 'closed',
      }),
    sent: {
      request: `PUT ${api}/merge_requests/17`,
      body: { title: 'T', add_labels: 'a,b', reviewer_ids: [0], milestone_id: 0, state_event: 'close' },
    },
    answer: [200, aWholeMergeRequestAnswer()],
  },
  {
    name: 'fetchDirectLevels',
    call: (gitlab) => gitlab.fetchDirectLevels(42),
    sent: { request: `GET ${api}/members?per_page=100`, body: '' },
    answer: [200, []],
  },
  {
    name: 'fetchInvitedGroups',
    call: (gitlab) => gitlab.fetchInvitedGroups(42),
    sent: { request: `GET ${api}/invited_groups?min_access_level=30&per_page=100`, body: '' },
    answer: [200, [{ full_path: 'shop/reviewers' }]],
  },
  {
    name: 'fetchGroupsOf',
    call: (gitlab) => gitlab.fetchGroupsOf(42),
    sent: { request: `GET ${api}/groups?with_shared=true&shared_min_access_level=30&per_page=100`, body: '' },
    answer: [200, [{ full_path: 'shop/reviewers' }]],
  },
  {
    name: 'fetchGroupMemberIds',
    call: (gitlab) => gitlab.fetchGroupMemberIds('shop/reviewers'),
    sent: { request: 'GET /api/v4/groups/shop%2Freviewers/members?per_page=100', body: '' },
    answer: [200, []],
  },
  {
    name: 'fetchReviews',
    call: (gitlab) => gitlab.fetchReviews(42, 17),
    sent: { request: `GET ${api}/merge_requests/17/reviewers`, body: '' },
    answer: [
      200,
      [{ user: { id: 7, username: 'ada', name: 'Ada Example', state: 'active' }, state: 'reviewed' }],
    ],
  },
  {
    name: 'createIssue',
    call: (gitlab) => gitlab.createIssue(42, issueToOpen),
    sent: {
      request: `POST ${api}/issues`,
      body: {
        title: 'main is red',
        description: 'since 10:00',
        confidential: true,
        labels: 'bug,ci',
        assignee_ids: [11],
      },
    },
    answer: [201, anIssueAnswer()],
  },
  {
    name: 'fetchOwnIssues',
    call: (gitlab) => gitlab.fetchOwnIssues(42),
    sent: {
      request: `GET ${api}/issues?scope=created_by_me&state=all&order_by=created_at&sort=desc&per_page=100`,
      body: '',
    },
    answer: [200, [anIssueAnswer()]],
  },
  {
    name: 'findOwnIssue',
    call: (gitlab) => gitlab.findOwnIssue(42, { label: 'herald::flaky-tests', key: 'flaky-tests' }),
    sent: {
      request: `GET ${api}/issues?scope=created_by_me&state=all&order_by=created_at&sort=asc&labels=herald%3A%3Aflaky-tests&per_page=20`,
      body: '',
    },
    answer: [200, [anIssueAnswer()]],
  },
  {
    name: 'fetchNotesAndIssue',
    call: (gitlab) =>
      gitlab.fetchNotesAndIssue(
        { project: 42, projectPath: 'shop/till.js', iid: 17 },
        { label: 'herald::flaky-tests', key: 'flaky-tests' },
      ),
    sent: {
      request: `GET /api/graphql?${new URLSearchParams({
        query:
          '{currentUser{id username}project(fullPath:"shop/till.js"){id mergeRequest(iid:"17"){iid notes(filter:ONLY_COMMENTS first:100){count nodes{id body author{id}system createdAt updatedAt}pageInfo{hasNextPage}}}issues(labelName:["herald::flaky-tests"] sort:CREATED_ASC first:3){count nodes{iid description author{id}notes(filter:ONLY_COMMENTS first:100){count nodes{id body author{id}system createdAt updatedAt}pageInfo{hasNextPage}}}pageInfo{hasNextPage}}}}',
      }).toString()}`,
      body: '',
    },
    answer: [200, { data: null, errors: [{ message: "Field 'count' doesn't exist on type 'Note'" }] }],
  },
  {
    name: 'fetchIssueLinks',
    call: (gitlab) => gitlab.fetchIssueLinks(42, 5),
    sent: { request: `GET ${api}/issues/5/links?per_page=100`, body: '' },
    answer: [200, [anIssueAnswer({ issue_link_id: 1, link_type: 'relates_to' })]],
  },
  {
    name: 'linkIssues',
    call: (gitlab) => gitlab.linkIssues(issue, { kind: 'issue', project: 43, iid: 6 }),
    sent: {
      request: `POST ${api}/issues/5/links`,
      body: { target_project_id: 43, target_issue_iid: 6 },
    },
    answer: [201, {}],
  },
  {
    name: 'fetchClosedIssues',
    call: (gitlab) => gitlab.fetchClosedIssues(42, 17),
    sent: { request: `GET ${api}/merge_requests/17/closes_issues?per_page=100`, body: '' },
    answer: [200, [anIssueAnswer()]],
  },
  {
    name: 'fetchCommitsOf',
    call: (gitlab) => gitlab.fetchCommitsOf(42, 17),
    sent: { request: `GET ${api}/merge_requests/17/commits?per_page=100`, body: '' },
    answer: [200, [{ id: sha, title: 'Take vouchers' }]],
  },
  {
    name: 'fetchApprovers',
    call: (gitlab) => gitlab.fetchApprovers(42, 17),
    sent: { request: `GET ${api}/merge_requests/17/approvals`, body: '' },
    answer: [200, { approved_by: [{ user: aPersonAnswer }] }],
  },
  {
    name: 'approve',
    call: (gitlab) => gitlab.approve(42, 17, sha),
    sent: { request: `POST ${api}/merge_requests/17/approve`, body: { sha } },
    answer: [201, {}],
  },
  {
    name: 'fetchMilestones',
    call: (gitlab) => gitlab.fetchMilestones(42),
    sent: { request: `GET ${api}/milestones?state=active&include_ancestors=true&per_page=100`, body: '' },
    answer: [200, [{ id: 3, title: '1.0' }]],
  },
];

const people: readonly BotCall[] = [
  {
    name: 'fetchMember',
    call: (gitlab) => gitlab.fetchMember(42, 11),
    sent: { request: `GET ${api}/members/all/11`, body: '' },
    answer: [200, { ...aPersonAnswer, access_level: 40 }],
  },
  {
    name: 'fetchMembers',
    call: (gitlab) => gitlab.fetchMembers(42, 30),
    sent: { request: `GET ${api}/members/all?per_page=100`, body: '' },
    answer: [200, [{ ...aPersonAnswer, access_level: 40 }]],
  },
  {
    name: 'findUser',
    call: (gitlab) => gitlab.findUser('ada'),
    sent: { request: 'GET /api/v4/users?username=ada', body: '' },
    answer: [200, [aPersonAnswer]],
  },
  {
    name: 'fetchBranchRights',
    call: (gitlab) => gitlab.fetchBranchRights(42, 'main', member),
    sent: { request: `GET ${api}/protected_branches?per_page=100`, body: '' },
    answer: [200, [{ name: 'main', push_access_levels: [{ access_level: 40 }] }]],
  },
  {
    name: 'fetchClosedEnvironments',
    call: (gitlab) => gitlab.fetchClosedEnvironments(42, { member, botId: 7 }),
    sent: { request: `GET ${api}/protected_environments?per_page=100`, body: '' },
    answer: [200, [{ name: 'review', deploy_access_levels: [{ access_level: 30 }] }]],
  },
  {
    name: 'fetchDeployedJobs',
    call: (gitlab) => gitlab.fetchDeployedJobs(42, { environment: 'a b', since: '2026-03-04T10:00:00Z' }),
    sent: {
      request: `GET ${api}/deployments?environment=a+b&updated_after=2026-03-04T10%3A00%3A00Z&order_by=updated_at&sort=asc&per_page=100`,
      body: '',
    },
    answer: [200, [{ deployable: { id: 5 } }, { deployable: null }]],
  },
  {
    name: 'fetchEnvironmentDeployments',
    call: (gitlab) => gitlab.fetchEnvironmentDeployments(42, 'a b'),
    sent: {
      request: `GET ${api}/deployments?environment=a+b&status=success&order_by=id&sort=desc&per_page=100`,
      body: '',
    },
    answer: [200, [{ id: 9, sha: 'a1', updated_at: null, deployable: null }]],
  },
  {
    name: 'fetchShippedMergeRequests',
    call: (gitlab) => gitlab.fetchShippedMergeRequests(42, 9, 500),
    sent: { request: `GET ${api}/deployments/9/merge_requests?per_page=100`, body: '' },
    answer: [
      200,
      [{ iid: 17, project_id: 42, web_url: 'https://x.example/17', labels: [], merged_at: null }],
    ],
  },
  {
    name: 'fetchMergedMergeRequestsOfCommit',
    call: (gitlab) => gitlab.fetchMergedMergeRequestsOfCommit(42, 'a1'),
    sent: {
      request: `GET ${api}/repository/commits/a1/merge_requests?state=merged&per_page=100`,
      body: '',
    },
    answer: [
      200,
      [{ iid: 17, project_id: 42, web_url: 'https://x.example/17', state: 'merged', target_branch: 'main' }],
    ],
  },
  {
    name: 'fetchReviewLoad',
    call: (gitlab) => gitlab.fetchReviewLoad(42),
    sent: {
      request: `GET ${api}/merge_requests?state=opened&scope=all&reviewer_id=Any&per_page=100`,
      body: '',
    },
    answer: [200, [{ reviewers: [aPersonAnswer] }]],
  },
];

const ci: readonly BotCall[] = [
  {
    name: 'retryJob',
    call: (gitlab) => gitlab.retryJob(42, 81),
    sent: { request: `POST ${api}/jobs/81/retry`, body: {} },
    answer: [201, { id: 82 }],
  },
  {
    name: 'playJob',
    call: (gitlab) => gitlab.playJob(42, 81),
    sent: { request: `POST ${api}/jobs/81/play`, body: {} },
    answer: [200, {}],
  },
  {
    name: 'retryJob with inputs',
    call: (gitlab) => gitlab.retryJob(42, 81, { targetEnv: 'a', replicas: 2 }),
    sent: {
      request: `POST ${api}/jobs/81/retry`,
      body: { job_inputs: { targetEnv: 'a', replicas: 2 } },
    },
    answer: [201, { id: 82 }],
  },
  {
    name: 'playJob with inputs',
    call: (gitlab) => gitlab.playJob(42, 81, { tags: ['a'] }),
    sent: { request: `POST ${api}/jobs/81/play`, body: { job_inputs: { tags: ['a'] } } },
    answer: [200, {}],
  },
  {
    name: 'cancelPipeline',
    call: (gitlab) => gitlab.cancelPipeline(42, 501),
    sent: { request: `POST ${api}/pipelines/501/cancel`, body: {} },
    answer: [200, {}],
  },
  {
    name: 'createMergeRequestPipeline',
    call: (gitlab) => gitlab.createMergeRequestPipeline(42, 17),
    sent: { request: `POST ${api}/merge_requests/17/pipelines`, body: {} },
    answer: [201, aPipelineAnswer()],
  },
  {
    name: 'createPipeline',
    call: (gitlab) => gitlab.createPipeline(42, { ref: 'main', variables: { DEPLOY: 'yes' } }),
    sent: {
      request: `POST ${api}/pipeline`,
      body: { ref: 'main', variables: [{ key: 'DEPLOY', value: 'yes' }] },
    },
    answer: [201, aPipelineAnswer()],
  },
  {
    name: 'fetchMergeRequestPipelines',
    call: (gitlab) => gitlab.fetchMergeRequestPipelines(42, 17),
    sent: { request: `GET ${api}/merge_requests/17/pipelines?per_page=100`, body: '' },
    answer: [200, [aPipelineAnswer()]],
  },
  {
    name: 'createBranch',
    call: (gitlab) => gitlab.createBranch(42, 'backport-17-to-1.x', '1.x'),
    sent: {
      request: `POST ${api}/repository/branches`,
      body: { branch: 'backport-17-to-1.x', ref: '1.x' },
    },
    answer: [201, { name: 'backport-17-to-1.x' }],
  },
  {
    name: 'fetchWikiPage',
    call: (gitlab) => gitlab.fetchWikiPage(42, 'herald/digest'),
    sent: { request: `GET ${api}/wikis/herald%2Fdigest`, body: '' },
    answer: [
      200,
      { slug: 'herald/digest', title: 'digest', content: 'D', format: 'markdown', encoding: 'UTF-8' },
    ],
  },
  {
    name: 'createWikiPage',
    call: (gitlab) => gitlab.createWikiPage(42, { title: 'herald-digest', content: 'D' }),
    sent: { request: `POST ${api}/wikis`, body: { title: 'herald-digest', content: 'D' } },
    answer: [201, { slug: 'herald-digest', title: 'herald digest', content: 'D', format: 'markdown' }],
  },
  {
    name: 'updateWikiPage',
    call: (gitlab) => gitlab.updateWikiPage(42, { slug: 'herald-digest', content: 'E' }),
    sent: { request: `PUT ${api}/wikis/herald-digest`, body: { content: 'E' } },
    answer: [200, { slug: 'herald-digest', title: 'herald digest', content: 'E', format: 'markdown' }],
  },
  {
    name: 'removeBranch',
    call: (gitlab) => gitlab.removeBranch(42, 'release/1'),
    sent: { request: `DELETE ${api}/repository/branches/release%2F1`, body: '' },
    answer: [204, ''],
  },
  {
    name: 'fetchBranchExists',
    call: (gitlab) => gitlab.fetchBranchExists(42, 'release/1'),
    sent: { request: `GET ${api}/repository/branches/release%2F1`, body: '' },
    answer: [200, { name: 'release/1' }],
  },
  {
    name: 'cherryPick',
    call: (gitlab) => gitlab.cherryPick(42, sha, 'release/1'),
    sent: { request: `POST ${api}/repository/commits/${sha}/cherry_pick`, body: { branch: 'release/1' } },
    answer: [201, { id: sha }],
  },
  {
    name: 'createMergeRequest',
    call: (gitlab) =>
      gitlab.createMergeRequest(42, { sourceBranch: 'a', targetBranch: 'b', title: 'T', description: 'D' }),
    sent: {
      request: `POST ${api}/merge_requests`,
      body: { source_branch: 'a', target_branch: 'b', title: 'T', description: 'D' },
    },
    answer: [201, { iid: 18, web_url: `${origin}/shop/checkout/-/merge_requests/18` }],
  },
  {
    name: 'findMergeRequest',
    call: (gitlab) => gitlab.findMergeRequest(42, { source: 'a', target: 'b' }),
    sent: {
      request: `GET ${api}/merge_requests?state=all&source_branch=a&target_branch=b&per_page=1`,
      body: '',
    },
    answer: [200, []],
  },
];

/** What the bot asks of GitLab, for contract.test.ts. */
export const botCalls: readonly BotCall[] = [...talk, ...evidence, ...work, ...people, ...ci];
