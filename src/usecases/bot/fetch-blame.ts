import type { BlamedCommit, BlamedLine, BlameFacts } from '../../model/blame.ts';
import type { Facts } from '../../model/facts.ts';
import type { CommitRange } from '../../model/incident.ts';
import type { FailedAt } from '../../model/tests.ts';
import { blameStanding, linesInLogs } from '../../trail/blamed-commits.ts';
import { createLastChanges, type LastChanges } from '../last-changes.ts';
import type { FactSource } from './bot-world.ts';
import { compareCommits } from './compare-commits.ts';

/** Lines to show: the ones nearest to what went wrong. */
const maxLines = 3;
/** Questions about files, which may not exist. */
const maxAsked = 6;

interface Blamed {
  readonly place: FailedAt;
  readonly commit: BlamedCommit;
}

interface Found {
  readonly blamed: readonly Blamed[];
  readonly complete: boolean;
}

/** The first of each line's possible places that GitLab has, one after another: most lines have one. */
async function blameLines(
  lines: readonly (readonly FailedAt[])[],
  changes: Pick<LastChanges, 'blame'>,
): Promise<Found> {
  const blamed: Blamed[] = [];
  let asked = 0;
  for (const places of lines) {
    if (blamed.length === maxLines) return { blamed, complete: false };
    for (const place of places) {
      if (asked === maxAsked) return { blamed, complete: false };
      asked += 1;
      const commit = await changes.blame(place);
      if (commit === null) continue;
      blamed.push({ place, commit });
      break;
    }
  }
  return { blamed, complete: true };
}

/**
 * The last changes of the lines that the logs of a failed pipeline name, and whether they may have broken its branch:
 * at most six requests for lines, three for merge requests, and one where the branch failed before. Null where nothing
 * is known of the failure.
 */
export async function fetchBlame(
  { incident, pipeline, project }: Pick<Facts, 'incident' | 'pipeline' | 'project'>,
  { gitlab, log }: Pick<FactSource, 'gitlab' | 'log'>,
): Promise<BlameFacts | null> {
  if (incident === null || pipeline === null || incident.causes.length === 0) return null;
  const { projectId, sha } = pipeline.pipeline;
  const changes = createLastChanges({ project: projectId, sha }, gitlab);
  const { blamed, complete } = await blameLines(linesInLogs(incident.causes, project), changes);
  const { first, range } = incident;
  const isKnown = blamed.every(({ commit }) => range?.commits.some((one) => one.sha === commit.sha) === true);
  const later: CommitRange | null =
    isKnown || first.sha === sha
      ? null
      : await compareCommits(projectId, { from: first.sha, to: sha }, { gitlab, log });
  const lines = await Promise.all(
    blamed.map(async ({ place, commit }): Promise<BlamedLine> => {
      const standing = blameStanding(commit.sha, incident, { sha, later });
      return { ...place, change: await changes.withMergeRequest(commit), standing };
    }),
  );
  return { lines, complete };
}
