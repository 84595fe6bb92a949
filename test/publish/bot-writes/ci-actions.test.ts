import { describe, expect, test } from 'vitest';
import type { EmbeddedJob } from '../../../src/demo/state.ts';
import type { BotAction } from '../../../src/model/bot-write.ts';
import { head, startEmbedded, talkState, tokens } from '../../support/gitlab/ask.ts';
import type { EmbeddedState } from '../../support/gitlab/state/state.ts';
import { changesSince, command, missing, mr, perform, worldAt } from './world.ts';

const begun = '2026-03-04T10:00:00.000Z';

function job(id: number, name: string, status: string): EmbeddedJob {
  return {
    id,
    name,
    stage: 'test',
    status,
    allow_failure: false,
    failure_reason: null,
    created_at: begun,
    started_at: begun,
    finished_at: begun,
    duration: 10,
    queued_duration: 1,
    coverage: null,
    artifacts: new Map(),
    reports: [],
    trace: '',
  };
}

function stateOfPipelines(): EmbeddedState {
  const state = talkState();
  const pipeline = { project_id: 42, sha: head, created_at: begun, statuses: [], test_report: null };
  state.pipelines.push(
    {
      ...pipeline,
      id: 500,
      ref: 'refs/merge-requests/17/head',
      status: 'failed',
      source: 'merge_request_event',
      jobs: [job(601, 'unit', 'failed'), job(602, 'lint', 'success'), job(603, 'deploy', 'manual')],
    },
    {
      ...pipeline,
      id: 501,
      ref: 'main',
      status: 'running',
      source: 'push',
      jobs: [job(604, 'unit', 'running')],
    },
  );
  state.branches.push(
    { project_id: 42, name: 'main', sha: 'b0'.repeat(20) },
    { project_id: 42, name: '1.x', sha: 'b1'.repeat(20) },
  );
  return state;
}

const retry: BotAction = { do: 'retryJobs', project: 42, pipelineId: 500, jobs: [{ id: 601, name: 'unit' }] };
const cancel: BotAction = { do: 'cancelPipeline', project: 42, pipelineId: 501 };
const play: BotAction = { do: 'playJob', project: 42, jobId: 603, name: 'deploy' };
const run: BotAction = { do: 'runMergeRequestPipeline', on: mr, sha: head, since: '2026-03-04T11:00:00Z' };
const runOnRef: BotAction = { do: 'runPipeline', project: 42, ref: 'main', variables: { A: '1' } };
const backport: BotAction = {
  do: 'backport',
  on: mr,
  branch: '1.x',
  shas: [head],
  title: 'Take vouchers (1.x)',
};

const source = 'herald/backport-17-to-1.x';

function attempts(state: EmbeddedState, name: string): readonly string[] {
  return state.pipelines.flatMap(({ jobs }) =>
    jobs.filter((one) => one.name === name).map(({ status }) => status),
  );
}

function started(state: EmbeddedState): readonly (readonly [string, string])[] {
  return state.pipelines.slice(2).map(({ ref, source: by }) => [ref, by]);
}

function openedFor(state: EmbeddedState): readonly unknown[] {
  return state.mergeRequests
    .slice(1)
    .map((one) => [one.source_branch, one.target_branch, one.title, one.description]);
}

interface Row {
  readonly action: BotAction;
  readonly stands: (state: EmbeddedState) => unknown;
  readonly before: unknown;
  readonly after: unknown;
  /** A second time. */
  readonly again: 'there' | 'refused';
  readonly onNothing: BotAction;
}

const rows: readonly Row[] = [
  {
    action: retry,
    stands: (state) => attempts(state, 'unit'),
    before: ['failed', 'running'],
    after: ['failed', 'pending', 'running'],
    again: 'there',
    onNothing: { ...retry, project: 99 },
  },
  {
    action: cancel,
    stands: (state) => state.pipelines.map(({ status }) => status),
    before: ['failed', 'running'],
    after: ['failed', 'canceled'],
    again: 'there',
    onNothing: { ...cancel, pipelineId: 9_999 },
  },
  {
    action: play,
    stands: (state) => attempts(state, 'deploy'),
    before: ['manual'],
    after: ['pending'],
    // GitLab itself plays a job once.
    again: 'refused',
    onNothing: { ...play, jobId: 9_999 },
  },
  {
    action: run,
    stands: started,
    before: [],
    after: [['refs/merge-requests/17/head', 'merge_request_event']],
    again: 'there',
    onNothing: { ...run, on: missing },
  },
  {
    action: runOnRef,
    stands: started,
    before: [],
    after: [['main', 'api']],
    again: 'there',
    onNothing: { ...runOnRef, ref: 'gone' },
  },
  {
    action: backport,
    stands: openedFor,
    before: [],
    after: [[source, '1.x', 'Take vouchers (1.x)', 'Backport of !17.']],
    again: 'there',
    onNothing: { ...backport, branch: '0.x' },
  },
];

async function prepared(change: (state: EmbeddedState) => void = () => undefined) {
  const state = stateOfPipelines();
  change(state);
  const gitlab = await startEmbedded({ state });
  return { gitlab, state, world: worldAt(gitlab) };
}

