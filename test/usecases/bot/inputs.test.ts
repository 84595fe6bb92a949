import { describe, expect, test } from 'vitest';
import { aStage, head, mr, type Stage } from './stage.ts';

/** Jobs and pipelines of the stage declare these inputs. */
async function declaring(version = '19.6.0'): Promise<Stage> {
  const stage = await aStage();
  const { ci } = stage.state;
  stage.state.version = version;
  ci.declaredInputs.set(0, ['target', 'replicas']);
  ci.declaredInputs.set(601, ['suite', 'deep']);
  ci.declaredInputs.set(603, ['target', 'tags']);
  return stage;
}

const started = (stage: Stage): readonly unknown[] => [...stage.state.ci.givenInputs.values()];

describe('inputs', () => {
  test.each([
    ['play deploy target=staging', { target: 'staging' }],
    ['play deploy tags=["a","b"] target="two words"', { tags: ['a', 'b'], target: 'two words' }],
    ['retry unit suite=full deep=true', { suite: 'full', deep: true }],
    ['retry unit suite=\'"10"\'', { suite: '10' }],
    ['run target=staging replicas=3', { target: 'staging', replicas: 3 }],
  ])('%s', async (command, inputs) => {
    const stage = await declaring();
    const { note, payload } = stage.say('mia', `/herald ${command}`);
    await stage.handle(payload);
    expect(stage.answers(note)[0]).toMatch(/With the inputs/);
    expect(started(stage)).toEqual([inputs]);
  });

  test('start a pipeline of the merge request at its head', async () => {
    const stage = await declaring();
    await stage.handle(stage.say('mia', '/herald run target=staging').payload);
    const pipeline = stage.state.pipelines.at(-1);
    expect(pipeline).toMatchObject({ sha: head, source: 'merge_request_event', status: 'created' });
  });

  test.each([
    ['play deploy colour=red', /Unexpected input: colour/],
    ['retry unit colour=red', /Unexpected input: colour/],
    ['run colour=red', /not defined: colour/],
  ])('that nothing declares start nothing: %s', async (command, words) => {
    const stage = await declaring();
    const { note, payload } = stage.say('mia', `/herald ${command}`);
    await stage.handle(payload);
    expect(stage.answers(note)[0]).toMatch(words);
    expect(started(stage)).toEqual([]);
    expect(stage.state.pipelines).toHaveLength(2);
  });

  test.each([
    ['play deploy target=staging', '18.9.2', /18\.10 or later.*18\.9\.2.*Nothing was started/s],
    ['retry unit suite=full', '17.11.0', /18\.10 or later.*Nothing was started/s],
    ['run target=staging', '18.10.1', /18\.11 and later.*Nothing was started/s],
  ])('that an older GitLab ignores start nothing: %s', async (command, version, words) => {
    const stage = await declaring(version);
    const { note, payload } = stage.say('mia', `/herald ${command}`);
    await stage.handle(payload);
    expect(stage.answers(note)[0]).toMatch(words);
    const jobs = stage.state.pipelines.flatMap((pipeline) => pipeline.jobs.map(({ status }) => status));
    expect(jobs).not.toContain('pending');
    expect(stage.state.pipelines).toHaveLength(2);
  });

  test('of retry need one job', async () => {
    const stage = await declaring();
    const { note, payload } = stage.say('mia', '/herald retry suite=full', mr);
    await stage.handle(payload);
    expect(stage.answers(note)[0]).toMatch(/belong to one job/);
    expect(stage.deeds()).toEqual([]);
  });

  test('are not seen in the name of a job', async () => {
    const stage = await declaring();
    for (const { jobs } of stage.state.pipelines)
      for (const job of jobs) if (job.id === 603) Object.assign(job, { name: 'deploy a=b' });
    await stage.handle(stage.say('mia', '/herald play deploy a=b').payload);
    expect(stage.deeds()).toEqual(['POST /projects/42/jobs/603/play']);
    expect(started(stage)).toEqual([]);
  });
});
