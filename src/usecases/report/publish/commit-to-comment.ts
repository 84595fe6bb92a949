import type { ReportOptions } from '../../../config/report-options.ts';
import type { Log } from '../../../io/port.ts';
import type { CommitAddress } from '../../../model/context.ts';
import type { Summary } from '../../../model/summary.ts';

const inArtifacts = 'the report is in the artifacts';

/**
 * The commit that gets the comment where there is no merge request, with its web address; null for none. A commit whose
 * merge request could not be asked for gets none: the comment belongs there.
 */
export function commitToComment(
  { context, missing }: Pick<Summary, 'context' | 'missing'>,
  { commitComment }: Pick<ReportOptions, 'commitComment'>,
  log: Log,
): (CommitAddress & { readonly url: string }) | null {
  if (!commitComment) {
    log.info(`no open merge request for this pipeline: ${inArtifacts}`);
    return null;
  }
  // A pipeline of a merge request can be about a commit of GitLab's own that is in no branch.
  if (context.mergeRequest !== null || missing.some(({ part }) => part === 'merge-request')) {
    log.warn(`the merge request of this pipeline is not known: its commit gets no comment, ${inArtifacts}`);
    return null;
  }
  const { project, commit } = context;
  return { project: project.id, sha: commit.sha, url: `${project.url}/-/commit/${commit.sha}` };
}