describe.each(rows)('$action.do', ({ action, stands, before, after, again, onNothing }) => {
  test('is done once, and the second time changes nothing', async () => {
    const { gitlab, state, world } = await prepared();
    expect(stands(state)).toEqual(before);
    expect(await perform(world, action, command)).toMatchObject({ outcome: 'done' });
    expect(stands(state)).toEqual(after);
    expect(await perform(worldAt(gitlab), action, command)).toMatchObject({ outcome: again });
    expect(stands(state)).toEqual(after);
  });

  test('is refused, with words, to who may not', async () => {
    const { gitlab, state } = await prepared();
    const performed = await perform(worldAt(gitlab, tokens.guest), action, command);
    expect(performed.outcome).toBe('refused');
    expect(performed.detail).toMatch(/403|does not retry these jobs: unit/);
    expect(stands(state)).toEqual(before);
  });

  test('on what is gone is refused', async () => {
    const { state, world } = await prepared();
    const performed = await perform(world, onNothing, command);
    expect(performed.outcome).toBe('refused');
    expect(performed.detail).not.toBeNull();
    expect(stands(state)).toEqual(before);
  });
});

describe('retrying', () => {
  test('leaves alone what is no newest attempt, or did not fail', async () => {
    const { gitlab, state, world } = await prepared(({ pipelines: [first] }) => {
      first?.jobs.push(job(605, 'unit', 'running'));
    });
    const all = [
      { id: 601, name: 'unit' },
      { id: 602, name: 'lint' },
      { id: 605, name: 'unit' },
    ];
    expect(await perform(world, { ...retry, jobs: all }, command)).toMatchObject({ outcome: 'there' });
    expect(changesSince(gitlab)).toEqual([]);
    expect(attempts(state, 'unit')).toEqual(['failed', 'running', 'running']);
  });

  test('names the jobs that GitLab does not run again, and runs the others', async () => {
    const { state } = await prepared();
    const gitlab = await startEmbedded({
      state,
      beforeRequest: ({ path }) =>
        path.endsWith('/jobs/606/retry') ? { status: 403, body: { message: '403 Forbidden' } } : undefined,
    });
    state.pipelines[0]?.jobs.push(job(606, 'e2e', 'failed'));
    const jobs = [
      { id: 601, name: 'unit' },
      { id: 606, name: 'e2e' },
    ];
    const performed = await perform(worldAt(gitlab), { ...retry, jobs }, command);
    expect(performed).toMatchObject({
      outcome: 'refused',
      detail: 'GitLab does not retry these jobs: e2e',
    });
    expect(attempts(state, 'unit')).toEqual(['failed', 'pending', 'running']);
  });
});

describe('running a pipeline of a merge request', () => {
  test('is refused when somebody pushed meanwhile', async () => {
    const { gitlab, world } = await prepared(({ mergeRequests: [first] }) => {
      if (first !== undefined) first.sha = 'dd'.repeat(20);
    });
    expect(await perform(world, run, command)).toMatchObject({
      outcome: 'refused',
      detail: `the latest commit is no longer ${head.slice(0, 8)}`,
    });
    expect(changesSince(gitlab)).toEqual([]);
  });

  test('is there when one was started since it was asked for', async () => {
    const { gitlab, world } = await prepared();
    const asked: BotAction = { ...run, since: '2026-03-04T09:00:00Z' };
    expect(await perform(world, asked, command)).toMatchObject({ outcome: 'there' });
    expect(changesSince(gitlab)).toEqual([]);
  });
});

describe('a backport', () => {
  test('whose commit does not apply leaves nothing behind, and says which', async () => {
    const { state, world } = await prepared(({ unpickable }) => unpickable.add(head));
    const performed = await perform(world, backport, command);
    expect(performed.outcome).toBe('refused');
    expect(performed.detail).toContain(`commit ${head.slice(0, 8)} does not apply to 1.x`);
    expect(state.branches.map(({ name }) => name)).toEqual(['main', '1.x']);
    expect(openedFor(state)).toEqual([]);
  });

  test('takes the commits in their order, and none behind one that does not apply', async () => {
    const second = 'ee'.repeat(20);
    const { gitlab, world } = await prepared(({ unpickable }) => unpickable.add(second));
    const shas = [head, second, 'ff'.repeat(20)];
    const performed = await perform(world, { ...backport, shas }, command);
    expect(performed.detail).toContain(second.slice(0, 8));
    const picked = gitlab.requests
      .filter(({ path }) => path.endsWith('/cherry_pick'))
      .map(({ path }) => path);
    expect(picked.map((path) => path.split('/').at(-2))).toEqual([head, second]);
  });

  test('keeps the branch of an earlier one that was closed: people may have worked on it', async () => {
    const { gitlab, state, world } = await prepared();
    await perform(world, backport, command);
    const [, opened] = state.mergeRequests;
    const left = state.branches.find(({ name }) => name === source);
    if (opened === undefined || left === undefined) throw new Error('nothing was opened');
    opened.state = 'closed';
    const refused = await perform(worldAt(gitlab), backport, command);
    expect(refused).toMatchObject({ outcome: 'refused' });
    expect(refused.detail).toContain(`the branch ${source} of !${opened.iid}`);
    expect(state.branches).toContain(left);
    state.branches.splice(state.branches.indexOf(left), 1);
    expect(await perform(worldAt(gitlab), backport, command)).toMatchObject({ outcome: 'done' });
  });

  test('makes a branch anew that a killed run left', async () => {
    const { state, world } = await prepared(({ branches }) =>
      branches.push({ project_id: 42, name: source, sha: 'aa'.repeat(20) }),
    );
    expect(await perform(world, backport, command)).toMatchObject({ outcome: 'done' });
    expect(state.branches.find(({ name }) => name === source)?.sha).not.toBe('aa'.repeat(20));
    expect(openedFor(state)).toHaveLength(1);
  });
});
