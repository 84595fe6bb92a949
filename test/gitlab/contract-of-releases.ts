import type { BotCall } from './contract-of-bot.ts';

const api = '/api/v4/projects/42';
const [a, b] = ['a'.repeat(40), 'b'.repeat(40)];
const time = '2026-03-04T10:00:00.000Z';
const merged = 'scope=all&state=merged&order_by=created_at&sort=desc';

async function drain(pages: AsyncIterable<unknown>): Promise<void> {
  for await (const page of pages) if (page === null) return;
}

const aCommit = { id: b, title: 'Mend the till', created_at: time, parent_ids: [a] };
const aMerged = { iid: 17, title: 'Mend the till', state: 'merged', target_project_id: 42, sha: b };

/** The part of the port about releases. */
export const releaseCalls: readonly BotCall[] = [
  {
    name: 'fetchCommitsBetween',
    call: (gitlab) => gitlab.fetchCommitsBetween(42, { from: a, to: b }, 500),
    sent: { request: `GET ${api}/repository/commits?ref_name=${a}..${b}&per_page=100`, body: '' },
    answer: [200, [aCommit]],
  },
  {
    name: 'fetchCommitsBetween, all of them',
    call: (gitlab) => gitlab.fetchCommitsBetween(42, { from: null, to: b }, 500),
    sent: { request: `GET ${api}/repository/commits?ref_name=${b}&per_page=100`, body: '' },
    answer: [200, [aCommit]],
  },
  {
    name: 'fetchMergeBase',
    call: (gitlab) => gitlab.fetchMergeBase(42, [a, b]),
    sent: { request: `GET ${api}/repository/merge_base?refs%5B%5D=${a}&refs%5B%5D=${b}`, body: '' },
    answer: [200, { id: a }],
  },
  {
    name: 'fetchMergedPages',
    call: (gitlab) => drain(gitlab.fetchMergedPages(42, { changedSince: time, madeBefore: time })),
    sent: {
      request: `GET ${api}/merge_requests?${merged}&updated_after=2026-03-04T10%3A00%3A00.000Z&created_before=2026-03-04T10%3A00%3A00.000Z&per_page=100`,
      body: '',
    },
    answer: [200, [aMerged]],
  },
  {
    name: 'fetchMergedOfCommit',
    call: (gitlab) => gitlab.fetchMergedOfCommit(42, b),
    sent: { request: `GET ${api}/repository/commits/${b}/merge_requests?state=merged`, body: '' },
    answer: [200, [aMerged]],
  },
  {
    name: 'fetchIssuesByIid',
    call: (gitlab) => gitlab.fetchIssuesByIid(42, [3, 5]),
    sent: {
      request: `GET ${api}/issues?scope=all&iids%5B%5D=3&iids%5B%5D=5&state=all&per_page=100`,
      body: '',
    },
    answer: [200, [{ iid: 3, title: 'The till is slow', web_url: 'https://gitlab.example.com/x' }]],
  },
  {
    name: 'fetchReleaseText',
    call: (gitlab) => gitlab.fetchReleaseText(42, 'web/v1.4'),
    sent: { request: `GET ${api}/releases/web%2Fv1.4`, body: '' },
    answer: [200, { name: 'One four', description: null }],
  },
  {
    name: 'createRelease',
    call: (gitlab) => gitlab.createRelease(42, 'web/v1.4', 'New'),
    sent: {
      request: `POST ${api}/releases`,
      body: { tag_name: 'web/v1.4', name: 'web/v1.4', description: 'New' },
    },
    answer: [201, { name: 'web/v1.4' }],
  },
  {
    name: 'updateReleaseText',
    call: (gitlab) => gitlab.updateReleaseText(42, 'web/v1.4', 'New'),
    sent: { request: `PUT ${api}/releases/web%2Fv1.4`, body: { description: 'New' } },
    answer: [200, { name: 'One four' }],
  },
];
