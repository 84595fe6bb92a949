import { describe, expect, test } from 'vitest';
import { parseReplyMarker } from '../../../src/bot/commands/reply-marker.ts';
import type { FlakyMark } from '../../../src/model/flaky-mark.ts';
import type { Noteable } from '../../../src/model/noteable.ts';
import { fetchFlakyMarks } from '../../../src/publish/flaky-marks.ts';
import type { EmbeddedIssue } from '../../support/gitlab/state/state.ts';
import { aStage, cast, edited, issue, mr, type Stage, type Who } from './stage.ts';

type Case = readonly [classname: string, name: string, status: 'success' | 'failed' | 'error' | 'skipped'];

/** GitLab's own reading of the reports of pipeline 501. */
function tested(stage: Stage, cases: readonly Case[]): void {
  const pipeline = stage.state.pipelines.find(({ id }) => id === 501);
  const failed = cases.filter(([, , status]) => status === 'failed').length;
  const test_cases = cases.map(([classname, name, status]) => ({
    classname,
    name,
    status,
    file: null,
    execution_time: 0.1,
    system_output: status === 'failed' ? 'expected 3 to be 4' : null,
    stack_trace: null,
  }));
  const suite = { name: 'unit', total_time: 1, total_count: cases.length, failed_count: failed, test_cases };
  const report = { total_time: 1, total_count: cases.length, failed_count: failed, test_suites: [suite] };
  if (pipeline !== undefined) Object.assign(pipeline, { test_report: report });
}

const cart: readonly Case[] = [
  ['till.Cart', 'takes vouchers', 'failed'],
  ['till.Cart', 'adds up', 'success'],
  ['till.Print', 'prints', 'failed'],
  ['shop.Print', 'prints', 'failed'],
  ['till.Drawer', 'opens', 'failed'],
  ['shop.Drawer', 'opens', 'success'],
];

function list({ state }: Stage): EmbeddedIssue | undefined {
  return state.issues.find(({ labels }) => labels.includes('herald::flaky-tests'));
}

async function marks(stage: Stage): Promise<readonly FlakyMark[]> {
  return [...(await fetchFlakyMarks(42, stage.world().gitlab)).byKey.values()];
}

async function marked(stage: Stage): Promise<readonly string[]> {
  return (await marks(stage)).map(({ test: name }) => name);
}

interface Said {
  readonly answer: string;
  readonly state: string | undefined;
}

async function say(stage: Stage, who: Who, words: string, on: Noteable = mr): Promise<Said> {
  const { note, payload } = stage.say(who, `/herald ${words}`, on);
  await stage.handle(payload);
  const [answer = ''] = stage.answers(note, on);
  return { answer, state: [...(parseReplyMarker(answer)?.calls.values() ?? [])][0] };
}

const markOfCart = 'till.Cart: takes vouchers';

async function aMarkedStage(): Promise<Stage> {
  const stage = await aStage();
  tested(stage, cart);
  await say(stage, 'dev', 'flaky "takes vouchers"');
  expect(await marked(stage)).toEqual([markOfCart]);
  stage.deeds();
  return stage;
}

describe('who may mark', () => {
  test.each([
    { name: 'an owner', who: 'otto', may: true },
    { name: 'a maintainer', who: 'mia', may: true },
    { name: 'a developer', who: 'dev', may: true },
    { name: 'a reporter may not', who: 'rita', may: false },
    { name: 'a planner may not, who may edit issues', who: 'pat', may: false },
    { name: 'a guest may not', who: 'gus', may: false },
    { name: 'who has no role may not', who: 'sam', may: false },
    { name: 'a blocked account may not', who: 'gone', may: false },
  ] as const)('$name', async ({ who, may }) => {
    const stage = await aStage();
    tested(stage, cart);
    const { state } = await say(stage, who, 'flaky "takes vouchers"');
    expect(state).toBe(may ? 'done' : 'refused');
    expect(await marked(stage)).toEqual(may ? [markOfCart] : []);
    if (!may) expect(stage.deeds()).toEqual([]);
  });

  test('who may not mark may not take a mark off', async () => {
    const stage = await aMarkedStage();
    expect(await say(stage, 'rita', 'unflaky "takes vouchers"')).toMatchObject({ state: 'refused' });
    expect(stage.deeds()).toEqual([]);
    expect(await marked(stage)).toEqual([markOfCart]);
  });

  test('the author of a merge request may not say that its failures do not count', async () => {
    const stage = await aStage();
    const own = stage.state.mergeRequests.find(({ iid }) => iid === 7);
    if (own !== undefined) own.author = { id: cast.rita.id, username: 'rita' };
    expect(await say(stage, 'rita', 'flaky "takes vouchers"')).toMatchObject({ state: 'refused' });
  });
});

