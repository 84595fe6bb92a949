import type { TrackedDeploy, TrackedRelease } from '../model/tracked-release.ts';
import type { StandingDeploy, StandingRelease } from '../sentry/port.ts';

/** Whether the tracker knows the commits: one set of commits belongs to a release. */
function knowsCommits(
  { commits, refs }: TrackedRelease,
  { commitCount, lastCommit }: StandingRelease,
): boolean {
  if (refs !== null) return lastCommit === refs.commit;
  if (commits.length === 0) return true;
  if (commitCount !== commits.length) return false;
  return lastCommit === null || commits.some(({ sha }) => sha === lastCommit);
}

/** What must be sent of a release: `create` also adds projects to one that is there. */
export function planRelease(
  wanted: TrackedRelease,
  standing: StandingRelease | null,
): 'create' | 'update' | 'nothing' {
  if (standing === null) return 'create';
  if (wanted.projects.some((project) => !standing.projects.includes(project))) return 'create';
  return standing.releasedAt === null || !knowsCommits(wanted, standing) ? 'update' : 'nothing';
}

/** Whether a tracker that was sent commits with the release keeps none of them there. */
export function needsCommitsApart({ commits }: TrackedRelease, { commitCount }: StandingRelease): boolean {
  return commitCount !== null && commitCount < commits.length;
}

function sameInstant(a: string | null, b: string | null): boolean {
  return a !== null && b !== null && Date.parse(a) === Date.parse(b);
}

/**
 * Whether a deploy is there already: by its name, and with a tracker that keeps no names by its address and the moment
 * in which it ended, where that is known.
 */
export function knowsDeploy(wanted: TrackedDeploy, standing: readonly StandingDeploy[]): boolean {
  return standing
    .filter(({ environment }) => environment === wanted.environment)
    .some(({ name, url, finishedAt }) => {
      if (name !== null) return name === wanted.name;
      if (url !== wanted.url && !(wanted.url === null && url === '')) return false;
      return wanted.finishedAt === null ? wanted.url !== null : sameInstant(finishedAt, wanted.finishedAt);
    });
}
