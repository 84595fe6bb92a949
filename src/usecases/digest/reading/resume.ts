import type { KeptHistory, KeptPart } from '../../../digest/kept-history/kept-history.ts';
import type { Instant, PartRead, ProjectHistory } from '../../../model/project-history.ts';
import { historyOf } from './assemble.ts';
import type { ReadPart } from './part-read.ts';
import type { PartsWish } from './read-parts.ts';

/** What was kept of a part; null where there was more than is kept. */
function partOf<Row>(kept: KeptPart<Row> | null, read: PartRead): ReadPart<Row> | null {
  if (kept !== null) return { rows: kept.rows, read, kept };
  return read.usable ? null : { rows: [], read, kept };
}

/**
 * The history as a reading left it that came to its end for this project since `oldest`, without any request; null
 * where it has to be read. A group's reading that was stopped goes on so.
 */
export function resumedHistory(
  kept: KeptHistory | null,
  { project, window, oldest }: Pick<PartsWish, 'project' | 'window'> & { readonly oldest: Instant },
): ProjectHistory | null {
  const rest = kept?.rest ?? null;
  if (kept === null || rest === null) return null;
  if (kept.readAt < oldest || rest.from > window.from || kept.defaultBranch !== project.defaultBranch)
    return null;
  const { read } = rest;
  const mergeRequests = partOf(kept.mergeRequests, read['merge-requests']);
  const deployments = partOf(kept.deployments, read.deployments);
  const issues = partOf(kept.issues, read.issues);
  const pipelines = partOf(kept.pipelines, read.pipelines);
  const jobs = partOf(kept.jobs, read.jobs);
  const commits = partOf(kept.commits, read.commits);
  if (mergeRequests === null || deployments === null || issues === null) return null;
  if (pipelines === null || jobs === null || commits === null) return null;
  const list = <Row>(
    rows: readonly Row[],
    one: PartRead,
  ): { rows: readonly Row[]; total: null; read: PartRead } => ({
    rows,
    total: null,
    read: one,
  });
  return historyOf(
    {
      mergeRequests: { part: mergeRequests, open: read['open-merge-requests'] },
      deployments,
      issues: { part: issues, openCount: rest.openIssues },
      commits: { ...commits, tip: kept.tip },
      pipelines: { pipelines, jobs },
      refs: {
        branches: list(rest.branches.toReversed(), read.branches),
        tags: list(rest.tags, read.tags),
        releases: list(rest.releases, read.releases),
      },
      tests: { tests: rest.tests, read: read.tests },
    },
    read['merge-request-details'],
    { project, window },
  );
}
