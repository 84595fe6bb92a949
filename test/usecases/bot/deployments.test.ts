import { describe, expect, test } from 'vitest';
import { decodeTrail } from '../../../src/trail/deployments/trail-data.ts';
import { sweep } from '../../../src/usecases/bot/sweep.ts';
import { endpointOf } from '../../support/gitlab/faults.ts';
import type { EmbeddedDeployment, EmbeddedMergeRequest } from '../../support/gitlab/state/state.ts';
import { deploymentEvent, mergeRequestEvent } from './events.ts';
import { aStage, cast, mr, noReports, type Stage } from './stage.ts';

const config = 'bot: { presets: { deployments: true } }';
const shas = { good: 'c0'.repeat(20), own: 'c1'.repeat(20), other: 'c2'.repeat(20) };
const post = (iid: number): string => `POST /projects/42/merge_requests/${iid}/notes`;
const edit = (iid: number): unknown =>
  expect.stringMatching(new RegExp(`^PUT .*/merge_requests/${iid}/notes/\\d+$`));

function deployment(overrides: Partial<EmbeddedDeployment> & { readonly id: number }): EmbeddedDeployment {
  return {
    project_id: 42,
    status: 'success',
    ref: 'main',
    sha: shas.own,
    environment: { name: 'production', tier: 'production', external_url: null },
    mergeRequests: [],
    deployable: {
      id: overrides.id * 10,
      finished_at: new Date(Date.UTC(2026, 2, 4, 10, overrides.id)).toISOString().replace('.000', ''),
    },
    ...overrides,
  };
}

function mergeRequest(stage: Stage, iid: number): EmbeddedMergeRequest {
  const found = stage.state.mergeRequests.find((one) => one.iid === iid);
  if (found === undefined) throw new Error(`there is no !${iid}`);
  return found;
}

function merged(stage: Stage, iid: number, sha: string, overrides: Partial<EmbeddedMergeRequest> = {}): void {
  const now = stage.clock.now().toISOString();
  Object.assign(mergeRequest(stage, iid), {
    state: 'merged',
    merge_commit_sha: sha,
    ended_at: now,
    updated_at: now,
    ...overrides,
  });
}

/** Production got !7 and !8; what GitLab says of it may differ from what the event told. */
async function deployed(status: string, settings = config): Promise<Stage> {
  const stage = await aStage(settings);
  merged(stage, 7, shas.own);
  merged(stage, 8, shas.other);
  stage.state.deployments.push(deployment({ id: 9, status, mergeRequests: [7, 8] }));
  return stage;
}

/** What the comment says, without its hidden lines and addresses. */
function said(stage: Stage, on = mr): string {
  const bodies = stage.notes(on);
  expect(bodies).toHaveLength(1);
  return (bodies[0] ?? '').replace(/<!--[^\n]*-->\n+/g, '').replace(/\]\([^)]*\)/g, ']');
}

