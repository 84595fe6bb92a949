import { describe, expect, test } from 'vitest';
import { verdictOf } from '../../../src/render/comment/verdict.ts';
import { aStage, type Stage } from '../bot/stage.ts';
import {
  addPipeline,
  addTrigger,
  aFailedJob,
  jobContext,
  mergeRequestPipeline,
  pipelineIn,
  runReport,
} from './stage-of-job.ts';

/** A stage whose merge request's pipeline has nothing that failed itself. */
async function aGreenStage(version = '19.6.0'): Promise<Stage> {
  const stage = await aStage();
  stage.state.version = version;
  for (const job of pipelineIn(stage, mergeRequestPipeline).jobs) job.status = 'success';
  pipelineIn(stage, mergeRequestPipeline).status = 'running';
  return stage;
}

/** Without the reports of jobs: those of child pipelines take requests of their own. */
function run(stage: Stage, options: object = {}): ReturnType<typeof runReport> {
  return runReport(stage, jobContext(stage, { id: mergeRequestPipeline }), {
    reportsFrom: 'files',
    ...options,
  });
}

async function noteOf(stage: Stage, options: object = {}): Promise<string> {
  await run(stage, options);
  return stage.notes().join('\n');
}

function asked(stage: Stage, part: string): readonly string[] {
  return stage.gitlab.requests.map(({ path }) => path).filter((path) => path.includes(part));
}

describe.each(['17.0.0', '19.1.0', '19.2.0', '20.0.0'])('on GitLab %s', (version) => {
  test('a child pipeline that failed counts in headline, row and gate, and its job and cause are shown', async () => {
    const stage = await aGreenStage(version);
    addPipeline(stage, { id: 510, jobs: [aFailedJob(801, 'smoke')] });
    addTrigger(stage, mergeRequestPipeline, { downstream_id: 510 });
    const { exitCode, rendered, summary } = await run(stage, { failOn: ['failed-jobs'] });
    expect(exitCode).toBe(1);
    expect(verdictOf(summary)).toBe('failed');
    const note = stage.notes().join('\n');
    expect(rendered.verdict).toContain('1 job failed');
    expect(note).toContain('1 of 4 failed');
    expect(note).toContain('1 job failed (deploy)');
    expect(note).toContain('/-/pipelines/510');
    expect(note).toContain('/-/jobs/801');
    expect(note).toContain('the till does not open');
  });
});

