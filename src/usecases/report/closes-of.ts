import type { ReportOptions } from '../../config/report-options.ts';
import { UsageError } from '../../errors.ts';
import type { Context, MergeRequest } from '../../model/context.ts';
import type { Summary } from '../../model/summary.ts';
import { closingReferences } from '../../trail/closing-references.ts';
import { type Tracker, trackersOf } from '../../trail/trackers.ts';

/** The trackers of the configuration. Throws `UsageError` for a pattern that cannot be used. */
export function usableTrackers({ trail }: Pick<ReportOptions, 'trail'>): readonly Tracker[] {
  const { trackers, problem } = trackersOf(trail.trackers);
  if (problem !== null) throw new UsageError(problem);
  return trackers;
}

/** The default branch of the project that the merge request goes to, which a pipeline of a fork does not know. */
function defaultBranchFor({ projectPath, project }: MergeRequest, context: Context): string | null {
  const { id, path, defaultBranch } = context.project;
  return project === id || projectPath === path ? defaultBranch : null;
}

/** What the title and the description say that merging closes: known without a request. */
export function closesOf(
  mergeRequest: MergeRequest | null,
  context: Context,
  trackers: readonly Tracker[],
): Pick<Summary, 'closes'> {
  if (mergeRequest === null) return {};
  const { title, description = '', descriptionIsCut = false, projectPath } = mergeRequest;
  const place = { serverUrl: context.server.url, project: projectPath, trackers };
  const references = closingReferences([title, description], place);
  if (references.length === 0) return {};
  const defaultBranch = defaultBranchFor(mergeRequest, context);
  return { closes: { references, defaultBranch, complete: !descriptionIsCut } };
}
