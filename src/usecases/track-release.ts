import { TrackerUnreachableError } from '../errors.ts';
import type { Clock, Log } from '../io/port.ts';
import { counted } from '../model/plural.ts';
import type { TrackedRelease } from '../model/tracked-release.ts';
import { knowsDeploy, needsCommitsApart, planRelease } from '../publish/plan-tracked-release.ts';
import type { ErrorTracker } from '../sentry/port.ts';

export interface TrackerWorld {
  readonly tracker: ErrorTracker;
  readonly clock: Clock;
  readonly log: Log;
  readonly dryRun: boolean;
}

/** One line for each thing that was done, or would be; none where the tracker knew it all. */
export interface Tracked {
  readonly done: readonly string[];
}

/** A write whose outcome is not known is looked at again, so often. */
const maxRounds = 4;

const many = { one: 'commit', other: 'commits' };

function contentOf({ commits, refs, projects }: TrackedRelease): string {
  const what = refs === null ? counted(commits.length, many) : `the commits up to ${refs.commit.slice(0, 8)}`;
  return `with ${what} for ${projects.join(', ')}`;
}

/** Does it, and notes it before: where an answer got lost, it was done all the same. */
async function writeRelease(
  wanted: TrackedRelease,
  done: Set<string>,
  { tracker, clock, log, dryRun }: TrackerWorld,
): Promise<void> {
  const plan = planRelease(wanted, await tracker.fetchRelease(wanted.version));
  if (plan === 'nothing') return;
  done.add(`report the release ${wanted.version} ${contentOf(wanted)}`);
  if (dryRun) return;
  const standing = await (plan === 'create'
    ? tracker.createRelease(wanted, clock.now())
    : tracker.updateRelease(wanted, clock.now()));
  if (needsCommitsApart(wanted, standing) && !(await tracker.setCommits(wanted.version, wanted.commits)))
    log.warn('The error tracker has taken the release, and keeps none of its commits.');
}

async function writeDeploy(
  { version, deploy }: TrackedRelease,
  done: Set<string>,
  { tracker, clock, log, dryRun }: TrackerWorld,
): Promise<void> {
  if (deploy === null) return;
  const standing = await tracker.fetchDeploys(version);
  // In a dry run the release may not be there yet.
  if (standing === null && !dryRun) {
    log.warn('The error tracker knows releases, and no deploys: this deploy is not reported.');
    return;
  }
  if (knowsDeploy(deploy, standing ?? [])) return;
  done.add(`report the deploy of ${version} to ${deploy.environment}`);
  if (!dryRun) await tracker.createDeploy(version, deploy, clock.now());
}

/**
 * Reports a release and its deploy to an error tracker. It looks first and sends what is missing, so that a second call
 * sends nothing; where a write may have been done although its answer was lost, it looks again. Throws
 * `TrackerRefusedError` and `TrackerUnreachableError`.
 */
export async function trackRelease(wanted: TrackedRelease, world: TrackerWorld): Promise<Tracked> {
  const done = new Set<string>();
  for (let round = 1; ; round += 1) {
    try {
      await writeRelease(wanted, done, world);
      await writeDeploy(wanted, done, world);
      return { done: [...done] };
    } catch (error) {
      const isOpen = error instanceof TrackerUnreachableError && error.uncertain && round < maxRounds;
      if (!isOpen) throw error;
      world.log.info('the error tracker may have taken it although no answer came: looking again');
      await world.clock.sleep(1_000 * 2 ** round * (1 + world.clock.random() / 2));
    }
  }
}
