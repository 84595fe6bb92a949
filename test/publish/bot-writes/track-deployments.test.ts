import { describe, expect, test } from 'vitest';
import type { BotAction } from '../../../src/model/bot-write.ts';
import type { DeploymentTrail } from '../../../src/model/deployment-trail.ts';
import { emptyTrail, trailLimits } from '../../../src/trail/deployments/join-trails.ts';
import { startEmbedded } from '../../support/gitlab/ask.ts';
import type { EmbeddedGitLab } from '../../support/gitlab/embedded-gitlab.ts';
import { mr, perform, worldAt } from './world.ts';

const projectUrl = 'https://gitlab.example.com/shop/till';

function action(trail: DeploymentTrail): BotAction {
  return { do: 'trackDeployments', on: mr, key: 'trail', url: `${projectUrl}/x`, projectUrl, trail };
}

/** With the longest numbers and times that GitLab gives. */
function step(id: number) {
  return {
    id: 900_000_000_000 + id,
    sha: 'f'.repeat(40),
    at: '2026-03-04T10:00:00.000+05:30',
    job: 900_000_000_000,
  };
}

function anEnvironment(name: string, id: number): DeploymentTrail {
  const steps = { shipped: step(id), latest: { ...step(id), isThere: true }, failed: step(id) };
  return { ...emptyTrail, environments: [{ environment: name, ...steps }] };
}

/** So many environments and failures, with names as long as GitLab takes them. */
function longTrail(environments: number): DeploymentTrail {
  const named = (index: number, length: number): string => `${index}`.padStart(4, '0').padEnd(length, '"');
  const failures = Array.from({ length: trailLimits.failures }, (_, index) => {
    const pipeline = { id: step(index).id, at: step(index).at };
    return { branch: named(index, 1_000), pipeline, issue: 99_999, fixed: pipeline };
  });
  const all = Array.from(
    { length: environments },
    (_, index) => anEnvironment(named(index, 255), index).environments,
  );
  return { environments: all.flat(), failures, reverts: [] };
}

function said({ state }: EmbeddedGitLab): string {
  const [only = '', ...others] = (state.mergeRequests[0]?.notes ?? []).map(({ body }) => body);
  expect(others).toEqual([]);
  return only.replace(/<!--[^\n]*-->\n+/g, '');
}

describe('what a comment says of deployments', () => {
  test('is not forgotten, however much it is', async () => {
    const gitlab = await startEmbedded();
    await perform(worldAt(gitlab), action(longTrail(trailLimits.environments - 1)));
    await perform(worldAt(gitlab), action(anEnvironment('production', 500)));
    expect(said(gitlab).match(/deployed/g)).toHaveLength(trailLimits.environments);
    expect(said(gitlab)).toContain('`production`');
  });

  test('says that there may be more than it lists', async () => {
    const gitlab = await startEmbedded();
    const fewer = 'Only the newest';
    await perform(worldAt(gitlab), action(anEnvironment('production', 1)));
    expect(said(gitlab)).not.toContain(fewer);
    const reverts = Array.from({ length: trailLimits.reverts + 3 }, (_, index) => ({
      iid: index + 1,
      at: null,
    }));
    await perform(worldAt(gitlab), action({ ...longTrail(trailLimits.environments + 5), reverts }));
    expect(said(gitlab)).toContain(`${fewer} ${trailLimits.environments} environments are listed.`);
    expect(said(gitlab)).toContain(`${fewer} ${trailLimits.failures} failures are listed.`);
    expect(said(gitlab)).toContain(`${fewer} ${trailLimits.reverts} reverts are listed.`);
  });

  test('outlives a time that nobody can read', async () => {
    const gitlab = await startEmbedded();
    const odd = { ...step(1), at: '2026-03-04 10:00:00 UTC' };
    const environments = [{ environment: 'odd', shipped: odd, latest: null, failed: odd }];
    await perform(worldAt(gitlab), action({ ...emptyTrail, environments }));
    await perform(worldAt(gitlab), action(anEnvironment('production', 2)));
    expect(said(gitlab)).toMatch(/`odd`[^]*`production`/);
  });
});
