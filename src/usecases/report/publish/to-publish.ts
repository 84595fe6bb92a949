import type { LabelRule } from '../../../compare/result-labels.ts';
import type { ReportOptions } from '../../../config/report-options.ts';
import type { Summary } from '../../../model/summary.ts';
import type { RenderedReport } from '../render-report.ts';

/** A finished report, and how to publish it. */
export interface ToPublish {
  readonly options: ReportOptions;
  readonly summary: Summary;
  readonly rendered: RenderedReport;
  readonly labelRules: readonly LabelRule[];
}

/**
 * False where a newer pipeline has overtaken this one, which is sure when the comment is written and stays. What must
 * not overwrite a newer pipeline's is written after that; reading need not wait.
 */
export type MayWrite = () => Promise<boolean>;
