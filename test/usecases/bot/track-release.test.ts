import { describe, expect, onTestFinished, test } from 'vitest';
import { TrackerUnreachableError } from '../../../src/errors.ts';
import { connectSentry } from '../../../src/sentry/connect.ts';
import type { SweepWorld } from '../../../src/usecases/bot/bot-world.ts';
import { trackReleaseOfRule } from '../../../src/usecases/bot/track-release-of-rule.ts';
import { rejection } from '../../gitlab/connect-for-test.ts';
import {
  type EmbeddedSentry,
  type SentryOptions,
  sentryToken,
  startEmbeddedSentry,
} from '../../support/sentry/embedded-sentry.ts';
import { deploymentEvent } from './events.ts';
import { aStage, type Payload, type Stage } from './stage.ts';

const idOf = (index: number): string => index.toString(16).padStart(40, '0');

interface Scene {
  readonly stage: Stage;
  readonly sentry: EmbeddedSentry;
  /** What the bot adds to its world when it is set up for the error tracker. */
  readonly tracked: Partial<SweepWorld>;
}

/** A bot with a rule, in a project with ten commits: the tag v1 is on the fifth, v2 on the eighth. */
async function aScene(
  action: string,
  { allowed = ['web'], ...options }: SentryOptions & { readonly allowed?: readonly string[] } = {},
): Promise<Scene> {
  const on = '[tag_push.created, release.created, deployment.success]';
  const stage = await aStage(`bot: { rules: [{ name: told, on: ${on}, do: [${action}] }] }`);
  for (let index = 1; index <= 10; index += 1)
    stage.state.commits.push({
      project_id: 42,
      id: idOf(index),
      parent_ids: index === 1 ? [] : [idOf(index - 1)],
      title: `Commit ${index}`,
      author_name: 'Ada',
      author_email: 'ada@example.com',
      created_at: new Date(Date.UTC(2026, 2, 1, 0, index)).toISOString(),
    });
  const tag = (name: string, commit: string) => ({ project_id: 42, name, target: 'ff'.repeat(20), commit });
  stage.state.tags.push(tag('v1', idOf(5)), tag('v2', idOf(8)));
  const sentry = await startEmbeddedSentry(options);
  onTestFinished(() => sentry.stop());
  const { clock, log } = stage;
  const tracker = connectSentry({
    server: sentry.url,
    org: 'acme',
    token: sentryToken,
    caFile: null,
    variables: {},
    log,
    clock,
    audit: () => undefined,
    maxTotalMs: 60_000,
  });
  const setup = {
    connect: () => Promise.resolve(tracker),
    allowed,
    mask: (words: string) => words.replaceAll('Commit 7', '[MASKED]'),
  };
  const { gitlab } = stage.world();
  const source = { gitlab, clock, log, setup };
  return {
    stage,
    sentry,
    tracked: { trackRelease: (project, release) => trackReleaseOfRule(project, release, source) },
  };
}

function tagged(tag: string, index: number): Payload {
  return {
    object_kind: 'tag_push',
    event_name: 'tag_push',
    before: '0'.repeat(40),
    after: 'ff'.repeat(20),
    checkout_sha: idOf(index),
    ref: `refs/tags/${tag}`,
    user_id: 11,
    project_id: 42,
    project: { id: 42, path_with_namespace: 'shop/till' },
    commits: [],
  };
}

function deployed({ stage }: Scene, id: number, ref: string, sha: string): Payload {
  const environment = { name: 'production', tier: 'production', external_url: null };
  const updated = stage.clock.now().toISOString();
  stage.state.deployments.push({
    id,
    project_id: 42,
    status: 'success',
    ref,
    sha,
    environment,
    updated_at: updated,
    mergeRequests: [],
  });
  return deploymentEvent(id, 'success');
}

const shasOf = ({ sentry }: Scene, version: string) =>
  sentry.releases.get(version)?.commits.map(({ id }) => id);

test('row 61: a tag is told with the commits since the last release that the tracker knows, once', async () => {
  const scene = await aScene('{ track-release: true }');
  const { stage, sentry, tracked } = scene;
  sentry.releases.set('v1', {
    version: 'v1',
    projects: ['web'],
    ref: idOf(5),
    url: null,
    dateReleased: '2026-03-01T00:00:00Z',
    commits: [{ id: idOf(5), timestamp: '2026-03-01T00:05:00Z' }],
    refs: null,
    deploys: [],
  });
  for (let call = 0; call < 3; call += 1) {
    const { writes } = await stage.handle(tagged('v2', 8), tracked);
    expect(writes.map(({ outcome }) => outcome)).toEqual([call === 0 ? 'done' : 'there']);
  }
  expect(sentry.writes()).toEqual(['POST /releases/']);
  expect(shasOf(scene, 'v2')).toEqual([idOf(8), idOf(7), idOf(6)]);
  expect(sentry.releases.get('v2')).toMatchObject({
    ref: idOf(8),
    commits: [{}, { message: '[MASKED]' }, {}],
  });
  expect(JSON.stringify(sentry.requests)).not.toContain('@example.com');
});

