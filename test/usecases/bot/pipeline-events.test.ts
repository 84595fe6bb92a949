import { describe, expect, test } from 'vitest';
import type { EmbeddedPipeline } from '../../support/gitlab/state/state.ts';
import { aStage, cast, head, mr, type Payload, type Stage } from './stage.ts';

const mainHead = 'b0'.repeat(20);
const now = new Date().toISOString();

function rules(...on: readonly string[]): string {
  const all = on.map((name) => `{ name: ${name}, on: ${name}, do: [{ run-pipeline: { ref: main } }] }`);
  return `bot: { rules: [${all.join(', ')}] }`;
}

const label = (on: string): string => `bot: { rules: [{ name: r, on: ${on}, do: [{ label: red }] }] }`;

function addPipeline({ state }: Stage, id: number, changes: Partial<EmbeddedPipeline> = {}): void {
  state.pipelines.push({
    id,
    project_id: 42,
    ref: 'main',
    sha: mainHead,
    status: 'failed',
    source: 'push',
    created_at: now,
    jobs: [],
    statuses: [],
    test_report: null,
    ...changes,
  });
}

/** A pipeline event about the merge request's pipeline, unless the attributes say something else. */
function pipelineEvent(attributes: Payload = {}, more: Payload = {}): Payload {
  return {
    object_kind: 'pipeline',
    user: { id: cast.dev.id },
    project: { id: 42, path_with_namespace: 'shop/till' },
    object_attributes: { id: 501, sha: head, ref: 'vouchers', status: 'failed', ...attributes },
    merge_request: { iid: 7, target_project_id: 42 },
    ...more,
  };
}

const ofMain = (id: number, status: string): Payload =>
  pipelineEvent({ id, sha: mainHead, ref: 'main', status }, { merge_request: null });

function jobEvent(more: Payload = {}): Payload {
  return {
    object_kind: 'build',
    user: { id: cast.dev.id },
    project_id: 42,
    project: { id: 42, path_with_namespace: 'shop/till' },
    build_id: 601,
    build_name: 'unit',
    build_status: 'failed',
    pipeline_id: 501,
    sha: head,
    ...more,
  };
}

const noReport = { isUnreported: () => Promise.resolve(false) };

async function ruled(stage: Stage, payload: Payload): Promise<readonly string[]> {
  const { explanation } = await stage.handle(payload, noReport);
  return explanation.flatMap((line) => /^([\w.]+): matches/.exec(line)?.[1] ?? []);
}

describe('a pipeline event', () => {
  test('of a merge request is one for rules, and its pipeline is a fact', async () => {
    const stage = await aStage(
      'bot: { rules: [{ name: r, on: pipeline.failed, when: { failed-jobs: unit }, do: [{ label: red }] }] }',
    );
    await stage.handle(pipelineEvent(), noReport);
    expect(stage.item(mr).labels).toEqual(['red']);
  });

  test('claims a failure: GitLab says success, and no rule acts', async () => {
    const stage = await aStage(label('pipeline.failed'));
    for (const pipeline of stage.state.pipelines) pipeline.status = 'success';
    expect(await stage.handle(pipelineEvent(), noReport)).toMatchObject({
      outcome: 'ignored',
      reason: expect.stringContaining('GitLab does not confirm pipeline.failed') as unknown,
    });
  });

  test.each([
    ['that does not exist', pipelineEvent({ id: 999 })],
    ['of another commit', pipelineEvent({ sha: mainHead })],
    ['without a commit', pipelineEvent({ sha: null })],
    ['with a ref for a commit', pipelineEvent({ sha: 'main' })],
    ['of another project', pipelineEvent({}, { project: { id: 43 } })],
    [
      'of a fork, for a merge request that is not its own',
      pipelineEvent({ id: 509 }, { project: { id: 43 } }),
    ],
  ])('of a pipeline %s does nothing', async (_what, payload) => {
    const stage = await aStage(label('pipeline'));
    addPipeline(stage, 509, { project_id: 43, ref: 'refs/merge-requests/7/head', sha: head });
    for (const one of stage.state.mergeRequests) if (one.iid === 7) one.head_pipeline_id = 501;
    await stage.handle(payload, noReport);
    expect(stage.deeds()).toEqual([]);
  });

  test('that another pipeline of the merge request has overtaken does nothing', async () => {
    const stage = await aStage(label('pipeline.failed'));
    addPipeline(stage, 590, { ref: 'refs/merge-requests/7/head', sha: head, status: 'running' });
    for (const one of stage.state.mergeRequests) if (one.iid === 7) one.head_pipeline_id = 590;
    expect(await stage.handle(pipelineEvent(), noReport)).toMatchObject({
      reason: expect.stringContaining('a newer pipeline of the merge request has begun') as unknown,
    });
  });

  test('of long ago, sent again, does nothing', async () => {
    const stage = await aStage(label('pipeline.failed'));
    addPipeline(stage, 400, { created_at: '2020-01-01T00:00:00.000Z' });
    expect(await stage.handle(ofMain(400, 'failed'), noReport)).toMatchObject({
      reason: 'the pipeline is an old one',
    });
  });

  test('of a pipeline that only holds statuses does nothing, or a status of the bot would be one', async () => {
    const stage = await aStage(rules('pipeline.failed'));
    addPipeline(stage, 700, { source: 'external' });
    await stage.handle(ofMain(700, 'failed'));
    expect(stage.deeds()).toEqual([]);
  });

  test('of a pipeline that the bot started is none for rules, or they would start it without end', async () => {
    const stage = await aStage(rules('pipeline.failed'));
    addPipeline(stage, 700);
    const payload = { ...ofMain(700, 'failed'), user: { id: cast.bot.id } };
    expect(await stage.handle(payload)).toMatchObject({ reason: 'the bot did it itself' });
    expect(stage.deeds()).toEqual([]);
  });

  test.each([
    [
      ['failed', 'success'],
      ['pipeline.success', 'pipeline.recovered'],
    ],
    [['success', 'success'], ['pipeline.success']],
    [
      ['failed', 'canceled', 'success'],
      ['pipeline.success', 'pipeline.recovered'],
    ],
    [['success', 'failed'], ['pipeline.failed']],
    [['success'], ['pipeline.success']],
  ])('pipelines of a branch that end with %s are %s', async (statuses, expected) => {
    const stage = await aStage(rules('pipeline.success', 'pipeline.failed', 'pipeline.recovered'));
    for (const [at, status] of statuses.entries()) addPipeline(stage, 700 + at, { status });
    const status = statuses.at(-1) ?? '';
    expect(await ruled(stage, ofMain(699 + statuses.length, status))).toEqual(expected);
  });
});

