import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { EmbeddedJob } from '../../../../src/demo/state.ts';
import { verdictOf } from '../../../../src/render/comment/verdict.ts';
import { aStage, type Stage } from '../../bot/stage.ts';
import {
  addPipeline,
  addTrigger,
  aFailedJob,
  jobContext,
  mergeRequestPipeline,
  pipelineIn,
  runReport,
} from '../stage-of-job.ts';

const failing =
  '<testsuite><testcase classname="till" name="opens"><failure message="no"/></testcase></testsuite>';
const passing = '<testsuite><testcase classname="till" name="closes"/></testsuite>';

function aJob(id: number, xml: string): EmbeddedJob {
  const reports = [{ file_type: 'junit', filename: 'junit.xml.gz', bytes: gzipSync(xml) }];
  return { ...aFailedJob(id, `unit ${id}`), status: 'success', failure_reason: null, reports };
}

/** A green pipeline that started a child, and that one another. */
async function aFamily(version = '19.4.0'): Promise<Stage> {
  const stage = await aStage();
  stage.state.version = version;
  for (const job of pipelineIn(stage, mergeRequestPipeline).jobs) job.status = 'success';
  pipelineIn(stage, mergeRequestPipeline).status = 'running';
  addPipeline(stage, { id: 510, status: 'success', bridges: [], jobs: [aJob(801, passing)] });
  addPipeline(stage, { id: 511, status: 'success', bridges: [], jobs: [aJob(802, failing)] });
  addTrigger(stage, mergeRequestPipeline, { status: 'success', downstream_id: 510 });
  addTrigger(stage, 510, { status: 'success', downstream_id: 511 });
  return stage;
}

function run(stage: Stage): ReturnType<typeof runReport> {
  return runReport(stage, jobContext(stage, { id: mergeRequestPipeline }));
}

function askedFor(stage: Stage, part: string): readonly string[] {
  return stage.gitlab.requests.map(({ path }) => path).filter((path) => path.includes(part));
}

describe('child pipelines', () => {
  test('give their reports, two levels down: a red test in one is red here', async () => {
    const stage = await aFamily();
    const { summary } = await run(stage);
    expect(summary.tests?.totals).toMatchObject({ total: 2, failed: 1 });
    expect(verdictOf(summary)).toBe('failed');
    expect(askedFor(stage, '/jobs/80')).toEqual([
      '/projects/42/jobs/801/artifacts',
      '/projects/42/jobs/802/artifacts',
    ]);
    expect(askedFor(stage, '/pipelines/510/')).toHaveLength(2);
  });

  test('of other projects are not looked into', async () => {
    const stage = await aFamily();
    Object.assign(pipelineIn(stage, 510), { project_id: 43 });
    const { summary } = await run(stage);
    expect(summary.tests).toBeNull();
    expect(askedFor(stage, '/pipelines/510/')).toEqual([]);
  });

  test('of an older GitLab are in no test report: their reports are named', async () => {
    const stage = await aFamily('18.11.0');
    const { summary } = await run(stage);
    expect(verdictOf(summary)).toBe('warning');
    expect(summary.unexplained.map(({ path, reason }) => `${path ?? ''}: ${reason}`)).toEqual([
      'unit 801/junit: GitLab before 19.4 does not give it',
      'unit 802/junit: GitLab before 19.4 does not give it',
    ]);
  });

  test('beyond twenty are named', async () => {
    const stage = await aFamily();
    for (let id = 520; id < 540; id += 1) {
      addPipeline(stage, { id, status: 'success', jobs: [], bridges: [] });
      addTrigger(stage, mergeRequestPipeline, { name: `part ${id}`, status: 'success', downstream_id: id });
    }
    const { summary } = await run(stage);
    expect(verdictOf(summary)).not.toBe('passed');
    expect(summary.unexplained.map(({ reason }) => reason)).toEqual(
      Array.from({ length: 2 }, () => 'Herald reads the reports of at most 20 child pipelines'),
    );
  });
});
