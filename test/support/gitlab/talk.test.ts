import { describe, expect, test } from 'vitest';
import { askEmbedded, head, startEmbedded, tokens } from './ask.ts';

interface Step {
  readonly request: string;
  readonly body?: object;
  readonly token?: string;
}

/** Steps before, and the status that the last one gets. */
const statuses: readonly (Step & { name: string; before?: readonly Step[]; status: number })[] = [
  {
    name: 'the same reaction by somebody else is fine',
    before: [{ request: 'POST issues/5/award_emoji', body: { name: 'eyes' } }],
    request: 'POST issues/5/award_emoji',
    body: { name: 'eyes' },
    token: tokens.ada,
    status: 201,
  },
  {
    name: 'a pair that is linked already is 409, from the other end too',
    before: [{ request: 'POST issues/5/links', body: { target_project_id: 42, target_issue_iid: 6 } }],
    request: 'POST issues/6/links',
    body: { target_project_id: 42, target_issue_iid: 5 },
    status: 409,
  },
  {
    name: 'a link to nothing is 404',
    request: 'POST issues/5/links',
    body: { target_project_id: 42, target_issue_iid: 99 },
    status: 404,
  },
  {
    name: 'a guest edits no merge request',
    request: 'PUT merge_requests/17',
    body: { title: 'x' },
    token: tokens.guest,
    status: 403,
  },
  {
    name: 'a guest edits no issue of others',
    request: 'PUT issues/5',
    body: { title: 'x' },
    token: tokens.guest,
    status: 403,
  },
  { name: 'an issue without a title is 400', request: 'POST issues', body: { title: ' ' }, status: 400 },
  {
    name: 'a guest approves nothing',
    request: 'POST merge_requests/17/approve',
    body: { sha: head },
    token: tokens.guest,
    status: 403,
  },
  {
    name: 'a body of quick actions makes no note',
    request: 'POST issues/5/notes',
    body: { body: '/close' },
    status: 202,
  },
  {
    name: 'a job token writes no discussion',
    request: 'POST merge_requests/17/discussions',
    body: { body: 'x' },
    token: tokens.job,
    status: 401,
  },
  {
    name: 'a job token reads no log',
    request: 'GET jobs/99/trace',
    token: tokens.job,
    status: 401,
  },
  {
    name: 'a job token starts nothing',
    request: 'POST pipeline',
    body: { ref: 'main' },
    token: tokens.job,
    status: 401,
  },
  {
    name: 'a guest resolves no thread of others',
    before: [{ request: 'POST merge_requests/17/discussions', body: { body: 'x' } }],
    request: 'PUT merge_requests/17/discussions/00000000000000000000000000000000000003e9',
    body: { resolved: true },
    token: tokens.guest,
    status: 403,
  },
];

describe('GitLab answers with its own status', () => {
  test.each(statuses)('$name', async ({ before = [], status, ...step }) => {
    const gitlab = await startEmbedded();
    for (const earlier of before)
      expect((await askEmbedded(gitlab, earlier.request, earlier)).status).toBe(201);
    expect((await askEmbedded(gitlab, step.request, step)).status).toBe(status);
  });
});

describe('discussions', () => {
  test('a note of its own becomes one when somebody replies, and then can be resolved', async () => {
    const gitlab = await startEmbedded();
    await askEmbedded(gitlab, 'POST merge_requests/17/notes', { body: { body: 'Why?' }, token: tokens.ada });
    const list = 'GET merge_requests/17/discussions';
    const [before] = (await askEmbedded(gitlab, list)).json as { id: string; individual_note: boolean }[];
    expect(before?.individual_note).toBe(true);
    const path = `merge_requests/17/discussions/${before?.id ?? ''}`;
    await askEmbedded(gitlab, `POST ${path}/notes`, { body: { body: 'So.' } });
    expect((await askEmbedded(gitlab, list)).json).toMatchObject([
      {
        id: before?.id,
        individual_note: false,
        notes: [{ resolvable: true, resolved: false }, { body: 'So.' }],
      },
    ]);
    await askEmbedded(gitlab, `PUT ${path}`, { body: { resolved: true } });
    expect((await askEmbedded(gitlab, `GET ${path}`)).json).toMatchObject({
      notes: [{ resolved: true, resolved_by: { username: 'herald-bot' } }, { resolved: true }],
    });
  });
});

describe('work items', () => {
  test('without a licence for several the first assignee counts; 0 takes all off', async () => {
    const gitlab = await startEmbedded();
    const edit = (assignee_ids: readonly number[]) =>
      askEmbedded(gitlab, 'PUT issues/5', { body: { assignee_ids } });
    expect((await edit([11, 12])).json).toMatchObject({ assignees: [{ id: 11 }] });
    expect((await edit([0])).json).toMatchObject({ assignees: [] });
  });

  test('a confidential issue shows itself to its author and to reporters', async () => {
    const gitlab = await startEmbedded();
    const body = { title: 'Leak', confidential: true };
    await askEmbedded(gitlab, 'POST issues', { body, token: tokens.ada });
    const seenBy = async (token: string) => (await askEmbedded(gitlab, 'GET issues/7', { token })).status;
    expect([await seenBy(tokens.bot), await seenBy(tokens.guest)]).toEqual([200, 404]);
    expect((await askEmbedded(gitlab, 'GET issues', { token: tokens.guest })).json).toHaveLength(2);
  });

  test('edits of a merge request are in its answer and its history of labels', async () => {
    const gitlab = await startEmbedded();
    const body = {
      title: 'Draft: Take vouchers',
      add_labels: 'a',
      remove_labels: 'backend',
      reviewer_ids: [11],
      milestone_id: 3,
      state_event: 'close',
    };
    expect((await askEmbedded(gitlab, 'PUT merge_requests/17', { body })).json).toMatchObject({
      draft: true,
      labels: ['a'],
      reviewers: [{ username: 'ada' }],
      milestone: { title: '1.0' },
      state: 'closed',
    });
    const events = await askEmbedded(gitlab, 'GET merge_requests/17/resource_label_events');
    expect(events.json).toMatchObject([
      { action: 'add', label: { name: 'a' } },
      { action: 'remove', label: { name: 'backend' } },
    ]);
  });

  test('what a description closes is derived from it', async () => {
    const closed = await askEmbedded(await startEmbedded(), 'GET merge_requests/17/closes_issues');
    expect(closed.json).toMatchObject([{ iid: 5 }]);
  });

  test('the default branch is protected for maintainers', async () => {
    const rules = await askEmbedded(await startEmbedded(), 'GET protected_branches');
    expect(rules.json).toMatchObject([{ name: 'main', push_access_levels: [{ access_level: 40 }] }]);
  });
});
