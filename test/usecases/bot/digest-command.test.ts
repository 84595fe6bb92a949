import { describe, expect, test } from 'vitest';
import { parseReplyMarker } from '../../../src/bot/commands/reply-marker.ts';
import type { Noteable } from '../../../src/model/noteable.ts';
import { aStage, cast, issue, mr, type Stage, secretIssue, type Who } from './stage.ts';

const day = 86_400_000;

function ago(stage: Stage, days: number): string {
  return new Date(stage.clock.now().getTime() - days * day).toISOString();
}

function merged(stage: Stage, iid: number, title: string, days: number, touched = days): void {
  const at = ago(stage, days);
  stage.state.mergeRequests.push({
    project_id: 42,
    iid,
    title,
    author: { id: cast.dev.id, username: 'dev' },
    labels: [],
    notes: [],
    created_at: ago(stage, days + 1),
    updated_at: ago(stage, touched),
    ended_at: at,
    state: 'merged',
    source_project_id: 42,
    source_branch: `b${iid}`,
    target_branch: 'main',
    labelEvents: [],
    sha: 'c0'.repeat(20),
  });
}

function anIssue(
  stage: Stage,
  iid: number,
  { opened, closed = null, secret = false }: { opened: number; closed?: number | null; secret?: boolean },
): void {
  stage.state.issues.push({
    project_id: 42,
    iid,
    title: `${secret ? 'A secret' : 'A public'} matter ${iid}`,
    author: { id: cast.mia.id, username: 'mia' },
    labels: [],
    notes: [],
    confidential: secret,
    created_at: ago(stage, opened),
    updated_at: ago(stage, closed ?? opened),
    ...(closed === null ? {} : { ended_at: ago(stage, closed) }),
    state: closed === null ? 'opened' : 'closed',
  });
}

function ran(stage: Stage, id: number, status: string, days: number, ref = 'main'): void {
  stage.state.pipelines.push({
    id,
    project_id: 42,
    ref,
    sha: 'b0'.repeat(20),
    status,
    source: 'push',
    created_at: ago(stage, days),
    jobs: [],
    statuses: [],
    test_report: null,
  });
}

function release(stage: Stage, tag: string, days: number): void {
  stage.state.releases.push({
    project_id: 42,
    tag_name: tag,
    name: `Release ${tag}`,
    released_at: ago(stage, days),
  });
}

/** What happened in a fortnight; what was there before is put back beyond it. */
async function aFortnight(config: string | null = null): Promise<Stage> {
  const stage = await aStage(config);
  for (const item of [...stage.state.issues, ...stage.state.mergeRequests])
    Object.assign(item, { created_at: ago(stage, 200), updated_at: ago(stage, 200) });
  merged(stage, 21, 'Count the coins', 2);
  merged(stage, 22, 'Sort the notes', 5);
  merged(stage, 23, 'Old, and commented on lately', 12, 1);
  anIssue(stage, 31, { opened: 3 });
  anIssue(stage, 32, { opened: 10, closed: 1 });
  anIssue(stage, 33, { opened: 2, secret: true });
  anIssue(stage, 34, { opened: 9, closed: 2, secret: true });
  ran(stage, 801, 'success', 1);
  ran(stage, 802, 'failed', 2);
  ran(stage, 803, 'success', 3);
  ran(stage, 804, 'canceled', 3);
  ran(stage, 805, 'failed', 9);
  ran(stage, 806, 'failed', 1, 'other');
  release(stage, '1.4.0', 4);
  release(stage, '1.3.0', 13);
  release(stage, '2.0.0', -3);
  return stage;
}

async function ask(stage: Stage, who: Who, words = 'digest', on: Noteable = mr) {
  const { note, payload } = stage.say(who, `/herald ${words}`, on);
  await stage.handle(payload);
  const [answer = ''] = stage.answers(note, on);
  return { answer, state: [...(parseReplyMarker(answer)?.calls.values() ?? [])][0] };
}

function row(answer: string, what: string): string {
  return answer.split('\n').find((line) => line.startsWith('|') && line.includes(what)) ?? '';
}

