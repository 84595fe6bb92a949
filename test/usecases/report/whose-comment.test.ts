import { describe, expect, test } from 'vitest';
import { parseMarker } from '../../../src/publish/marker.ts';
import { aStage, head, mr, type Stage } from '../bot/stage.ts';
import { addPipeline, jobContext, mergeRequestPipeline, pipelineIn, runReport } from './stage-of-job.ts';

/** The pipelines that the bot's notes on !7 tell of. */
function told(stage: Stage): readonly (number | undefined)[] {
  return stage.notes().map((body) => parseMarker(body)?.pipelineId);
}

function ofMergeRequest(stage: Stage, options: object = {}): ReturnType<typeof runReport> {
  return runReport(stage, jobContext(stage, { id: mergeRequestPipeline }), options);
}

function ofOther(stage: Stage, id: number, options: object = {}): ReturnType<typeof runReport> {
  const context = jobContext(stage, { id, type: 'branch', source: pipelineIn(stage, id).source }, null);
  return runReport(stage, context, options);
}

function ofChild(stage: Stage, id: number, options: object = {}): ReturnType<typeof runReport> {
  const source = 'parent_pipeline';
  return runReport(stage, jobContext(stage, { id, type: 'child', source }), options);
}

describe.each(['push', 'schedule', 'web', 'api'])(
  'a later pipeline of the same commit, from %s',
  (source) => {
    test('leaves the comment to the merge request’s own pipeline, and sets its own status', async () => {
      const stage = await aStage();
      await ofMergeRequest(stage);
      addPipeline(stage, { id: 530, source, ref: 'vouchers', status: 'running' });
      const before = stage.notes();
      const { published, exitCode } = await ofOther(stage, 530);
      expect(published.note?.outcome).toBe('not-the-head');
      expect(exitCode).toBe(0);
      expect(stage.notes()).toEqual(before);
      expect(pipelineIn(stage, 530).statuses).toHaveLength(1);
      expect(pipelineIn(stage, mergeRequestPipeline).statuses).toHaveLength(1);
    });

    test('leaves no comment where there is none yet', async () => {
      const stage = await aStage();
      addPipeline(stage, { id: 530, source, ref: 'vouchers', status: 'running' });
      await ofOther(stage, 530);
      expect(stage.notes()).toEqual([]);
      await ofOther(stage, 530, { section: 'api' });
      expect(stage.notes()).toEqual([]);
    });

    test.each([{}, { section: 'api' }])(
      'that wrote with %o never stops a retried job of the merge request’s pipeline',
      async (options) => {
        const stage = await aStage();
        const own = pipelineIn(stage, mergeRequestPipeline);
        const at = stage.state.pipelines.indexOf(own);
        // While GitLab showed nothing else, the other one was the head.
        stage.state.pipelines.splice(at, 1);
        stage.state.pipelines.push({ ...own, id: 530, source, ref: 'vouchers', jobs: [], statuses: [] });
        await ofOther(stage, 530, options);
        expect(told(stage)).toEqual([530]);
        stage.state.pipelines.push(own);
        await ofMergeRequest(stage, options);
        expect(told(stage)).toEqual([mergeRequestPipeline]);
      },
    );
  },
);

test('without a pipeline of its own the merge request gets the newest one of its branch', async () => {
  const stage = await aStage();
  const own = pipelineIn(stage, mergeRequestPipeline);
  stage.state.pipelines.splice(stage.state.pipelines.indexOf(own), 1);
  for (const id of [530, 531])
    stage.state.pipelines.push({ ...own, id, source: 'push', ref: 'vouchers', jobs: [], statuses: [] });
  await ofOther(stage, 531);
  await ofOther(stage, 530);
  expect(told(stage)).toEqual([531]);
});

test('a newer pipeline of the merge request keeps its comment', async () => {
  const stage = await aStage();
  addPipeline(stage, { id: 540, source: 'merge_request_event' });
  await runReport(stage, jobContext(stage, { id: 540 }));
  const { published } = await ofMergeRequest(stage);
  expect(published.note?.outcome).toBe('newer-exists');
  expect(told(stage)).toEqual([540]);
});