describe('a job event', () => {
  test('is one for rules, about the merge request of its pipeline', async () => {
    const stage = await aStage(label('job.failed'));
    await stage.handle(jobEvent());
    expect(stage.item(mr).labels).toEqual(['red']);
  });

  test.each([
    ['that GitLab does not show', { build_id: 999 }],
    ['that did not fail', { build_id: 602 }],
    ['without an id', { build_id: null }],
    ['of another pipeline', { pipeline_id: 502 }],
  ])('of a job %s does nothing', async (_what, more) => {
    const stage = await aStage(label('job.failed'));
    await stage.handle(jobEvent(more));
    expect(stage.deeds()).toEqual([]);
  });
});

describe('the end of a pipeline', () => {
  const reporting = {
    isUnreported: () => Promise.resolve(true),
    report: () => Promise.resolve({ outcome: 'done', url: null, detail: 'reported' } as const),
  };

  test('makes the report of its merge request at once, whatever the rules are', async () => {
    const stage = await aStage();
    const { outcome, reason, writes } = await stage.handle(pipelineEvent(), reporting);
    expect([outcome, reason]).toEqual(['handled', 'the report of merge request !7']);
    expect(writes).toMatchObject([{ outcome: 'done', write: { action: { do: 'report', on: mr } } }]);
  });

  test('makes it for a pipeline that the bot started, too', async () => {
    const stage = await aStage();
    const payload = pipelineEvent({}, { user: { id: cast.bot.id } });
    expect(await stage.handle(payload, reporting)).toMatchObject({ outcome: 'handled' });
  });

  test('makes none while the pipeline runs, or where the report is there', async () => {
    const stage = await aStage();
    expect(await stage.handle(pipelineEvent({ status: 'running' }), reporting)).toMatchObject({ writes: [] });
    expect(await stage.handle(pipelineEvent(), noReport)).toMatchObject({
      outcome: 'ignored',
      writes: [],
    });
  });

  test('of a fork’s pipeline makes the report on the merge request that it is about', async () => {
    const stage = await aStage();
    const asked: unknown[] = [];
    const payload = pipelineEvent(
      { id: 502, sha: 'f0'.repeat(20), ref: 'printer' },
      { project: { id: 43 }, merge_request: { iid: 8, target_project_id: 42 } },
    );
    const report = (on: unknown): ReturnType<typeof reporting.report> => {
      asked.push(on);
      return reporting.report();
    };
    await stage.handle(payload, { ...reporting, report });
    expect(asked).toEqual([{ kind: 'merge_request', project: 42, iid: 8 }]);
  });

  test('is written once: the second event finds the report', async () => {
    const stage = await aStage();
    await stage.handle(pipelineEvent());
    const [first] = stage.notes();
    expect(first).toContain('unit');
    stage.deeds();
    expect(await stage.handle(pipelineEvent())).toMatchObject({ outcome: 'ignored' });
    expect([stage.deeds(), stage.notes()]).toEqual([[], [first]]);
  });

  test('on the default branch is one for the rules about that branch, without the sweep', async () => {
    const stage = await aStage(rules('default_branch.failed'));
    addPipeline(stage, 700);
    expect(await stage.handle(ofMain(700, 'failed'))).toMatchObject({ outcome: 'handled' });
    expect(stage.deeds()).toEqual(['POST /projects/42/pipeline']);
  });
});
