import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DeploymentStep } from '../../../src/model/deployment-trail.ts';
import { movesOfDeployment, movesOfOlderCommit } from '../../../src/trail/deployments/moves-of-deployment.ts';
import { runs } from '../../property-runs.ts';

function step(id: number, version: number): DeploymentStep {
  return { id, sha: version.toString(16).padStart(40, '0'), at: null, job: null };
}

/** Deployments by their versions, oldest first: `[1, 2, 1]` is a rollback. */
function history(versions: readonly number[]): readonly DeploymentStep[] {
  return versions.map((version, index) => step(10 * (index + 1), version));
}

function movesOfLast(versions: readonly number[]) {
  const steps = history(versions);
  const last = steps.at(-1);
  if (last === undefined) throw new Error('nothing was deployed');
  const { isRollback, moved, unsure } = movesOfDeployment(last, steps.toReversed());
  return [isRollback, moved.map(({ id }) => id), unsure.map(({ id }) => id)];
}

describe('row 73: what a deployment brings to its environment and takes away', () => {
  test.each<
    readonly [
      versions: readonly number[],
      isRollback: boolean,
      moved: readonly number[],
      unsure: readonly number[],
    ]
  >([
    [[1], false, [10], []],
    [[1, 2], false, [20], []],
    [[1, 2, 2], false, [], []],
    [[1, 2, 1], true, [20], []],
    [[1, 2, 3, 1], true, [20, 30], []],
    [[1, 2, 3, 2], true, [30], []],
    [[1, 2, 1, 2], false, [20], []],
    [[1, 2, 3, 1, 2], false, [20], []],
    [[1, 2, 1, 1], false, [], []],
    [[1, 2, 1, 3], false, [40], [20]],
    [[1, 2, 3, 1, 2, 1], true, [20], []],
  ])('row 73: %j', (versions, ...expected) => {
    expect(movesOfLast(versions)).toEqual(expected);
  });

  /** A second computation: a merge request of version n is there while a version of at least n is. */
  test('row 73: after any deployments those are there that a plain count gives', () => {
    const plan = fc.array(fc.record({ isNew: fc.boolean(), pick: fc.nat(1_000) }), {
      minLength: 1,
      maxLength: 25,
    });
    fc.assert(
      fc.property(plan, (choices) => {
        const versions: number[] = [1];
        for (const { isNew, pick } of choices)
          versions.push(isNew ? Math.max(...versions) + 1 : (versions[pick % versions.length] ?? 1));
        const steps = history(versions);
        const isThere = new Map<number, boolean>();
        steps.forEach((one, index) => {
          const { isRollback, moved, unsure } = movesOfDeployment(one, steps.slice(0, index).toReversed());
          // A new version has everything before it.
          for (const { id } of [...moved, ...unsure]) isThere.set(id, !isRollback);
          const version = versions[index] ?? 0;
          const shipping = steps.filter(
            ({ sha }, at) => at <= index && steps.findIndex((first) => first.sha === sha) === at,
          );
          for (const first of shipping)
            expect([versions, first.id, isThere.get(first.id)]).toEqual([
              versions,
              first.id,
              Number.parseInt(first.sha, 16) <= version,
            ]);
        });
      }),
      { numRuns: runs(500) },
    );
  });
});

describe('row 73: a commit that the list does not have', () => {
  // A line of versions, each with the one before as its parent: 99 is deployed, and the list begins with 100.
  const commits = (from: number, until: number) =>
    Array.from({ length: until - from }, (_, n) => ({
      sha: step(1, from + n + 1).sha,
      parents: [step(1, from + n).sha],
    }));

  test('is a rollback of all deployments whose commits it has not', () => {
    const listed = history([100, 101, 102, 101, 103]);
    const found = movesOfOlderCommit(step(60, 99), listed.toReversed(), commits(99, 103));
    expect([found?.isRollback, found?.moved.map(({ id }) => id)]).toEqual([true, [10, 20, 30, 50]]);
  });

  test('leaves those alone that it contains, on another line', () => {
    const listed = history([100, 101, 102]);
    const found = movesOfOlderCommit(step(60, 99), listed.toReversed(), commits(99, 102).slice(1));
    expect(found).toBeNull();
  });

  test.each([
    ['nothing was deployed before', [], commits(99, 103)],
    ['it has all that was there', [100], []],
    ['GitLab does not say what the parents are', [100], [{ sha: step(1, 100).sha }]],
  ] as const)('is not a rollback where %s', (_why, versions, taken) => {
    expect(movesOfOlderCommit(step(60, 99), history(versions).toReversed(), taken)).toBeNull();
  });
});