test('a pipeline of an older commit that GitLab still shows does not stop a branch pipeline of the new one', async () => {
  const stage = await aStage();
  const item = stage.state.mergeRequests.find(({ iid }) => iid === mr.iid);
  const sha = 'c3'.repeat(20);
  Object.assign(item ?? {}, { sha, head_pipeline_id: mergeRequestPipeline });
  addPipeline(stage, { id: 530, source: 'push', ref: 'vouchers', sha });
  const context = jobContext(stage, { id: 530, type: 'branch', source: 'push' }, null);
  await runReport(stage, { ...context, commit: { ...context.commit, sha } });
  expect(told(stage)).toEqual([530]);
});

describe('a child pipeline', () => {
  function child(stage: Stage, id: number, parent = mergeRequestPipeline): void {
    addPipeline(stage, { id, status: 'running' });
    const upstream = pipelineIn(stage, parent);
    const bridge = {
      id: id + 1_000,
      name: `child ${id}`,
      stage: 'test',
      status: 'running',
      allow_failure: false,
      failure_reason: null,
      created_at: '2026-03-04T10:00:00.000Z',
      started_at: null,
      finished_at: null,
      duration: null,
      coverage: null,
      downstream_id: id,
    };
    Object.assign(upstream, { bridges: [...(upstream.bridges ?? []), bridge] });
  }

  test('has its comment and status on the pipeline that started it', async () => {
    const stage = await aStage();
    child(stage, 520);
    const { exitCode } = await ofChild(stage, 520);
    expect(exitCode).toBe(0);
    expect(pipelineIn(stage, mergeRequestPipeline).statuses.map(({ name }) => name)).toEqual([
      'herald/report',
    ]);
    expect(pipelineIn(stage, 520).statuses).toEqual([]);
    expect(told(stage)).toEqual([mergeRequestPipeline]);
  });

  test('of a child pipeline has them on the first one', async () => {
    const stage = await aStage();
    child(stage, 520);
    child(stage, 521, 520);
    await ofChild(stage, 521);
    expect(pipelineIn(stage, mergeRequestPipeline).statuses).toHaveLength(1);
  });

  test('unites its section with those of others in one note, whichever comes last', async () => {
    const stage = await aStage();
    for (const id of [520, 521, 522]) child(stage, id);
    for (const id of [522, 520, 521])
      await ofChild(stage, id, { section: `part-${id}`, status: id === 520 ? 'one' : 'none' });
    expect(stage.notes()).toHaveLength(1);
    for (const id of [520, 521, 522]) expect(stage.notes()[0]).toContain(`name=part-${id} `);
    expect(told(stage)).toEqual([mergeRequestPipeline]);
  });

  test('goes by its variables where GitLab does not say what started it', async () => {
    const stage = await aStage(null, {
      beforeRequest: ({ path }) => (path === '/graphql' ? { status: 403, body: {} } : undefined),
    });
    child(stage, 520);
    const context = jobContext(stage, {
      id: 520,
      type: 'child',
      source: 'parent_pipeline',
      upstreamId: mergeRequestPipeline,
    });
    expect((await runReport(stage, context)).exitCode).toBe(0);
    expect(pipelineIn(stage, mergeRequestPipeline).statuses).toHaveLength(1);
  });

  test('of which nobody knows what started it has a comment, no status, and a line that says why', async () => {
    const stage = await aStage();
    addPipeline(stage, { id: 520, status: 'running' });
    const { exitCode } = await ofChild(stage, 520);
    expect(exitCode).toBe(0);
    expect(stage.state.pipelines.flatMap(({ statuses }) => statuses)).toEqual([]);
    expect(stage.gitlab.requests.filter(({ path }) => path.includes('/statuses/'))).toEqual([]);
    expect(stage.notes()).toHaveLength(1);
    expect(stage.log.lines.join('\n')).toContain('takes no status on a child pipeline');
  });

  test('takes no status of anybody: the embedded GitLab answers as GitLab does', async () => {
    const stage = await aStage();
    child(stage, 520);
    const status = {
      projectId: 42,
      sha: head,
      pipelineId: 520,
      name: 'mine',
      state: 'success',
      description: '',
      targetUrl: null,
    } as const;
    await expect(stage.world().gitlab.setStatus(status)).rejects.toMatchObject({ status: 404 });
  });
});
