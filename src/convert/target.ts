import { counted, type Forms } from '../model/plural.ts';
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
  /**
   * What the file does not hold, or GitLab does not show of it: parts of a sentence that count, like "3 findings
   * without a file".
   */
  losses(report: Report): readonly string[];
}

/** Counts what is lost; nothing where nothing is. */
export function lostCount(count: number, forms: Forms): readonly string[] {
  return count === 0 ? [] : [counted(count, forms)];
}
