/** What one request of GraphQL shows of many, against the lists of REST. */
import { describe, expect, test } from 'vitest';
import type { EmbeddedAnswer } from '../../../../src/demo/http.ts';
import type { Span } from '../../../../src/model/digest.ts';
import type { ProjectHistory } from '../../../../src/model/project-history.ts';
import type {
  EmbeddedMergeRequest,
  EmbeddedPipeline,
  EmbeddedState,
} from '../../../support/gitlab/state/state.ts';
import {
  addDays,
  day,
  emptyProject,
  end,
  type HistoryStage,
  projectId,
  startHistoryStage,
  withoutGraphql,
} from '../history-stage.ts';

const weeks: readonly [Span, Span] = [
  { from: end - 14 * day, until: end - 7 * day },
  { from: end - 7 * day, until: end },
];

function fewThings(): EmbeddedState {
  const state = emptyProject();
  addDays(state, end - 16 * day, 16, { seed: 12, mergeRequests: 8, pipelinesEach: 1, jobs: 2 });
  return state;
}

/** A merge request that was merged in the period. */
function lastMerged({ mergeRequests }: EmbeddedState): EmbeddedMergeRequest {
  const merged = mergeRequests.findLast(({ state }) => state === 'merged');
  if (merged === undefined) throw new Error('no merge request');
  return merged;
}

/** The last pipeline of a state. */
function lastOf({ pipelines }: EmbeddedState): EmbeddedPipeline {
  const last = pipelines.at(-1);
  if (last === undefined) throw new Error('no pipeline');
  return last;
}

async function readBoth(state: EmbeddedState): Promise<{
  readonly together: ProjectHistory;
  readonly apart: ProjectHistory;
  readonly stage: HistoryStage;
}> {
  const stage = await startHistoryStage(state);
  const together = (await stage.read({ spans: weeks })).history;
  const apart = await (await startHistoryStage(state, withoutGraphql)).read({ spans: weeks });
  return { together, apart: apart.history, stage };
}

/** What does not depend on how exact times are. */
function jobsOf({ jobs }: ProjectHistory): unknown {
  return jobs.map(({ id, pipelineId, name, stage, status, allowFailure, failureReason, coverage }) => ({
    ...{ id, pipelineId, name, stage, status, allowFailure, failureReason, coverage },
  }));
}

function lines(stage: HistoryStage, pattern: RegExp): readonly string[] {
  return stage.asked().filter((line) => pattern.test(line));
}

describe('jobs', () => {
  test('are those of the list of jobs, with the reasons of failures', async () => {
    const state = fewThings();
    const [failed, other] = lastOf(state).jobs;
    Object.assign(failed ?? {}, { status: 'failed', failure_reason: 'runner_system_failure' });
    Object.assign(other ?? {}, { status: 'waiting_for_resource' });
    const { together, apart, stage } = await readBoth(state);
    expect(jobsOf(together)).toEqual(jobsOf(apart));
    expect(together.jobs.find(({ id }) => id === failed?.id)?.failureReason).toBe('runner_system_failure');
    expect(together.jobs.find(({ id }) => id === other?.id)?.status).toBe('waiting_for_resource');
    // Of the list of all jobs nothing was read but those that failed.
    const asked = lines(stage, /\/projects\/42\/jobs\?/);
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.every((line) => line.includes('scope=failed'))).toBe(true);
  });

  test.each([
    ['without a place to go on', null],
    ['that leads to itself', 'again'],
  ])('are read by themselves after a page %s', async (_name, endCursor) => {
    const state = fewThings();
    const pageInfo = { hasNextPage: true, endCursor };
    const spoil = (answer: EmbeddedAnswer): EmbeddedAnswer => {
      const body: unknown = JSON.parse(JSON.stringify(answer.body), (key, value: unknown) =>
        key === 'pipelines' && typeof value === 'object' ? { ...value, pageInfo } : value,
      );
      return { ...answer, body };
    };
    const broken = await startHistoryStage(state, {
      beforeRequest: ({ path }) => (path === '/graphql' ? { spoil } : undefined),
    });
    const { history } = await broken.read({ spans: weeks });
    const apart = await (await startHistoryStage(state, withoutGraphql)).read({ spans: weeks });
    expect(jobsOf(history)).toEqual(jobsOf(apart.history));
    expect(history.jobs.length).toBeGreaterThan(20);
    expect(history.read.pipelines.gap).toBeNull();
  });

  test('of child pipelines are in no list of pipelines: then the jobs are read by themselves', async () => {
    const state = fewThings();
    const parent = lastOf(state);
    state.nextId += 2;
    const [childId, jobId] = [state.nextId - 1, state.nextId];
    const [job] = parent.jobs;
    if (job === undefined) throw new Error('no job');
    state.pipelines.push({
      ...parent,
      id: childId,
      source: 'parent_pipeline',
      jobs: [{ ...job, id: jobId, name: 'inside' }],
    });
    const trigger = {
      id: childId + 5,
      name: 'child',
      stage: 'test',
      status: 'success',
      downstream_id: childId,
    };
    Object.assign(parent, { bridges: [{ ...trigger, allow_failure: false }] });
    const { together, apart, stage } = await readBoth(state);
    expect(together.jobs.some(({ name }) => name === 'inside')).toBe(true);
    expect(together.jobs).toEqual(apart.jobs);
    const ids = ({ pipelines }: ProjectHistory): unknown => pipelines.map(({ id, status }) => [id, status]);
    expect(ids(together)).toEqual(ids(apart));
    expect(together.pipelines.some(({ id }) => id === childId)).toBe(true);
    stage.asked();
    // The next reading knows, and does not ask in vain.
    const { kept } = await stage.read({ spans: weeks });
    stage.asked();
    await stage.read({ spans: weeks, kept });
    expect(lines(stage, /graphql\?.*pipelines/)).toEqual([]);
  });

  test('of a pipeline with more than 100 are read by themselves', async () => {
    const state = fewThings();
    const large = lastOf(state);
    const [job] = large.jobs;
    if (job === undefined) throw new Error('no job');
    for (let index = 0; index < 120; index += 1) {
      state.nextId += 1;
      large.jobs.push({
        ...job,
        id: state.nextId,
        name: `shard ${index}`,
        status: 'success',
        failure_reason: null,
      });
    }
    const { together, apart, stage } = await readBoth(state);
    expect(together.jobs.filter(({ pipelineId }) => pipelineId === large.id).length).toBeGreaterThan(120);
    expect(jobsOf(together)).toEqual(jobsOf(apart));
    expect(lines(stage, new RegExp(`/pipelines/${large.id}/jobs`)).length).toBe(2);
  });

  test('are read so within a limit, too, as long as enough requests are left', async () => {
    const state = fewThings();
    const stage = await startHistoryStage(state);
    const { history } = await stage.read({ spans: weeks, maxRequests: 160 });
    expect(history.read.jobs.gap).toBeNull();
    expect(stage.asked().some((line) => line.includes('graphql'))).toBe(true);
    await stage.read({ spans: weeks, maxRequests: 40 });
    expect(stage.asked().some((line) => line.includes('graphql'))).toBe(false);
  });

  test('whose reasons GitLab refuses are read from the list of jobs', async () => {
    const state = fewThings();
    const stage = await startHistoryStage(state, {
      beforeRequest: ({ path, query }) =>
        path.endsWith('/jobs') && query.get('scope') === 'failed'
          ? { status: 400, body: { error: 'scope does not have a valid value' } }
          : undefined,
    });
    const { history } = await stage.read({ spans: weeks });
    expect(history.read.jobs).toMatchObject({ gap: null, usable: true });
    expect(history.jobs.some(({ failureReason }) => failureReason === 'script_failure')).toBe(true);
  });
});

