/** Parts of a report that come only from GitLab, and without which there still is a report. */
export type PartName =
  | 'merge-request'
  | 'jobs'
  | 'traces'
  | 'test-report'
  | 'job-reports'
  | 'baseline'
  | 'diff'
  | 'labels'
  | 'flaky-marks'
  | 'code-owner-approval'
  | 'quarantine'
  | 'touched-files'
  | 'blame';

/** A part that GitLab was asked for and did not give: it said no, kept failing, or its answer cannot be used. */
export interface MissingPart {
  readonly part: PartName;
  readonly reason: 'refused' | 'unreachable' | 'unusable-answer';
}
