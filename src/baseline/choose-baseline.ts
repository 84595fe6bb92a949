import type { Commit } from '../model/commit.ts';
import type { Pipeline } from '../model/pipeline.ts';

/** True for a pipeline whose jobs all came to their end: what it reports is whole. */
export function isFinished({ status }: Pick<Pipeline, 'status'>): boolean {
  return status === 'success' || status === 'failed';
}

/** The position of a commit among the pipelines of a branch. */
export type Place =
  /**
   * It has pipelines: `exact` are those that finished, `before` is the newest finished one that is older than all of
   * them.
   */
  | { readonly kind: 'listed'; readonly exact: readonly Pipeline[]; readonly before: Pipeline | null }
  /** It may have a pipeline that is older than all that are listed, and not so old that its artifacts are gone. */
  | { readonly kind: 'older' }
  /** It has none: the branch moved over it in one push. */
  | { readonly kind: 'unlisted' };

/** As many as one request gives. */
export const pipelinesListed = 100;

/** What GitLab.com, and a new instance, keeps artifacts for. Source: https://docs.gitlab.com/user/gitlab_com/#cicd */
const keptMs = 30 * 24 * 60 * 60 * 1000;

/**
 * Places a commit among the latest pipelines of a branch, given newest first. Pipelines of a branch are made in the
 * order in which the branch moves, so that an older pipeline is one of an earlier commit, unless history was rewritten
 * in between.
 */
export function placeInBranch(sha: string, pipelines: readonly Pipeline[]): Place {
  const own = pipelines.filter((pipeline) => pipeline.sha === sha);
  if (own.length > 0) {
    const first = Math.min(...own.map(({ id }) => id));
    return {
      kind: 'listed',
      exact: own.filter(isFinished),
      before: pipelines.find((pipeline) => pipeline.id < first && isFinished(pipeline)) ?? null,
    };
  }
  const isWhole = pipelines.length < pipelinesListed;
  return { kind: isWhole || spanMs(pipelines) > keptMs ? 'unlisted' : 'older' };
}

/** The position of a commit in words, for people who ask why this baseline. */
export function placeWords(place: Place, listed: number): string {
  const among = `among the ${listed} latest pipelines`;
  if (place.kind === 'older') return `the commit is not ${among}; it can be older`;
  if (place.kind === 'unlisted') return `the commit has no pipeline ${among}`;
  const finished = `the commit is ${among}, with ${place.exact.length} finished`;
  if (place.exact.length > 0) return finished;
  const { before } = place;
  return before === null
    ? `${finished}; none before it has finished`
    : `${finished}; pipeline ${before.id} is before it`;
}

function spanMs(pipelines: readonly Pipeline[]): number {
  const times = pipelines.map(({ createdAt }) => Date.parse(createdAt ?? '')).filter(Number.isFinite);
  return times.length === 0 ? 0 : Math.max(...times) - Math.min(...times);
}

/**
 * How many commits `sha` is behind the first of `ancestors` (a commit and its ancestors, as `git log` lists them):
 * those that the first has and `sha` has not. Null when it is none of them.
 */
function commitsBehind(ancestors: readonly Commit[], sha: string): number | null {
  const bySha = new Map(ancestors.map((commit) => [commit.sha, commit]));
  const start = bySha.get(sha);
  if (start === undefined) return null;
  // A set that grows while it is walked is walked to its end.
  const below = new Set([start]);
  for (const { parents } of below) {
    for (const parent of parents) {
      const commit = bySha.get(parent);
      if (commit !== undefined) below.add(commit);
    }
  }
  return ancestors.length - below.size;
}

/**
 * The run whose commit is the fewest commits behind, of two on one commit the first given; null when none is an
 * ancestor.
 */
export function nearestRun<T extends { readonly sha: string }>(
  ancestors: readonly Commit[],
  runs: readonly T[],
): { readonly run: T; readonly behind: number } | null {
  let nearest: { readonly run: T; readonly behind: number } | null = null;
  for (const run of runs) {
    const behind = commitsBehind(ancestors, run.sha);
    if (behind !== null && (nearest === null || behind < nearest.behind)) nearest = { run, behind };
  }
  return nearest;
}
