import type { Report, ReportKind } from '../model/report.ts';

/** One way to write a report for GitLab's own widgets: https://docs.gitlab.com/ci/yaml/artifacts_reports/ */
export interface ConvertTarget {
  /** As in `herald convert --to`. */
  readonly name: string;
  readonly title: string;
  /** What it can be made from. */
  readonly from: ReportKind;
  /** The keyword of `artifacts:reports` that takes it. */
  readonly keyword: string;
  /** The whole file; null when the report is of another kind. */
  write(report: Report): string | null;
}