describe('details of merge requests', () => {
  test('are those of the single requests', async () => {
    const state = fewThings();
    const { together, apart, stage } = await readBoth(state);
    const second = (at: number): number => Math.floor(at / 1000);
    const plain = ({ mergeRequests }: ProjectHistory): unknown =>
      mergeRequests.map(({ iid, details }) => [
        iid,
        details?.commits,
        details?.events.map(({ at, ...event }) => ({ ...event, at: second(at) })),
      ]);
    expect(plain(together)).toEqual(plain(apart));
    for (const { iid, details } of together.mergeRequests) {
      const commits = state.mergeRequests.find((mr) => mr.iid === iid)?.commits ?? [];
      const times = commits.map(({ authored_date: at }) => second(Date.parse(at ?? '')) * 1000);
      if (details !== null) expect(details.firstCommitAt).toBe(Math.min(...times));
    }
    expect(together.mergeRequests.some(({ details }) => (details?.events.length ?? 0) > 4)).toBe(true);
    expect(lines(stage, /\/merge_requests\/\d+\//)).toEqual([]);
  });

  test('with more than 100 notes are read by themselves', async () => {
    const state = fewThings();
    const mr = lastMerged(state);
    const [note] = mr.notes;
    if (note === undefined) throw new Error('no merge request');
    for (let index = 0; index < 110; index += 1) {
      state.nextId += 1;
      mr.notes.push({ ...note, id: state.nextId, body: 'And this?', system: false });
    }
    const { together, stage } = await readBoth(state);
    const { details } = together.mergeRequests.find(({ iid }) => iid === mr.iid) ?? {};
    expect(details?.events.length).toBeGreaterThan(110);
    expect(lines(stage, new RegExp(`/merge_requests/${mr.iid}/notes`)).length).toBe(2);
  });

  test('have their lines without generated files, as the default branch marks them', async () => {
    const state = fewThings();
    const mr = lastMerged(state);
    const file = (path: string, diff: string): object => ({
      ...{ old_path: path, new_path: path, new_file: false, renamed_file: false, deleted_file: false },
      ...{ diff, collapsed: false, too_large: false },
    });
    const files = [
      file('src/till.ts', '@@ -1 +1,2 @@\n-a\n+b\n+c\n'),
      file('package-lock.json', '@@ -1 +1 @@\n-a\n+b\n'),
      file('api/client.ts', '@@ -0,0 +1,4 @@\n+a\n+b\n+c\n+d\n'),
    ];
    Object.assign(mr, { diff: { files, raw: null } });
    state.files.push({
      project_id: projectId,
      path: '.gitattributes',
      ref: 'main',
      content: 'api/*.ts linguist-generated\n',
    });
    const { together, apart } = await readBoth(state);
    const linesOf = ({ mergeRequests }: ProjectHistory): unknown =>
      mergeRequests.find(({ iid }) => iid === mr.iid)?.details?.lines;
    expect(linesOf(together)).toEqual({ written: 3, generated: 6 });
    expect(linesOf(apart)).toBeNull();
  });
});