describe('a deployment', () => {
  test('of a commit is a release of that name, with the commits since the one before it', async () => {
    const scene = await aScene('{ track-release: true }');
    const told = [
      deployed(scene, 1, 'main', idOf(4)),
      deployed(scene, 2, 'main', idOf(6)),
      deployed(scene, 3, 'main', idOf(9)),
    ];
    for (const event of told) await scene.stage.handle(event, scene.tracked);
    expect(scene.sentry.releases.get(idOf(9))?.deploys).toMatchObject([
      { environment: 'production', name: 'deployment 3' },
    ]);
    // Nothing is known before the first: that the log says.
    expect(shasOf(scene, idOf(4))).toEqual([]);
    expect(scene.stage.log.lines.join('\n')).toContain('knows no commit of an earlier release');
  });

  test('of a tag is one of its release', async () => {
    const scene = await aScene('{ track-release: { commits: none } }');
    await scene.stage.handle(tagged('v2', 8), scene.tracked);
    await scene.stage.handle(deployed(scene, 1, 'v2', idOf(8)), scene.tracked);
    expect([...scene.sentry.releases.keys()]).toEqual(['v2']);
    expect(scene.sentry.releases.get('v2')?.deploys).toHaveLength(1);
  });

  test('that is told again is one deploy', async () => {
    const scene = await aScene('{ track-release: { commits: none } }');
    const event = deployed(scene, 1, 'main', idOf(8));
    for (let call = 0; call < 2; call += 1) await scene.stage.handle(event, scene.tracked);
    expect(scene.sentry.writes()).toEqual(['POST /releases/', `POST /releases/${idOf(8)}/deploys/`]);
  });
});

describe('only what the bot allows', () => {
  test('a project of GitLab that is not named tells nothing', async () => {
    const scene = await aScene('{ track-release: true }', { allowed: ['other/project=web'] });
    const { writes } = await scene.stage.handle(tagged('v2', 8), scene.tracked);
    expect(writes).toMatchObject([{ outcome: 'refused', refusedByGitLab: true }]);
    expect(writes[0]?.detail).toContain('shop/till=NAME');
    expect(scene.sentry.requests).toEqual([]);
  });

  test('a rule chooses among the allowed projects, and adds none', async () => {
    const scene = await aScene('{ track-release: { projects: [api, worker] } }', {
      allowed: ['web', 'shop/till=api'],
    });
    await scene.stage.handle(tagged('v2', 8), scene.tracked);
    expect(scene.sentry.releases.get('v2')?.projects).toEqual(['api']);
  });

  test('a bot without an error tracker sends nothing, and says what is missing', async () => {
    const scene = await aScene('{ track-release: true }');
    const { writes } = await scene.stage.handle(tagged('v2', 8));
    expect(writes).toMatchObject([{ outcome: 'refused' }]);
    expect(writes[0]?.detail).toContain('--sentry-server');
    expect(scene.sentry.requests).toEqual([]);
  });

  test('a dry run asks the tracker nothing', async () => {
    const scene = await aScene('{ track-release: true }');
    const { writes } = await scene.stage.handle(tagged('v2', 8), { ...scene.tracked, dryRun: true });
    expect(writes).toMatchObject([{ outcome: 'would' }]);
    expect(scene.sentry.requests).toEqual([]);
  });
});

test('a tracker that does not answer holds up nothing else, and the event is not done', async () => {
  const actions = "{ track-release: true }, { open-issue: { title: 'Tagged', text: x, key: a } }";
  const scene = await aScene(actions, { fault: () => ({ status: 503 }) });
  const error = await rejection(scene.stage.handle(tagged('v2', 8), scene.tracked));
  expect(error).toBeInstanceOf(TrackerUnreachableError);
  expect(scene.stage.state.issues.map(({ title }) => title)).toContain('Tagged');
});

test('a refusal of the tracker is the outcome of the action, and everything else is done', async () => {
  const actions = "{ track-release: true }, { open-issue: { title: 'Tagged', text: x, key: a } }";
  const scene = await aScene(actions, { fault: () => ({ status: 403, body: { detail: sentryToken } }) });
  const { writes } = await scene.stage.handle(tagged('v2', 8), scene.tracked);
  expect(writes.map(({ outcome }) => outcome)).toEqual(['refused', 'done']);
  expect(JSON.stringify([writes, scene.stage.log.lines])).not.toContain(sentryToken);
});

test('a tag that no release can be called after is a refusal in words', async () => {
  const scene = await aScene("{ track-release: { version: 'web/{branch}' } }");
  const { writes } = await scene.stage.handle(tagged('v2', 8), scene.tracked);
  expect(writes[0]?.detail).toContain('slashes');
  expect(scene.sentry.requests).toEqual([]);
});
