import { describe, expect, test } from 'vitest';
import type { EmbeddedProtectedEnvironment } from '../../support/gitlab/state/protection.ts';
import { aStage, cast, forkMr, type Stage } from './stage.ts';

type Levels = EmbeddedProtectedEnvironment['deploy_access_levels'];

const maintainers: Levels = [{ access_level: 40 }];
const started = new Date(Date.now() - 1_800_000).toISOString();

/** Production is protected; job 601 deployed to it, and failed. */
async function withProduction(levels: Levels): Promise<Stage> {
  const stage = await aStage();
  stage.state.protectedEnvironments.push({
    project_id: 42,
    name: 'production',
    deploy_access_levels: levels,
  });
  stage.state.deployments.push({
    id: 9,
    project_id: 42,
    status: 'failed',
    ref: 'vouchers',
    sha: 'a1'.repeat(20),
    environment: { name: 'production', tier: 'production', external_url: null },
    mergeRequests: [],
    deployable: { id: 601 },
  });
  return stage;
}

function giveBot(stage: Stage, level: number): void {
  const { members } = stage.state.ci;
  const at = members.findIndex(({ project_id, user_id }) => project_id === 42 && user_id === cast.bot.id);
  members.splice(at, 1, { project_id: 42, user_id: cast.bot.id, access_level: level });
}

const starts = [
  ['play deploy', 'POST /projects/42/jobs/603/play'],
  ['retry', 'POST /projects/42/jobs/601/retry'],
  ['run', 'POST /projects/42/merge_requests/7/pipelines'],
] as const;

describe('a protected environment that the bot may deploy to', () => {
  test.each(starts)('gets nothing by "%s" from somebody who may not', async (words) => {
    const stage = await withProduction(maintainers);
    const { note, payload } = stage.say('dev', `/herald ${words}`);
    await stage.handle(payload);
    expect(stage.deeds()).toEqual([]);
    expect(stage.answers(note)[0]).toMatch(/protected.*cannot/s);
  });

  test('gets nothing from a fork, whose very commit was looked at by somebody who may not', async () => {
    const stage = await withProduction(maintainers);
    await stage.handle(stage.say('dev', `/herald ok-to-test ${'f0'.repeat(20)}`, forkMr).payload);
    expect(stage.deeds()).toEqual([]);
  });

  test.each(starts)('gets it by "%s" from somebody who may by role', async (words, deed) => {
    const stage = await withProduction(maintainers);
    await stage.handle(stage.say('mia', `/herald ${words}`).payload);
    expect(stage.deeds()).toEqual([deed]);
  });

  test.each(starts)('gets it by "%s" from somebody whom it names', async (words, deed) => {
    const stage = await withProduction([...maintainers, { access_level: 0, user_id: cast.dev.id }]);
    await stage.handle(stage.say('dev', `/herald ${words}`).payload);
    expect(stage.deeds()).toEqual([deed]);
  });

  test('keeps no other failed job from being run again', async () => {
    const stage = await withProduction(maintainers);
    const [pipeline] = stage.state.pipelines;
    const lint = pipeline?.jobs.find(({ name }) => name === 'lint');
    Object.assign(lint ?? {}, { status: 'failed', started_at: started });
    const { note, payload } = stage.say('dev', '/herald retry');
    await stage.handle(payload);
    expect(stage.deeds()).toEqual(['POST /projects/42/jobs/602/retry']);
    expect(stage.answers(note)[0]).toMatch(/Not retried.*`unit`/s);
  });

  test('gets nothing from a job that never ran: where it deploys is not known', async () => {
    const stage = await withProduction(maintainers);
    stage.state.deployments.length = 0;
    const unit = stage.state.pipelines[0]?.jobs.find(({ name }) => name === 'unit');
    Object.assign(unit ?? {}, { started_at: null, failure_reason: 'protected_environment_failure' });
    await stage.handle(stage.say('dev', '/herald retry').payload);
    expect(stage.deeds()).toEqual([]);
  });
});

describe('one that the bot may not deploy to either', () => {
  test.each(starts)('is for GitLab to guard: "%s"', async (words, deed) => {
    const stage = await withProduction([{ access_level: 0, user_id: cast.otto.id }]);
    await stage.handle(stage.say('dev', `/herald ${words}`).payload);
    expect(stage.deeds()).toEqual([deed]);
  });
});

describe('one that the bot cannot see, as a developer', () => {
  // A rule can name the bot's own user, so that its role says nothing of what it may start.
  const onlyBot: Levels = [{ access_level: 0, user_id: cast.bot.id }];

  test.each(starts)('gets nothing by "%s", and the answer says why and what to do', async (words) => {
    const stage = await withProduction(onlyBot);
    giveBot(stage, 30);
    const { note, payload } = stage.say('dev', `/herald ${words}`);
    await stage.handle(payload);
    expect(stage.deeds()).toEqual([]);
    expect(stage.answers(note)[0]).toMatch(
      /does not show me which environments of shop.till are protected|might deploy|can deploy/,
    );
  });

  test('keeps no job that has run without deploying from being run again', async () => {
    const stage = await withProduction(onlyBot);
    giveBot(stage, 30);
    const lint = stage.state.pipelines[0]?.jobs.find(({ name }) => name === 'lint');
    Object.assign(lint ?? {}, { status: 'failed', started_at: started });
    await stage.handle(stage.say('dev', '/herald retry').payload);
    expect(stage.deeds()).toEqual(['POST /projects/42/jobs/602/retry']);
  });
});
