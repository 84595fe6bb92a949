import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DeploymentTrail } from '../../../src/model/deployment-trail.ts';
import { emptyTrail, joinTrails, trailLimits } from '../../../src/trail/deployments/join-trails.ts';
import { decodeTrail, encodeTrail } from '../../../src/trail/deployments/trail-data.ts';
import { runs } from '../../property-runs.ts';

const name = fc.constantFrom('production', 'staging', 'a|b\n<b>@all', 'Ünï');
const id = fc.integer({ min: 1, max: 12 });

/** What GitLab says of a deployment is the same whenever it is asked. */
const step = id.map((one) => ({
  id: one,
  sha: one.toString(16).repeat(40).slice(0, 40),
  at: `2026-03-${String(one + 10)}T10:00:00Z`,
  job: one % 3 === 0 ? null : one * 10,
}));

const trail: fc.Arbitrary<DeploymentTrail> = fc.oneof(
  fc.record({ environment: name, shipped: step, latest: step }).map(({ environment, shipped, latest }) => ({
    ...emptyTrail,
    environments: [
      { environment, shipped, latest: { ...latest, isThere: latest.id % 2 === 0 }, failed: null },
    ],
  })),
  fc.record({ environment: name, failed: step }).map(({ environment, failed }) => ({
    ...emptyTrail,
    environments: [{ environment, shipped: null, latest: null, failed }],
  })),
  fc
    .record({ pipeline: id, fixed: fc.option(id), issue: fc.option(id) })
    .map(({ pipeline, fixed, issue }) => ({
      ...emptyTrail,
      failures: [
        {
          branch: 'main',
          pipeline: { id: pipeline, at: null },
          issue,
          fixed: fixed === null ? null : { id: fixed, at: null },
        },
      ],
    })),
  id.map((iid) => ({ ...emptyTrail, reverts: [{ iid, at: null }] })),
);

function all(trails: readonly DeploymentTrail[]): DeploymentTrail {
  return trails.reduce(joinTrails, emptyTrail);
}

describe('row 73: what a comment says after several events', () => {
  test('row 73: is the same in any order, and when events come again', () => {
    fc.assert(
      fc.property(
        fc.array(trail, { maxLength: 20 }),
        fc.array(fc.nat(1_000), { minLength: 40, maxLength: 40 }),
        (trails, keys) => {
          const keyed = [...trails, ...trails].map((one, at) => ({ one, key: keys[at] ?? 0 }));
          const shuffled = keyed.sort((a, b) => a.key - b.key).map(({ one }) => one);
          expect(all(shuffled)).toEqual(all(trails));
        },
      ),
      { numRuns: runs(500) },
    );
  });

  test('row 73: is the same whichever parts were joined first', () => {
    fc.assert(
      fc.property(fc.array(trail, { maxLength: 9 }), fc.array(trail, { maxLength: 9 }), (first, second) => {
        expect(joinTrails(all(first), all(second))).toEqual(all([...second, ...first]));
      }),
      { numRuns: runs(500) },
    );
  });

  test('row 73: comes back from the comment as it was', () => {
    fc.assert(
      fc.property(fc.array(trail, { maxLength: 20 }), (trails) => {
        expect(decodeTrail(encodeTrail(all(trails)))).toEqual(all(trails));
      }),
      { numRuns: runs(200) },
    );
  });

  test('row 73: an older deployment overwrites nothing', () => {
    const at = (deployment: number, isThere: boolean): DeploymentTrail => {
      const one = { id: deployment, sha: 'a'.repeat(40), at: null, job: null };
      const entry = {
        environment: 'production',
        shipped: { ...one, id: 1 },
        latest: { ...one, isThere },
        failed: null,
      };
      return { ...emptyTrail, environments: [entry] };
    };
    const [entry] = all([at(9, false), at(4, true)]).environments;
    expect(entry?.latest).toMatchObject({ id: 9, isThere: false });
  });

  test('row 73: the newest are kept of more than fit', () => {
    const trails = Array.from({ length: 50 }, (_, index) => ({
      ...emptyTrail,
      reverts: [{ iid: index + 1, at: null }],
    }));
    expect(all(trails).reverts.map(({ iid }) => iid)).toEqual(
      Array.from({ length: trailLimits.reverts }, (_, index) => 50 - trailLimits.reverts + 1 + index),
    );
  });

  test.each(['', 'e30', 'bm8', Buffer.from('{"environments":[{}]}').toString('base64url'), '%%%'])(
    'row 73: nothing is read of %j',
    (data) => {
      expect(decodeTrail(data)).toBeNull();
    },
  );
});
