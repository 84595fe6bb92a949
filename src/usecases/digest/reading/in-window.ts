import type {
  HistoryCommit,
  HistoryDeployment,
  HistoryIssue,
  HistoryJob,
  HistoryMergeRequest,
  HistoryPipeline,
  Instant,
} from '../../../model/project-history.ts';

/** Whether one of its times is in the window, which has no end. */
function isSince(from: Instant, ...times: readonly (Instant | null)[]): boolean {
  return times.some((time) => time !== null && time >= from);
}

/**
 * Which things belong to a window that begins at an instant, whatever else changed in it: a full reading and one that
 * adds to what is kept give the same.
 */
export const isInWindow = {
  deployment: (from: Instant, { createdAt, finishedAt }: HistoryDeployment): boolean =>
    isSince(from, createdAt, finishedAt),
  mergeRequest: (from: Instant, { state, createdAt, mergedAt, closedAt }: HistoryMergeRequest): boolean =>
    state === 'opened' || isSince(from, createdAt, mergedAt, closedAt),
  issue: (from: Instant, { createdAt, closedAt }: HistoryIssue): boolean =>
    closedAt === null || isSince(from, createdAt, closedAt),
  pipeline: (from: Instant, { createdAt }: HistoryPipeline): boolean => createdAt >= from,
  job: (from: Instant, { createdAt }: HistoryJob): boolean => createdAt >= from,
  commit: (from: Instant, { committedAt }: HistoryCommit): boolean => committedAt >= from,
};