describe('row 73: one comment on each merge request of a deployment', () => {
  test('row 73: says where it is, since when, with links', async () => {
    const stage = await deployed('success');
    await stage.handle(deploymentEvent(9, 'success'));
    expect(stage.deeds()).toEqual([post(7), post(8)]);
    expect(said(stage)).toContain('| `production` | ✅ deployed [2026-03-04 10:09 UTC] with [`c1c1c1c1`] |');
    expect(stage.notes().join('')).toContain('/shop/till/-/jobs/90');
  });

  test('row 73: waits for what GitLab relates to the deployment after its event', async () => {
    let asked = 0;
    const list = 'GET /projects/:n/deployments/:n/merge_requests';
    const stage = await aStage(config, {
      beforeRequest: (request) => {
        if (endpointOf(request) !== list) return undefined;
        asked += 1;
        return asked > 2 ? undefined : { status: 200, body: [] };
      },
    });
    merged(stage, 7, shas.own);
    const at = stage.clock.now().toISOString();
    stage.state.deployments.push(
      deployment({ id: 9, mergeRequests: [7], deployable: { id: 90, finished_at: at } }),
    );
    await stage.handle(deploymentEvent(9, 'success'));
    expect([stage.deeds(), asked]).toEqual([[post(7)], 3]);
  });

  test('row 73: is silent the second time', async () => {
    const stage = await deployed('success');
    await stage.handle(deploymentEvent(9, 'success'));
    stage.deeds();
    await stage.handle(deploymentEvent(9, 'success'));
    expect(stage.deeds()).toEqual([]);
  });

  test('row 73: another environment edits the same comment', async () => {
    const stage = await deployed('success');
    await stage.handle(deploymentEvent(9, 'success'));
    stage.deeds();
    const environment = { name: 'staging', tier: 'staging', external_url: null };
    stage.state.deployments.push(deployment({ id: 10, environment, mergeRequests: [7] }));
    await stage.handle(deploymentEvent(10, 'success'));
    expect(stage.deeds()).toEqual([edit(7)]);
    expect(said(stage)).toMatch(/`production` \| ✅ deployed .*\n\| `staging` \| ✅ deployed /);
  });

  test('row 73: a rollback is said, and what came back', async () => {
    const stage = await deployed('success');
    stage.state.deployments.unshift(deployment({ id: 8, sha: shas.good }));
    await stage.handle(deploymentEvent(9, 'success'));
    stage.state.deployments.push(deployment({ id: 10, sha: shas.good }));
    await stage.handle(deploymentEvent(10, 'success'));
    expect(said(stage)).toContain(
      '⚠️ **rolled back** [2026-03-04 10:10 UTC] to [`c0c0c0c0`], was deployed [2026-03-04 10:09 UTC]',
    );
    stage.deeds();
    // The event of the first deployment comes late.
    await stage.handle(deploymentEvent(9, 'success'));
    expect(stage.deeds()).toEqual([]);
    stage.state.deployments.push(deployment({ id: 11 }));
    await stage.handle(deploymentEvent(11, 'success'));
    expect(said(stage)).toContain(
      '✅ deployed again [2026-03-04 10:11 UTC] with [`c1c1c1c1`], first [2026-03-04 10:09 UTC]',
    );
  });

  test.each([
    ['with it', shas.other, [shas.own], 'deployed again'],
    ['without it', shas.other, [shas.good], 'rolled back'],
  ])('row 73: after a rollback a new commit %s', async (_name, sha, parents, words) => {
    const stage = await deployed('success');
    for (const [id, parent_ids] of [
      [shas.good, []],
      [shas.own, [shas.good]],
      [sha, parents],
    ] as const)
      stage.state.commits.push({
        project_id: 42,
        id,
        parent_ids,
        title: 'x',
        author_name: 'dev',
        created_at: stage.clock.now().toISOString(),
      });
    stage.state.deployments.unshift(deployment({ id: 8, sha: shas.good }));
    stage.state.deployments.push(deployment({ id: 10, sha: shas.good }), deployment({ id: 11, sha }));
    for (const id of [9, 10, 11]) await stage.handle(deploymentEvent(id, 'success'));
    expect(said(stage)).toContain(words);
  });

  describe.each([
    ['a commit that was never deployed', [[shas.own, [shas.good]]], true],
    ['a commit of another line', [[shas.own, []]], false],
  ] as const)('row 73: then %s', (_name, ownCommit, isRollback) => {
    test.each([
      ['alone in the list', 0],
      ['beyond the newest 100 deployments', 120],
    ])('%s', async (_list, others) => {
      const stage = await deployed('success');
      const commits: readonly (readonly [string, readonly string[]])[] = [[shas.good, []], ...ownCommit];
      for (const [id, parents] of commits)
        stage.state.commits.push({
          project_id: 42,
          id,
          parent_ids: [...parents],
          title: 'x',
          author_name: 'dev',
          created_at: stage.clock.now().toISOString(),
        });
      if (others > 0) stage.state.deployments.unshift(deployment({ id: 1, sha: shas.good }));
      await stage.handle(deploymentEvent(9, 'success'));
      stage.deeds();
      for (let n = 0; n < others; n += 1) stage.state.deployments.push(deployment({ id: 20 + n }));
      stage.state.deployments.push(deployment({ id: 200, sha: shas.good }));
      await stage.handle(deploymentEvent(200, 'success'));
      // What was deployed before the list begins is not known to be taken away.
      const known = isRollback && others === 0;
      expect(stage.deeds()).toEqual(known ? [edit(7), edit(8)] : []);
      expect(said(stage)).toContain(known ? 'rolled back' : '✅ deployed');
    });
  });

  test('row 73: a failed deployment is said on the merge request of its commit, until a later one succeeds', async () => {
    const stage = await deployed('failed');
    await stage.handle(deploymentEvent(9, 'failed'));
    expect(stage.deeds()).toEqual([post(7)]);
    expect(said(stage)).toContain(
      '❌ not deployed; the deployment of [`c1c1c1c1`] failed [2026-03-04 10:09 UTC]',
    );
    stage.state.deployments.push(deployment({ id: 10, mergeRequests: [7] }));
    await stage.handle(deploymentEvent(10, 'success'));
    expect(said(stage)).not.toContain('failed');
  });

  test('row 73: is not told where GitLab knows it otherwise than the event', async () => {
    const stage = await deployed('failed');
    await stage.handle(deploymentEvent(9, 'success'));
    expect(stage.deeds()).toEqual([]);
  });

  test('row 73: is not told on a merge request that is muted', async () => {
    const stage = await deployed('success');
    await stage.handle(stage.say('dev', '/herald mute').payload);
    expect(stage.item(mr).labels).toEqual(['herald::muted']);
    stage.deeds();
    await stage.handle(deploymentEvent(9, 'success'));
    expect(stage.deeds()).toEqual([post(8)]);
  });

  test('row 73: has a text of the project for each environment where it sets one', async () => {
    const stage = await deployed(
      'success',
      'bot: { presets: { deployments: { text: "On {environment}." } } }',
    );
    await stage.handle(deploymentEvent(9, 'success'));
    expect(said(stage)).toBe('On `production`.');
  });

  test('row 73: two events at the same moment leave one comment that says both', async () => {
    const stage = await deployed('success');
    const environment = { name: 'staging', tier: 'staging', external_url: null };
    stage.state.deployments.push(deployment({ id: 10, environment, mergeRequests: [7, 8] }));
    await Promise.all([9, 10, 9, 10].map((id) => stage.handle(deploymentEvent(id, 'success'))));
    for (const iid of [7, 8]) {
      const words = said(stage, { ...mr, iid });
      expect(words).toContain('`production`');
      expect(words).toContain('`staging`');
    }
  });

  test('row 73: the name of an environment can do nothing', async () => {
    const stage = await deployed('success');
    const name = 'x|y@all <b>\n/close `z` -->';
    const environment = { name, tier: 'other', external_url: null };
    stage.state.deployments.push(deployment({ id: 10, environment, mergeRequests: [7] }));
    await stage.handle(deploymentEvent(10, 'success'));
    await stage.handle(deploymentEvent(9, 'success'));
    const words = said(stage);
    expect(words).toContain('`production`');
    expect(words.split('\n').filter((line) => line.startsWith('/'))).toEqual([]);
    expect(words.replace(/`+[^\n]*?`+/g, '')).not.toMatch(/@all|<b>/);
  });

  test('row 73: what somebody changed in the hidden line is not believed', async () => {
    const stage = await deployed('success');
    await stage.handle(deploymentEvent(9, 'success'));
    const [note] = mergeRequest(stage, 7).notes;
    const [, data = ''] = /data=(\S+)/.exec(note?.body ?? '') ?? [];
    const trail = decodeTrail(data);
    const forged = JSON.stringify(trail).replace('production', 'everywhere');
    Object.assign(note ?? {}, {
      body: (note?.body ?? '').replace(data, Buffer.from(forged).toString('base64url')),
    });
    const environment = { name: 'staging', tier: 'staging', external_url: null };
    stage.state.deployments.push(deployment({ id: 10, environment, mergeRequests: [7] }));
    await stage.handle(deploymentEvent(10, 'success'));
    expect(said(stage)).not.toContain('everywhere');
  });
});

