import { describe, expect, test } from 'vitest';
import type { Intervention } from '../../../src/demo/server.ts';
import { aStage, forkMr, head, issue, mr } from './stage.ts';

describe('quoted names', () => {
  test.each([
    ['label ~"in review" ~wip', mr, { labels: ['in review', 'wip'] }],
    ["label ~'in review'", mr, { labels: ['in review'] }],
    ['milestone %"v 1.0"', issue, { milestone_id: 32 }],
    ['milestone "v 1.0"', issue, { milestone_id: 32 }],
    ['milestone %none', issue, { milestone_id: 33 }],
  ])('%s works as its usage says', async (command, on, after) => {
    const stage = await aStage();
    stage.state.milestones.push(
      { id: 32, project_id: 42, title: 'v 1.0', state: 'active' },
      { id: 33, project_id: 42, title: 'none', state: 'active' },
    );
    await stage.handle(stage.say('mia', `/herald ${command}`, on).payload);
    expect(stage.item(on)).toMatchObject(after);
  });

  test('of users are refused, with what to write', async () => {
    const stage = await aStage();
    const { note, payload } = stage.say('mia', '/herald assign @"dev"');
    await stage.handle(payload);
    expect(stage.item(mr).assignee_ids).toBeUndefined();
    expect(stage.answers(note)[0]).toMatch(/not a username.*without quotation marks/s);
  });

  test('tell two commands apart that only their quotes do', async () => {
    const stage = await aStage();
    await stage.handle(stage.say('mia', '/herald label a b\n/herald label "a b"').payload);
    expect(stage.item(mr).labels).toEqual(['a', 'b', 'a b']);
  });
});

describe('commands of one comment', () => {
  test('see what those before them did', async () => {
    const stage = await aStage();
    const { note, payload } = stage.say(
      'mia',
      '/herald label ~wip\n/herald unlabel ~wip\n/herald milestone 2.0\n/herald milestone none\n/herald close\n/herald reopen',
    );
    await stage.handle(payload);
    expect(stage.item(mr)).toMatchObject({ labels: [], milestone_id: null, state: 'opened' });
    expect(stage.deeds()).toEqual(Array(6).fill('PUT /projects/42/merge_requests/7'));
    expect(stage.answers(note)[0]).toMatch(/Removed.*wip.*Removed the milestone.*2\.0/s);
  });

  test('see that a pipeline was canceled', async () => {
    const stage = await aStage();
    for (const pipeline of stage.state.pipelines) pipeline.status = 'running';
    for (const { jobs } of stage.state.pipelines)
      for (const job of jobs) if (job.name === 'lint') job.status = 'running';
    await stage.handle(stage.say('mia', '/herald cancel\n/herald retry lint').payload);
    expect(stage.deeds()).toEqual([
      'POST /projects/42/pipelines/501/cancel',
      'POST /projects/42/jobs/602/retry',
    ]);
  });

  test('are planned once more when GitLab refuses one before them', async () => {
    const isFirst = { is: true };
    const beforeRequest = ({ method, path }: { method: string; path: string }): Intervention => {
      if (method !== 'PUT' || path !== '/projects/42/merge_requests/7' || !isFirst.is) return undefined;
      isFirst.is = false;
      return { status: 403, body: { message: '403 Forbidden' } };
    };
    const stage = await aStage(null, { beforeRequest });
    const { note, payload } = stage.say('mia', '/herald label ~wip\n/herald unlabel ~wip');
    await stage.handle(payload);
    expect(stage.deeds()).toEqual(['PUT /projects/42/merge_requests/7 403']);
    expect(stage.answers(note)[0]).toMatch(/Not labelled.*wip/s);
  });

  test('about people find a user that the words of other commands do not crowd out', async () => {
    const stage = await aStage();
    const words = Array.from({ length: 12 }, (_, at) => `l${at}`).join(' ');
    await stage.handle(stage.say('mia', `/herald label ${words}\n/herald assign @dev`).payload);
    expect(stage.item(mr).assignee_ids).toEqual([12]);
  });
});

test('an archived label is not added, and the answer says so', async () => {
  const stage = await aStage();
  stage.state.archivedLabels.add('old');
  const { note, payload } = stage.say('mia', '/herald label ~old ~new');
  await stage.handle(payload);
  expect(stage.item(mr).labels).toEqual(['new']);
  expect(stage.answers(note)[0]).toMatch(/did not add old.*[Aa]rchived/s);
});

describe('a refusal names the project', () => {
  test('that the pipeline runs in, where that is the fork', async () => {
    const stage = await aStage();
    const { note, payload } = stage.say('mia', '/herald retry', forkMr);
    await stage.handle(payload);
    expect(stage.answers(note, forkMr)[0]).toMatch(/retry jobs in sam\/till.*Developer.*no role/s);
  });

  test('of the merge request, where its own rights count', async () => {
    const stage = await aStage();
    const { note, payload } = stage.say('rita', `/herald ok-to-test ${head}`, forkMr);
    await stage.handle(payload);
    expect(stage.answers(note, forkMr)[0]).toMatch(/run pipelines in shop\/till/);
  });
});
