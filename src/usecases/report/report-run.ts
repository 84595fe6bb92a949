import type { ReportOptions } from '../../config/report-options.ts';
import type { Context } from '../../model/context.ts';
import type { ListedFormat } from '../../reports/listed-formats.ts';
import type { AskJobs, Collected } from './collect-reports.ts';

/** A pipeline, and where what its reports say comes from. */
export interface ReportRun {
  readonly options: ReportOptions;
  readonly context: Context;
  /** True where the jobs are known, trigger jobs among them: what shows these in a run of its own is not asked for. */
  readonly hasListedJobs?: boolean;
  /** False where the files of the project are not here; missing where they are. */
  readonly hasCheckout?: boolean;
  /** `askJobs` is there for reports that are not among the files. */
  collect(askJobs: (formats: readonly ListedFormat[]) => AskJobs): Promise<Collected>;
}