describe('row 73: what followed', () => {
  function pipeline(stage: Stage, id: number, status: string, sha: string): void {
    const at = stage.clock.now().toISOString();
    const job = {
      id: id * 10,
      name: 'unit',
      stage: 'test',
      status,
      allow_failure: false,
      failure_reason: status === 'failed' ? 'script_failure' : null,
      created_at: at,
      started_at: at,
      finished_at: at,
      duration: 1,
      queued_duration: 1,
      coverage: null,
      artifacts: new Map<string, string>(),
      reports: [],
      trace: '',
    };
    stage.state.pipelines.push({
      id,
      project_id: 42,
      ref: 'main',
      sha,
      status,
      source: 'push',
      created_at: at,
      test_report: null,
      jobs: [job],
      statuses: [],
    });
  }

  async function swept(stage: Stage): Promise<readonly string[]> {
    await sweep(stage.world(noReports));
    return stage.deeds();
  }

  test('row 73: a default branch that fails since its commit, and when it passed again', async () => {
    const stage = await aStage(config);
    merged(stage, 7, shas.own);
    pipeline(stage, 700, 'success', shas.good);
    pipeline(stage, 701, 'failed', shas.own);
    pipeline(stage, 702, 'failed', shas.other);
    expect(await swept(stage)).toEqual([post(7)]);
    expect(said(stage)).toMatch(
      /❌ `main` began to fail with pipeline \[`#701`\], which ran for this merge request's commit on 20\d\d-/,
    );
    expect(await swept(stage)).toEqual([]);
    pipeline(stage, 703, 'success', shas.other);
    expect(await swept(stage)).toEqual([edit(7)]);
    expect(said(stage)).toContain('It passed again with pipeline [`#703`]');
    expect(await swept(stage)).toEqual([]);
  });

  test('row 73: the issue of the branch is named where the bot keeps one', async () => {
    const stage = await aStage('bot: { presets: { deployments: true, incidents: true } }');
    merged(stage, 7, shas.own);
    pipeline(stage, 700, 'success', shas.good);
    pipeline(stage, 701, 'failed', shas.own);
    await swept(stage);
    await swept(stage);
    const iid = stage.state.issues.at(-1)?.iid ?? 0;
    expect(said(stage)).toContain(`see [\`#${iid}\`]`);
  });

  test.each<readonly [name: string, pipelines: readonly (readonly [status: string, sha: string])[]]>([
    [
      'the commit passed before',
      [
        ['success', shas.own],
        ['failed', shas.own],
      ],
    ],
    ['it is the first pipeline', [['failed', shas.own]]],
    [
      'another commit failed first',
      [
        ['success', shas.good],
        ['failed', shas.other],
        ['failed', shas.own],
      ],
    ],
  ])('row 73: nobody is blamed where %s', async (_name, pipelines) => {
    const stage = await aStage(config);
    merged(stage, 7, shas.own);
    pipelines.forEach(([status, sha], index) => {
      pipeline(stage, 700 + index, status, sha);
    });
    expect(await swept(stage)).toEqual([]);
  });

  test('row 73: an old failure is not looked at again and again', async () => {
    const stage = await aStage(config);
    pipeline(stage, 700, 'success', shas.good);
    pipeline(stage, 701, 'failed', shas.own);
    await stage.clock.sleep(3 * 86_400_000);
    await swept(stage);
    expect(stage.gitlab.requests.some(({ path }) => path.includes('/merge_requests'))).toBe(false);
  });

  const revert = (message: string) => ({
    commits: [{ id: 'd1'.repeat(20), title: 'Revert "Take vouchers"', message, author_name: 'dev' }],
    merge_user: { id: cast.dev.id, username: 'dev' },
  });

  test.each([
    ['a merge request', 'Revert "Take vouchers"\n\nThis reverts merge request !7'],
    ['a commit', `Revert "Take vouchers"\n\nThis reverts commit ${shas.own}.`],
  ])('row 73: a merge that reverts %s', async (_name, message) => {
    const stage = await aStage(config);
    merged(stage, 7, shas.own);
    merged(stage, 8, shas.other, revert(message));
    const payload = mergeRequestEvent('merge', { on: { ...mr, iid: 8 } });
    await stage.handle(payload);
    expect(stage.deeds()).toEqual([post(7)]);
    expect(said(stage)).toMatch(/Reverted by \[`!8`\], which was merged on /);
    await stage.handle(payload);
    expect(stage.deeds()).toEqual([]);
  });

  test.each<readonly [name: string, change: (stage: Stage) => void]>([
    ['that is not merged', (stage) => void Object.assign(mergeRequest(stage, 7), { state: 'opened' })],
    ['on another branch', (stage) => void Object.assign(mergeRequest(stage, 7), { target_branch: '1.x' })],
    ['that is muted', (stage) => void mergeRequest(stage, 7).labels.push('herald::muted')],
  ])('row 73: nothing is said on a merge request %s', async (_name, change) => {
    const stage = await aStage(config);
    merged(stage, 7, shas.own);
    merged(stage, 8, shas.other, revert('This reverts merge request !7'));
    change(stage);
    await stage.handle(mergeRequestEvent('merge', { on: { ...mr, iid: 8 } }));
    expect(stage.deeds()).toEqual([]);
  });

  test('row 73: the commit of a fast-forward merge that GitLab rebased', async () => {
    const stage = await aStage(config);
    const rebased = 'e1'.repeat(20);
    merged(stage, 7, shas.own, { merge_commit_sha: null, merged_commit_sha: rebased });
    stage.state.deployments.push(deployment({ id: 9, status: 'failed', sha: rebased }));
    await stage.handle(deploymentEvent(9, 'failed'));
    expect(stage.deeds()).toEqual([post(7)]);
  });

  test('row 73: only deployments where the project wants no more', async () => {
    const stage = await aStage('bot: { presets: { deployments: { failures: false } } }');
    merged(stage, 7, shas.own);
    merged(stage, 8, shas.other, revert('This reverts merge request !7'));
    await stage.handle(mergeRequestEvent('merge', { on: { ...mr, iid: 8 } }));
    expect(stage.deeds()).toEqual([]);
  });
});