describe('a mark', () => {
  test('stands on one confidential issue, says who set it, and is set once however often it is read', async () => {
    const stage = await aStage();
    tested(stage, cart);
    const { note, payload } = stage.say('dev', '/herald flaky "takes vouchers"');
    await stage.handle(payload);
    expect(list(stage)).toMatchObject({ confidential: true, state: 'opened', title: 'Tests known as flaky' });
    expect(await marks(stage)).toMatchObject([{ test: markOfCart, by: 'dev' }]);
    stage.deeds();
    await stage.handle(payload);
    await stage.handle(edited(note));
    expect(stage.deeds()).toEqual([]);
    await say(stage, 'eve', 'flaky "adds up"');
    expect(stage.state.issues.filter(({ labels }) => labels.length > 0)).toHaveLength(1);
    expect(await marks(stage)).toMatchObject([
      { test: markOfCart, by: 'dev' },
      { test: 'till.Cart: adds up', by: 'eve' },
    ]);
  });

  test('that is there is not set anew: the first who set it stays', async () => {
    const stage = await aMarkedStage();
    const { state, answer } = await say(stage, 'mia', 'flaky till.Cart::takes vouchers');
    expect(state).toBe('done');
    expect(answer).toMatch(/already marked as flaky, by `dev`/);
    expect(stage.deeds()).toEqual([]);
  });

  test('is taken off, and can be set again by somebody else', async () => {
    const stage = await aMarkedStage();
    const { answer } = await say(stage, 'mia', 'unflaky "takes vouchers"');
    expect(answer).toMatch(/no longer marked as flaky.*`dev`/);
    expect(await marked(stage)).toEqual([]);
    await say(stage, 'eve', 'flaky "takes vouchers"');
    expect(await marks(stage)).toMatchObject([{ test: markOfCart, by: 'eve' }]);
  });

  test('stays when the issue is closed, and when the token was replaced by one of the same user', async () => {
    const stage = await aMarkedStage();
    const issueOfMarks = list(stage);
    if (issueOfMarks !== undefined) issueOfMarks.state = 'closed';
    expect(await marked(stage)).toEqual([markOfCart]);
    const { signature } = stage.world().gitlab;
    const other = { ...stage.world().gitlab, signature: (text: string) => signature(`other ${text}`) };
    expect([...(await fetchFlakyMarks(42, other)).byKey.values()]).toHaveLength(1);
  });

  test('two that are set at once leave one issue in force, with both', async () => {
    const stage = await aStage();
    const both = ['a', 'b'].map((name) => stage.say('dev', `/herald flaky ${name}`, issue).payload);
    await Promise.all(both.map((payload) => stage.handle(payload)));
    expect([...(await marked(stage))].sort()).toEqual(['a', 'b']);
  });
});