describe('a pipeline that a trigger job started', () => {
  test('and that failed without failing the trigger job makes the verdict no green, and is shown', async () => {
    const stage = await aGreenStage();
    addPipeline(stage, { id: 510, jobs: [aFailedJob(801, 'smoke')] });
    addTrigger(stage, mergeRequestPipeline, { status: 'success', downstream_id: 510 });
    const { exitCode, rendered, summary } = await run(stage, { failOn: ['failed-jobs'] });
    expect(exitCode).toBe(0);
    expect(rendered.verdict).toContain('A pipeline that a job started failed');
    expect(verdictOf(summary)).toBe('warning');
    expect(summary.gates[0]?.outcome).toBe('passed');
    const note = stage.notes().join('\n');
    expect(note).toContain('/-/pipelines/510');
    expect(note).toContain('/-/jobs/801');
    expect(note).toContain('the till does not open');
  });

  test('and that may fail is a warning', async () => {
    const stage = await aGreenStage();
    addPipeline(stage, { id: 510, jobs: [aFailedJob(801, 'smoke')] });
    addTrigger(stage, mergeRequestPipeline, { allow_failure: true, downstream_id: 510 });
    const { exitCode, rendered } = await run(stage, { failOn: ['failed-jobs'] });
    expect(exitCode).toBe(0);
    expect(rendered.verdict).toContain('1 job failed, as allowed');
    expect(stage.notes().join('\n')).toContain('/-/pipelines/510');
  });

  test('and that still runs is called running', async () => {
    const stage = await aGreenStage();
    addPipeline(stage, { id: 510, status: 'running' });
    addTrigger(stage, mergeRequestPipeline, { status: 'success', downstream_id: 510 });
    expect(await noteOf(stage)).toContain('a pipeline that a job started still runs');
    expect(asked(stage, '/pipelines/510/')).toEqual([]);
  });

  test('and that was canceled is a sign of failure', async () => {
    const stage = await aGreenStage();
    addPipeline(stage, { id: 510, status: 'canceled' });
    addTrigger(stage, mergeRequestPipeline, { status: 'success', downstream_id: 510 });
    const { summary } = await run(stage);
    expect(summary.unexplained).toEqual([{ kind: 'stopped', path: null, count: 1, reason: 'deploy' }]);
    expect(verdictOf(summary)).toBe('warning');
  });

  test('and that could not be made says so', async () => {
    const stage = await aGreenStage();
    addTrigger(stage, mergeRequestPipeline, {
      failure_reason: 'downstream_pipeline_creation_failed',
      downstream_id: null,
    });
    expect(await noteOf(stage)).toContain('its downstream pipeline could not be started');
  });

  test('is looked into two levels deep, and not further', async () => {
    const stage = await aGreenStage();
    addPipeline(stage, { id: 510 });
    addPipeline(stage, { id: 511 });
    addPipeline(stage, { id: 512, jobs: [aFailedJob(803, 'deepest')] });
    addTrigger(stage, mergeRequestPipeline, { downstream_id: 510 });
    addTrigger(stage, 510, { name: 'inner', downstream_id: 511 });
    addTrigger(stage, 511, { name: 'innermost', downstream_id: 512 });
    const note = await noteOf(stage);
    expect(note).toContain('/-/pipelines/511');
    expect(note).toContain('innermost');
    expect(note).toContain('/-/pipelines/512');
    expect(asked(stage, '/pipelines/512/')).toEqual([]);
  });

  test('is looked into at the cost of two requests, of at most five pipelines', async () => {
    const stage = await aGreenStage();
    for (let id = 510; id < 518; id += 1) {
      addPipeline(stage, { id, jobs: [aFailedJob(id + 300, `smoke ${id}`)] });
      addTrigger(stage, mergeRequestPipeline, { name: `deploy ${id}`, downstream_id: id });
    }
    const { rendered } = await run(stage);
    expect(rendered.verdict).toContain('8 jobs failed');
    expect(asked(stage, '/pipelines/51').length).toBe(10);
  });

  test('in another project is linked, and nothing else of it is told', async () => {
    const stage = await aGreenStage();
    addPipeline(stage, {
      id: 510,
      project_id: 43,
      source: 'pipeline',
      jobs: [aFailedJob(801, 'secret-job')],
    });
    addTrigger(stage, mergeRequestPipeline, { downstream_id: 510 });
    const note = await noteOf(stage);
    expect(note).toContain('/sam/till/-/pipelines/510');
    expect(note).not.toContain('secret-job');
    expect(asked(stage, '/projects/43/')).toEqual([]);
  });

  test('whose jobs cannot be had costs only what is told of it', async () => {
    const stage = await aStage(null, {
      beforeRequest: ({ path }) =>
        path.endsWith('/pipelines/510/jobs')
          ? { status: 403, body: { message: '403 Forbidden' } }
          : undefined,
    });
    addPipeline(stage, { id: 510 });
    addTrigger(stage, mergeRequestPipeline, { downstream_id: 510 });
    const { exitCode } = await run(stage);
    expect(exitCode).toBe(0);
    expect(stage.notes().join('\n')).toContain('/-/pipelines/510');
  });
});

const askedForTriggers = (stage: Stage): readonly string[] =>
  asked(stage, '/bridges').concat(asked(stage, '/trigger_jobs'));

test('a run whose commit has no trigger jobs does not ask for them', async () => {
  const stage = await aGreenStage();
  await run(stage);
  expect(askedForTriggers(stage)).toEqual([]);
});

test.each([
  { title: 'sets no status', options: { status: 'none' }, fault: undefined },
  {
    title: 'cannot list the statuses',
    options: {},
    fault: { status: 403, body: { message: '403 Forbidden' } },
  },
])('a run that $title asks for trigger jobs', async ({ options, fault }) => {
  const stage = await aStage(null, {
    beforeRequest: ({ path, method }) => (method === 'GET' && path.endsWith('/statuses') ? fault : undefined),
  });
  const { exitCode } = await run(stage, options);
  expect(askedForTriggers(stage)).toHaveLength(1);
  expect(exitCode).toBe(0);
});

test('trigger jobs that cannot be had cost their part: note and status are there, and nothing is called green', async () => {
  const stage = await aStage(null, {
    beforeRequest: ({ path }) =>
      /\/(?:bridges|trigger_jobs)$/.test(path)
        ? { status: 403, body: { message: '403 Forbidden' } }
        : undefined,
  });
  for (const job of pipelineIn(stage, mergeRequestPipeline).jobs) job.status = 'success';
  addPipeline(stage, { id: 510 });
  addTrigger(stage, mergeRequestPipeline, { downstream_id: 510 });
  const { exitCode, summary } = await run(stage, { failOn: ['failed-jobs'] });
  expect(verdictOf(summary)).toBe('failed');
  expect(summary.gates[0]?.outcome).toBe('failed');
  expect(stage.notes().join('\n')).toContain('did not give the trigger jobs');
  expect(pipelineIn(stage, mergeRequestPipeline).statuses.map(({ state }) => state)).toEqual(['failed']);
  expect(exitCode).toBe(1);
  const again = await run(stage);
  expect(verdictOf(again.summary)).toBe('warning');
  expect(again.exitCode).toBe(4);
});
