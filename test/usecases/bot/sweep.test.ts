import { describe, expect, test } from 'vitest';
import { GitLabAnswerError, GitLabRefusedError, GitLabUnreachableError } from '../../../src/errors.ts';
import type { Noteable } from '../../../src/model/noteable.ts';
import { backtestOf, describeBacktest } from '../../../src/usecases/bot/backtest.ts';
import { exitCodeOfBot } from '../../../src/usecases/bot/exit-code-of-bot.ts';
import { sweep } from '../../../src/usecases/bot/sweep.ts';
import { branchEvents } from '../../../src/usecases/bot/sweep-branch.ts';
import { haltTimers } from '../../halted-timers.ts';
import { aStage, cast, forkMr, head, issue, mr, noReports, type Stage } from './stage.ts';

const hour = 3_600_000;

function reasons(swept: Awaited<ReturnType<typeof sweep>>): readonly string[] {
  return swept.flatMap(({ handled }) => handled.map(({ reason }) => reason));
}

function addPipeline(stage: Stage, id: number, status: string, source = 'push'): void {
  stage.state.pipelines.push({
    id,
    project_id: 42,
    ref: 'main',
    sha: 'b0'.repeat(20),
    status,
    source,
    created_at: new Date().toISOString(),
    jobs: [],
    statuses: [],
    test_report: null,
  });
}

describe('a sweep answers', () => {
  test('commands that no webhook told of, on merge requests and issues, open or not', async () => {
    const stage = await aStage();
    const asked = stage.say('dev', '/herald retry').note;
    const closed = stage.say('sam', '/herald reopen', issue).note;
    Object.assign(stage.state.issues[0] ?? {}, { state: 'closed' });
    await sweep(stage.world());
    expect(stage.answers(asked)).toHaveLength(1);
    expect(stage.answers(closed, issue)).toHaveLength(1);
    expect(stage.state.issues[0]?.state).toBe('opened');
    stage.deeds();
    await sweep(stage.world());
    expect(stage.deeds()).toEqual([]);
  });

  test('nothing that is older than a day', async () => {
    const stage = await aStage();
    const { note } = stage.say('dev', '/herald retry');
    Object.assign(note, { created_at: new Date(stage.clock.now().getTime() - 72 * hour).toISOString() });
    await sweep(stage.world());
    expect(stage.answers(note)).toEqual([]);
  });
});

describe('an object of a sweep costs itself only, and is told', () => {
  const hidden = (swept: Awaited<ReturnType<typeof sweep>>): readonly string[] =>
    swept.flatMap(({ handled }) =>
      handled.flatMap(({ outcome, reason }) => (outcome === 'failed' ? [reason] : [])),
    );

  test('when it throws', async () => {
    const stage = await aStage();
    const bad = stage.say('dev', '/herald retry').note;
    const good = stage.say('sam', '/herald reopen', issue).note;
    const world = stage.world();
    const gitlab = Object.create(world.gitlab, {
      fetchThreadPages: {
        value: (on: Noteable) => {
          if (on.kind === 'merge_request') throw new Error('it is crooked');
          return world.gitlab.fetchThreadPages(on);
        },
      },
    }) as typeof world.gitlab;
    const swept = await sweep({ ...world, gitlab });
    expect(hidden(swept)).toEqual(['shop/till: merge_request 42!7 was skipped: it is crooked']);
    expect(exitCodeOfBot(swept.flatMap(({ handled }) => handled))).toBe(70);
    expect(stage.answers(bad)).toEqual([]);
    expect(stage.answers(good, issue)).toHaveLength(1);
  });

  const of = { request: 'GET /x' };
  test.each([
    { name: 'GitLab fails at it', error: new GitLabUnreachableError('500', { ...of, status: 500 }), code: 5 },
    { name: 'GitLab refuses it', error: new GitLabRefusedError('403', { ...of, status: 403 }), code: 4 },
    {
      name: 'its answer is not usable',
      error: new GitLabAnswerError('cut', { ...of, status: 200 }),
      code: 5,
    },
  ])('when $name, with exit code $code', async ({ error, code }) => {
    const stage = await aStage();
    stage.say('dev', '/herald retry');
    const good = stage.say('sam', '/herald reopen', issue).note;
    const world = stage.world();
    const gitlab = Object.create(world.gitlab, {
      fetchThreadPages: {
        value: (on: Noteable) => {
          if (on.kind === 'merge_request') throw error;
          return world.gitlab.fetchThreadPages(on);
        },
      },
    }) as typeof world.gitlab;
    const swept = await sweep({ ...world, gitlab });
    expect(hidden(swept)).toEqual([`shop/till: merge_request 42!7 was skipped: ${error.message}`]);
    expect(exitCodeOfBot(swept.flatMap(({ handled }) => handled))).toBe(code);
    expect(stage.answers(good, issue)).toHaveLength(1);
  });

  test('when it takes too long', async () => {
    const stage = await aStage();
    stage.say('dev', '/herald retry');
    const good = stage.say('sam', '/herald reopen', issue).note;
    const world = stage.world();
    const time = haltTimers();
    const never = async function* (): AsyncGenerator<never> {
      setImmediate(() => {
        time.pass(120_000);
      });
      await new Promise(() => undefined);
    };
    const gitlab = Object.create(world.gitlab, {
      fetchThreadPages: {
        value: (on: Noteable) => (on.kind === 'merge_request' ? never() : world.gitlab.fetchThreadPages(on)),
      },
    }) as typeof world.gitlab;
    const swept = await sweep({ ...world, gitlab });
    expect(hidden(swept)[0]).toContain('it took more than 120 seconds');
    expect(exitCodeOfBot(swept.flatMap(({ handled }) => handled))).toBe(5);
    expect(stage.answers(good, issue)).toHaveLength(1);
  });
});

