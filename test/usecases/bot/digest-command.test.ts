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

function now(answer: string, what: string): string | undefined {
  return row(answer, what).split('|')[2]?.trim();
}

describe('digest', () => {
  test('has the figures of the last seven whole days, and changes nothing', async () => {
    const stage = await aFortnight();
    const { answer, state } = await ask(stage, 'dev');
    expect(state).toBe('done');
    expect(now(answer, 'Merge requests merged')).toBe('2');
    expect(now(answer, 'Issues opened')).toBe('1');
    expect(now(answer, 'Issues closed')).toBe('1');
    expect(now(answer, 'Releases')).toBe('1');
    expect(answer).toContain('Time zone: UTC.');
    expect(stage.deeds()).toEqual([]);
  });

  test('looks back as far as it is asked to, each call by itself', async () => {
    const stage = await aFortnight();
    const { answer } = await ask(stage, 'dev', 'digest 2w\n/herald digest since 60h');
    const rows = answer.split('\n').filter((line) => line.startsWith('| Merge requests merged'));
    // Each table of all figures repeats the row of the first one.
    expect([...new Set(rows.map((line) => line.split('|')[2]?.trim()))]).toEqual(['3', '1']);
  });

  test.each([
    { on: mr, name: 'on a merge request' },
    { on: issue, name: 'on an issue' },
    { on: secretIssue, name: 'on a confidential issue' },
  ])('has neither confidential issues nor titles, $name', async ({ on }) => {
    const { answer } = await ask(await aFortnight(), 'otto', 'digest 30d', on);
    expect(answer).not.toMatch(/secret|#33|#34|coins|notes|matter/);
    expect(now(answer, 'Issues opened')).toBe('2');
    expect(now(answer, 'Issues closed')).toBe('1');
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
    if (!may) expect(answer).not.toMatch(/merged/);
  });

  test.each([
    ['digest 94d', /at most 93 days/],
    ['digest soon', /"soon" is not a period/],
    ['digest 1d 2d', /Usage/],
    ['digest v1..v9', /has no tag/],
  ])('%s cannot be done', async (words, why) => {
    const stage = await aFortnight();
    const { answer, state } = await ask(stage, 'dev', words);
    expect(state).toBe('cannot');
    expect(answer).toMatch(why);
    expect(stage.requests().filter((line) => line.endsWith('/deployments'))).toEqual([]);
  });
});
