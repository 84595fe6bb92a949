import type {
  BranchFailure,
  DeploymentStep,
  DeploymentTrail,
  EnvironmentTrail,
  Revert,
} from '../../model/deployment-trail.ts';

/** The newest of each are kept: nobody reads more. */
export const trailLimits = { environments: 30, failures: 10, reverts: 10 } as const;

export const emptyTrail: DeploymentTrail = { environments: [], failures: [], reverts: [] };

interface Numbered {
  readonly id: number;
}

function higher<T extends Numbered>(a: T | null, b: T | null): T | null {
  if (a === null || b === null) return a ?? b;
  return b.id > a.id ? b : a;
}

function lower<T extends Numbered>(a: T | null, b: T | null): T | null {
  if (a === null || b === null) return a ?? b;
  return b.id < a.id ? b : a;
}

function joinEnvironments(a: EnvironmentTrail, b: EnvironmentTrail): EnvironmentTrail {
  return {
    environment: a.environment,
    shipped: lower(a.shipped, b.shipped),
    latest: higher(a.latest, b.latest),
    failed: higher(a.failed, b.failed),
  };
}

function joinFailures(a: BranchFailure, b: BranchFailure): BranchFailure {
  const issue = Math.max(a.issue ?? 0, b.issue ?? 0);
  return { ...a, issue: issue === 0 ? null : issue, fixed: lower(a.fixed, b.fixed) };
}

function newestStep({ shipped, latest, failed }: EnvironmentTrail): number {
  return [shipped, latest, failed].reduce(
    (most, step: DeploymentStep | null) => Math.max(most, step?.id ?? 0),
    0,
  );
}

interface Joining<T> {
  readonly keyOf: (entry: T) => string;
  readonly join: (a: T, b: T) => T;
  readonly ageOf: (entry: T) => number;
  readonly max: number;
}

/** One entry for each key, the newest of them, by key. */
function joined<T>(entries: readonly T[], { keyOf, join, ageOf, max }: Joining<T>): readonly T[] {
  const byKey = new Map<string, T>();
  for (const entry of entries) {
    const known = byKey.get(keyOf(entry));
    byKey.set(keyOf(entry), known === undefined ? entry : join(known, entry));
  }
  const byName = ([a]: readonly [string, T], [b]: readonly [string, T]): number =>
    a < b ? -1 : a > b ? 1 : 0;
  return [...byKey]
    .sort((a, b) => ageOf(b[1]) - ageOf(a[1]) || byName(a, b))
    .slice(0, max)
    .sort(byName)
    .map(([, entry]) => entry);
}

/**
 * Everything that two trails say, whichever came first: of an environment the first deployment and the latest one
 * count, so that an older event never overwrites a newer one, and the same event twice changes nothing.
 */
export function joinTrails(a: DeploymentTrail, b: DeploymentTrail): DeploymentTrail {
  const environments = joined([...a.environments, ...b.environments], {
    keyOf: ({ environment }) => environment,
    join: joinEnvironments,
    ageOf: newestStep,
    max: trailLimits.environments,
  });
  const failures = joined([...a.failures, ...b.failures], {
    keyOf: ({ branch, pipeline }) => `${String(pipeline.id).padStart(15, '0')} ${branch}`,
    join: joinFailures,
    ageOf: ({ pipeline }) => pipeline.id,
    max: trailLimits.failures,
  });
  const reverts = joined<Revert>([...a.reverts, ...b.reverts], {
    keyOf: ({ iid }) => String(iid).padStart(15, '0'),
    join: (one) => one,
    ageOf: ({ iid }) => iid,
    max: trailLimits.reverts,
  });
  return { environments, failures, reverts };
}