describe('a sweep reports', () => {
  test('the pipeline of a fork, which has no token of its own, once', async () => {
    const stage = await aStage();
    const swept = await sweep(stage.world());
    expect(reasons(swept)).toContain('the report of merge request !8');
    const [note = '', ...others] = stage.notes(forkMr);
    expect(others).toEqual([]);
    expect(note).toContain('unit');
    stage.deeds();
    expect(reasons(await sweep(stage.world()))).toEqual([]);
    expect(stage.deeds()).toEqual([]);
  });

  test('no pipeline that still runs', async () => {
    const stage = await aStage();
    for (const pipeline of stage.state.pipelines) pipeline.status = 'running';
    await sweep(stage.world());
    expect(stage.notes(forkMr)).toEqual([]);
    expect(stage.notes(mr)).toEqual([]);
  });

  test('and ends statuses that were left running', async () => {
    const stage = await aStage();
    const [pipeline] = stage.state.pipelines;
    if (pipeline === undefined) throw new Error('there is no pipeline');
    Object.assign(pipeline, {
      status: 'running',
      created_at: new Date(stage.clock.now().getTime() - 5 * hour).toISOString(),
    });
    for (const job of pipeline.jobs) job.status = 'success';
    Object.assign(stage.state.mergeRequests[0] ?? {}, { sha: 'c'.repeat(40) });
    pipeline.statuses.push({
      id: 1,
      name: 'herald/report',
      user: cast.bot.id,
      state: 'running',
      description: null,
      target_url: null,
    });
    const swept = await sweep(stage.world());
    expect(reasons(swept).join()).toMatch(/statuses left running: herald\/report of pipeline 501/);
    expect(pipeline.statuses.at(-1)?.state).toBe('canceled');
  });
});