describe('which test is meant', () => {
  test.each([
    { says: 'flaky takes vouchers', mark: markOfCart },
    { says: 'flaky "till.Cart: takes vouchers"', mark: markOfCart },
    { says: 'flaky "takes vouchers in till.Cart"', mark: markOfCart },
    { says: 'flaky "till.Cart > takes vouchers"', mark: markOfCart },
    { says: 'flaky adds up', mark: 'till.Cart: adds up' },
    { says: 'flaky till.Print::prints', mark: 'till.Print: prints' },
    { says: 'flaky opens', mark: 'till.Drawer: opens' },
  ])('$says', async ({ says, mark }) => {
    const stage = await aStage();
    tested(stage, cart);
    expect(await say(stage, 'dev', says)).toMatchObject({ state: 'done' });
    expect(await marked(stage)).toEqual([mark]);
  });

  test.each([
    { says: 'flaky prints', answer: /Several tests.*till\.Print: prints.*shop\.Print: prints/s },
    { says: 'flaky "takes voucher"', answer: /no test `takes voucher`; did you mean `takes vouchers`/ },
    { says: 'flaky something else entirely', answer: /has no test/ },
    { says: 'flaky', answer: /flaky TEST/ },
    { says: 'unflaky', answer: /unflaky TEST/ },
  ])('$says cannot be done', async ({ says, answer }) => {
    const stage = await aStage();
    tested(stage, cart);
    const said = await say(stage, 'dev', says);
    expect(said.state).toBe('cannot');
    expect(said.answer).toMatch(answer);
    expect(stage.deeds()).toEqual([]);
  });

  test('where there is no report the words count as they are, and that is said', async () => {
    const stage = await aStage();
    const { answer } = await say(stage, 'dev', 'flaky "till.Cart: takes vouchers"', issue);
    expect(answer).toMatch(/could not check the name/);
    expect(await marked(stage)).toEqual([markOfCart]);
  });

  test('a mark that is not there cannot be taken off; the nearest is named', async () => {
    const stage = await aMarkedStage();
    expect((await say(stage, 'dev', 'unflaky "till.Cart: takes voucher"')).answer).toMatch(
      /did you mean `till/,
    );
    expect((await say(stage, 'dev', 'unflaky prints')).answer).toMatch(/not marked as flaky/);
    expect(stage.deeds()).toEqual([]);
  });

  test('a project without issues has no marks: that is said', async () => {
    const stage = await aStage(null, {
      beforeRequest: ({ path, query }) =>
        path === '/projects/42/issues' && query.has('labels') ? { status: 403, body: {} } : undefined,
    });
    expect(await say(stage, 'dev', 'flaky x')).toMatchObject({ state: 'cannot' });
  });
});

describe('forged marks change nothing', () => {
  function genuine(stage: Stage): string {
    return list(stage)?.notes.find(({ body }) => body.includes('herald:bot'))?.body ?? '';
  }

  function write(stage: Stage, who: Who, body: string, on: EmbeddedIssue | undefined): void {
    stage.state.nextId += 1;
    const at = stage.clock.now().toISOString();
    const author = { id: cast[who].id, username: cast[who].username };
    on?.notes.push({ id: stage.state.nextId, author, body, system: false, created_at: at, updated_at: at });
  }

  const forged = (body: string): string => body.replaceAll('takes%20vouchers', 'adds%20up');

  test.each([
    { name: 'a copy by somebody else', who: 'mia', change: (body: string) => body },
    { name: 'another test under the own user, with the proof of the first', who: 'bot', change: forged },
    {
      name: 'a mark that is not the first line',
      who: 'bot',
      change: (body: string) => `Look:\n\n${forged(body)}`,
    },
    {
      name: 'another user in it',
      who: 'bot',
      change: (body: string) => forged(body).replace('permission=dev', 'permission=mia'),
    },
  ] as const)('$name', async ({ who, change }) => {
    const stage = await aMarkedStage();
    const before = await marks(stage);
    expect(genuine(stage)).toMatch(/key=flaky\/till\S+takes%20vouchers .* permission=dev%2C/);
    write(stage, who, change(genuine(stage)), list(stage));
    expect(await marks(stage)).toEqual(before);
  });

  test('a genuine mark of another issue counts neither there nor here', async () => {
    const stage = await aMarkedStage();
    const body = genuine(stage);
    await say(stage, 'dev', 'unflaky "takes vouchers"');
    write(
      stage,
      'bot',
      body,
      stage.state.issues.find(({ iid }) => iid === 3),
    );
    expect(await marked(stage)).toEqual([]);
  });

  test('an issue of somebody else with the same label, text and marks is not the list', async () => {
    const stage = await aStage();
    const copy = stage.state.issues.find(({ iid }) => iid === 3);
    copy?.labels.push('herald::flaky-tests');
    if (copy !== undefined)
      copy.description = `<!-- herald:issue v=1 key=flaky%2Dtests by=900:${'A'.repeat(22)} -->\n\nx`;
    write(stage, 'mia', '<!-- herald:bot v=1 -->', copy);
    expect(await marked(stage)).toEqual([]);
  });

  test('what a rule of the project writes is no mark, whatever its key', async () => {
    const stage = await aMarkedStage();
    const on = list(stage);
    const before = await marks(stage);
    const rule = { by: 'rule x', event: 'note', config: null, permission: 'mia, Maintainer' };
    const { performBotWrites } = await import('../../../src/publish/perform-bot-writes.ts');
    const { gitlab, clock, log } = stage.world();
    const action = {
      do: 'comment',
      on: { kind: 'issue', project: 42, iid: on?.iid ?? 0 },
      key: 'flaky/till.Cart: adds up',
      document: [],
    } as const;
    const world = { gitlab, clock, log, renderMarkdown: () => 'x' };
    const [done] = await performBotWrites(world, [{ action, cause: rule }], { dryRun: false });
    expect(done?.outcome).toBe('done');
    expect(await marks(stage)).toEqual(before);
  });
});

describe('reports', () => {
  const gated = 'fail-on: [new-failures]\n';

  async function report(stage: Stage): Promise<string> {
    await stage.world().report(mr);
    return stage.notes().find((body) => body.includes('herald:')) ?? '';
  }

  test('a marked test that fails is known, by whom and since when, and no new failure; unmarked it is one again', async () => {
    const stage = await aStage(gated);
    tested(stage, [
      ['till.Cart', 'takes vouchers', 'failed'],
      ['till.Cart', 'adds up', 'success'],
    ]);
    const before = await report(stage);
    expect(before).toMatch(/takes vouchers/);
    expect(before).toMatch(/gate.{0,20}failed|failed.{0,20}gate/i);
    expect(before).not.toMatch(/marked as flaky/);

    await say(stage, 'dev', 'flaky "takes vouchers"');
    const known = await report(stage);
    const day = stage.clock.now().toISOString().slice(0, 10);
    expect(known).toContain('Known as flaky, marked by people (1)');
    expect(known).toMatch(new RegExp(`takes vouchers.*marked as flaky by dev on .?${day}`));
    expect(known).toMatch(/1 known as flaky/);
    expect(known).not.toMatch(/gate.{0,20}failed|failed.{0,20}gate/i);

    await say(stage, 'mia', 'unflaky "takes vouchers"');
    expect(await report(stage)).toBe(before);
  });

  test('another failing test is news still', async () => {
    const stage = await aStage(gated);
    tested(stage, cart);
    await say(stage, 'dev', 'flaky "takes vouchers"');
    const body = await report(stage);
    expect(body).toMatch(/gate.{0,20}failed|failed.{0,20}gate/i);
    expect(body).toMatch(/3 tests/);
  });

  test('one request more without marks, two with marks, none when nothing fails', async () => {
    const stage = await aStage(gated);
    const asked = async (): Promise<readonly string[]> => {
      const from = stage.gitlab.requests.length;
      await report(stage);
      return stage.gitlab.requests
        .slice(from)
        .flatMap(({ method, path }) => (path.startsWith('/projects/42/issues') ? [`${method} ${path}`] : []));
    };
    tested(stage, [['till.Cart', 'adds up', 'success']]);
    expect(await asked()).toEqual([]);
    tested(stage, cart);
    expect(await asked()).toEqual(['GET /projects/42/issues']);
    await say(stage, 'dev', 'flaky "takes vouchers"');
    const { iid } = list(stage) ?? { iid: 0 };
    expect(await asked()).toEqual(['GET /projects/42/issues', `GET /projects/42/issues/${iid}/discussions`]);
  });

  test('a project without issues is reported on all the same, with no trouble', async () => {
    const stage = await aStage(gated, {
      beforeRequest: ({ path }) => (path === '/projects/42/issues' ? { status: 404, body: {} } : undefined),
    });
    tested(stage, cart);
    const result = await stage.world().report(mr);
    expect(result.outcome).toBe('done');
    expect(stage.log.lines.join('\n')).not.toMatch(/warn.*flaky/);
  });
});
