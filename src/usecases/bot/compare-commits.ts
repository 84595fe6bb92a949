import { GitLabRefusedError } from '../../errors.ts';
import type { CommitRange } from '../../model/incident.ts';
import type { FactSource } from './bot-world.ts';

/** The last ones are kept: the newest are the first to look at. */
const maxCommits = 100;

type Range = Awaited<ReturnType<FactSource['gitlab']['fetchRange']>>;

/** Null where the branch was rewritten, and one of the commits is gone. */
async function askForRange(
  project: number,
  range: { readonly from: string; readonly to: string },
  { gitlab, log }: Pick<FactSource, 'gitlab' | 'log'>,
): Promise<Range> {
  try {
    const found = await gitlab.fetchRange(project, range);
    if (found === null) log.warn(`GitLab does not have ${range.from} or ${range.to} any more`);
    return found;
  } catch (error) {
    if (!(error instanceof GitLabRefusedError)) throw error;
    log.warn(`GitLab does not compare ${range.from} with ${range.to}: ${error.message}`);
    return null;
  }
}

/** What is between two commits, at most 100 of them; null where GitLab does not say. One request. */
export async function compareCommits(
  project: number,
  range: { readonly from: string; readonly to: string },
  source: Pick<FactSource, 'gitlab' | 'log'>,
): Promise<CommitRange | null> {
  const found = await askForRange(project, range, source);
  if (found === null) return null;
  const { commits, diff } = found;
  return {
    commits: commits.slice(-maxCommits),
    files: diff.parts.map(({ change, oldPath, newPath }) => (change === 'deleted' ? oldPath : newPath)),
    complete: diff.complete && commits.length <= maxCommits,
  };
}
