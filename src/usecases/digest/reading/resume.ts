import type { KeptHistory, KeptPart } from '../../../digest/kept-history/kept-history.ts';
import type { KeptRest } from '../../../digest/kept-history/rest.ts';
import type {
  HistoryIssue,
  HistoryMergeRequest,
  PartRead,
  ProjectHistory,
} from '../../../model/project-history.ts';
import { historyOf, type ReadParts } from './assemble.ts';
import type { ReadPart } from './part-read.ts';
import type { ReadList } from './read-list.ts';
import type { PartsWish } from './read-parts.ts';

/** What was kept of a part; null where there was more than is kept. */
function partOf<Row>(kept: KeptPart<Row> | null, read: PartRead): ReadPart<Row> | null {
  if (kept !== null) return { rows: kept.rows, read, kept };
  return read.usable ? null : { rows: [], read, kept };
}

/** A list as it was kept. */
function listOf<Row>(rows: readonly Row[], read: PartRead): ReadList<Row> {
  return { rows, total: null, read };
}

type Lists = Pick<ReadParts, 'deployments' | 'commits' | 'pipelines'> & {
  readonly mergeRequests: ReadPart<HistoryMergeRequest>;
  readonly issues: ReadPart<HistoryIssue>;
};

/** The lists that are kept; null where something of them is not. */
function listsOf(kept: KeptHistory, { read }: KeptRest): Lists | null {
  const mergeRequests = partOf(kept.mergeRequests, read['merge-requests']);
  const deployments = partOf(kept.deployments, read.deployments);
  const issues = partOf(kept.issues, read.issues);
  const pipelines = partOf(kept.pipelines, read.pipelines);
  const jobs = partOf(kept.jobs, read.jobs);
  const commits = partOf(kept.commits, read.commits);
  if (mergeRequests === null || deployments === null || issues === null) return null;
  if (pipelines === null || jobs === null || commits === null) return null;
  return {
    mergeRequests,
    deployments,
    issues,
    pipelines: { pipelines, jobs, areTogether: false },
    commits: { ...commits, tip: kept.tip },
  };
}

/**
 * The history as a reading left it that came to its end for this project at most `resumeMs` ago, for the same periods,
 * without any request; null where it has to be read. A group's reading that was stopped goes on so.
 */
export function resumedHistory(
  kept: KeptHistory | null,
  {
    project,
    window,
    now,
    resumeMs,
  }: Pick<PartsWish, 'project' | 'window' | 'now'> & { readonly resumeMs: number },
): ProjectHistory | null {
  const rest = kept?.rest ?? null;
  if (kept === null || rest === null) return null;
  // The same command some minutes later may mean periods that begin some minutes later.
  const later = window.from - rest.from;
  const isSame = kept.defaultBranch === project.defaultBranch && later >= 0 && later <= resumeMs;
  const lists = isSame && kept.readAt >= now - resumeMs ? listsOf(kept, rest) : null;
  if (lists === null) return null;
  const { read } = rest;
  const parts: ReadParts = {
    ...lists,
    mergeRequests: { part: lists.mergeRequests, open: read['open-merge-requests'] },
    issues: { part: lists.issues, openCount: rest.openIssues },
    refs: {
      branches: listOf(rest.branches.toReversed(), read.branches),
      tags: listOf(rest.tags, read.tags),
      releases: listOf(rest.releases, read.releases),
    },
    tests: { tests: rest.tests, read: read.tests },
  };
  return historyOf(parts, read['merge-request-details'], { project, window });
}