describe('digest', () => {
  test('counts what happened in the last week, with links', async () => {
    const stage = await aFortnight();
    const { answer, state } = await ask(stage, 'dev');
    expect(state).toBe('done');
    expect(row(answer, 'Merged merge requests')).toMatch(
      /\| 2 \|.*`!21` Count the coins.*`!22` Sort the notes/,
    );
    expect(row(answer, 'Opened issues')).toMatch(/\| 1 \|.*#31/);
    expect(row(answer, 'Closed issues')).toMatch(/\| 1 \|.*#32/);
    expect(row(answer, 'Pipelines of')).toMatch(/\| 2 passed, 1 failed \|.*802/);
    expect(row(answer, 'Releases')).toMatch(/\| 1 \|.*1\.4\.0/);
    expect(answer).toContain('/shop/till/-/merge_requests/21');
    expect(answer).toContain('/shop/till/-/pipelines/802');
    expect(stage.deeds()).toEqual([]);
  });

  test('looks back as far as it is asked to, each call by itself', async () => {
    const stage = await aFortnight();
    const { answer } = await ask(stage, 'dev', 'digest 2w\n/herald digest 60h');
    const rows = answer.split('\n').filter((line) => line.includes('Merged merge requests'));
    expect(rows.map((line) => /\| (\d+) \|/.exec(line)?.[1])).toEqual(['3', '1']);
    expect(answer.split('\n').filter((line) => line.includes('Releases'))).toHaveLength(2);
  });

  test.each([
    { on: mr, name: 'on a merge request' },
    { on: issue, name: 'on an issue' },
    { on: secretIssue, name: 'on a confidential issue' },
  ])('never tells of confidential issues, $name', async ({ on }) => {
    const { answer } = await ask(await aFortnight(), 'otto', 'digest 30d', on);
    expect(answer).not.toMatch(/secret|#33|#34/);
    expect(row(answer, 'Opened issues')).toMatch(/\| 2 \|/);
    expect(row(answer, 'Closed issues')).toMatch(/\| 1 \|/);
  });

  test('of a GitLab that knows no filter confidential ones are left out all the same', async () => {
    const stage = await aFortnight();
    const client = stage.world().gitlab;
    for (const one of stage.state.issues) one.updated_at = ago(stage, 1);
    const plain = { ...client, fetchIssuesOpenedSince: client.fetchIssuesOpenedSince };
    const found = await plain.fetchIssuesOpenedSince(42, new Date(ago(stage, 7)));
    expect(found.items.map(({ reference }) => reference)).toEqual(['#31']);
  });

  test('titles are told only where whoever reads along may see such things', async () => {
    const stage = await aFortnight();
    const there = await ask(stage, 'dev', 'digest', issue);
    expect(there.answer).not.toMatch(/coins|notes/);
    expect(there.answer).toMatch(/A public matter 31/);
    expect((await ask(stage, 'dev')).answer).not.toMatch(/A public matter/);
  });

  test.each([
    { who: 'rita', may: true },
    { who: 'dev', may: true },
    { who: 'pat', may: false },
    { who: 'gus', may: false },
    { who: 'sam', may: false },
    { who: 'gone', may: false },
  ] as const)('$who may: $may', async ({ who, may }) => {
    const { answer, state } = await ask(await aFortnight(), who);
    expect(state).toBe(may ? 'done' : 'refused');
    if (!may) expect(answer).not.toMatch(/Merged/);
  });

  test.each(['digest 91d', 'digest yesterday', 'digest 1d 2d'])('%s cannot be done', async (words) => {
    const stage = await aFortnight();
    const { state } = await ask(stage, 'dev', words);
    expect(state).toBe('cannot');
    expect(stage.requests().filter((line) => line.endsWith('/releases'))).toEqual([]);
  });

  test('names three at most, and says where a list was longer than it reads', async () => {
    const stage = await aFortnight();
    for (let iid = 100; iid < 220; iid += 1) merged(stage, iid, `Change ${iid}`, 1);
    const { answer } = await ask(stage, 'dev');
    expect(row(answer, 'Merged merge requests')).toMatch(/at least 100 .*and 97 more/);
    expect(row(answer, 'Merged merge requests').match(/!\d+/g)?.length).toBe(3);
  });

  test('makes five requests, whatever there is', async () => {
    const stage = await aFortnight();
    for (let iid = 100; iid < 220; iid += 1) merged(stage, iid, `Change ${iid}`, 1);
    await ask(stage, 'dev');
    const lists = stage
      .requests()
      .filter((line) => /^GET \/projects\/42\/(?:merge_requests|issues|pipelines|releases)$/.test(line));
    expect(lists.sort()).toEqual([
      'GET /projects/42/issues',
      'GET /projects/42/issues',
      'GET /projects/42/merge_requests',
      'GET /projects/42/pipelines',
      'GET /projects/42/releases',
    ]);
  });

  test('what the project has not is left open, and the rest is told', async () => {
    const stage = await aStage(null, {
      beforeRequest: ({ path }) => (path.endsWith('/releases') ? { status: 403, body: {} } : undefined),
    });
    const { answer, state } = await ask(stage, 'dev');
    expect(state).toBe('done');
    expect(row(answer, 'Releases')).toMatch(/not visible/);
    expect(row(answer, 'Pipelines of')).toMatch(/0 passed, 0 failed/);
  });

  test('a hostile title is only text', async () => {
    const stage = await aFortnight();
    merged(stage, 24, '@all </td> | **x** [a](http://e.example) /close', 1);
    const { answer } = await ask(stage, 'dev');
    const found = row(answer, 'Merged merge requests');
    const outsideOfCode = found.replaceAll(/`[^`]*`/g, '');
    expect(outsideOfCode).not.toMatch(/@all|<\/td>|(?<!\\)\*\*x|\]\(http:\/\/e\.example\)/);
    expect(found.split(/(?<!\\)\|/)).toHaveLength(5);
  });
});