describe('a sweep looks at the default branch', () => {
  const config = 'bot: { presets: { failing-default-branch: {} } }';

  test('opens one issue when it fails, tells of each further failure once, closes it when it recovers', async () => {
    const stage = await aStage(config);
    const time = haltTimers();
    const run = async (): Promise<readonly string[]> => {
      // Each pipeline is newer than all that the sweep before it wrote.
      time.pass(1_000);
      await sweep(stage.world(noReports));
      time.pass(1_000);
      return stage.deeds();
    };
    addPipeline(stage, 701, 'success');
    expect(await run()).toEqual([]);
    addPipeline(stage, 702, 'failed');
    expect(await run()).toEqual(['POST /projects/42/issues']);
    expect(await run()).toEqual([]);
    addPipeline(stage, 703, 'failed');
    expect(await run()).toEqual(['POST /projects/42/issues/5/notes']);
    expect(await run()).toEqual([]);
    addPipeline(stage, 704, 'running');
    addPipeline(stage, 705, 'success', 'schedule');
    expect(await run()).toEqual([]);
    addPipeline(stage, 706, 'success');
    await run();
    expect(stage.state.issues.at(-1)).toMatchObject({ iid: 5, state: 'closed' });
    expect(await run()).toEqual([]);
    addPipeline(stage, 707, 'failed');
    await run();
    expect(stage.state.issues.filter(({ title }) => title.includes('main'))).toMatchObject([
      { state: 'opened' },
    ]);
  });

  test('recovered is what passes after a failure', () => {
    const pipeline = { projectId: 42, url: '', ref: 'main', sha: head, source: 'push', createdAt: null };
    const events = (...statuses: readonly string[]): readonly string[] =>
      branchEvents(statuses.map((status, index) => ({ ...pipeline, id: index + 1, status }))).names;
    expect(events()).toEqual([]);
    expect(events('running')).toEqual([]);
    expect(events('failed')).toEqual(['default_branch', 'default_branch.failed']);
    expect(events('success', 'success')).toEqual(['default_branch', 'default_branch.passed']);
    expect(events('failed', 'running', 'success')).toEqual([
      'default_branch',
      'default_branch.passed',
      'default_branch.recovered',
    ]);
    expect(events('failed', 'success', 'canceled')).toEqual([
      'default_branch',
      'default_branch.passed',
      'default_branch.recovered',
    ]);
  });
});

describe('a sweep applies rules about time', () => {
  const days = (stage: Stage, count: number): string =>
    new Date(stage.clock.now().getTime() - count * 24 * hour).toISOString();
  test('warns on what is stale, closes it when nothing happens, and keeps it when something does', async () => {
    const stage = await aStage('bot: { presets: { stale: { warn-after: 10 days, close-after: 5 days } } }');
    for (const one of stage.state.mergeRequests) one.updated_at = days(stage, 12);
    await sweep(stage.world(noReports));
    expect(stage.item(mr).labels).toEqual(['stale']);
    expect(stage.notes(mr)).toHaveLength(1);
    stage.deeds();
    await sweep(stage.world(noReports));
    expect(stage.deeds()).toEqual([]);
  });
});

describe('a sweep of many projects', () => {
  test('leaves out what is not served, and one whose configuration is wrong costs nobody else', async () => {
    const stage = await aStage();
    stage.state.projects.push({ id: 44, path_with_namespace: 'shop/stock', default_branch: 'main' });
    stage.state.files.push({
      project_id: 44,
      ref: 'main',
      path: '.herald.yml',
      content: 'bot: { rulez: [] }',
    });
    const scope = { ownProject: 9, projects: ['shop/*'], deny: [] };
    const swept = await sweep(stage.world({ scope }));
    expect(swept.map(({ project, problem }) => [project, problem !== null])).toEqual([
      ['shop/till', false],
      ['shop/stock', true],
    ]);
  });
});

describe('the back-test', () => {
  test('counts what each rule would do, and writes nothing', async () => {
    const stage = await aStage(
      'bot: { presets: { conventional-titles: {} }, rules: [{ name: fork, on: merge_request.opened, when: { fork: true }, do: [{ label: fork }] }, { name: ship, on: deployment.success, do: [{ comment: x }] }, { name: issues, on: issue.opened, do: [{ label: triage }] }] }',
    );
    const since = new Date(0);
    const result = await backtestOf(since, stage.world());
    expect(describeBacktest(result)).toEqual([
      'Tried on 2 merge requests and 2 issues, as they are today:',
      'conventional-titles: matches 2 of 2; it would: comment 2',
      'fork: matches 1 of 2; it would: label 1',
      'ship: its events leave no history',
      'issues: matches 2 of 2; it would: label 2',
    ]);
    expect(stage.gitlab.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  test('of a project without rules says so', async () => {
    const stage = await aStage();
    expect(describeBacktest(await backtestOf(new Date(0), stage.world()))).toEqual([
      'No rules are configured.',
    ]);
  });
});
