import type { Context } from '../model/context.ts';

/** Address of the full report: a page among the artifacts of Herald's job. */
export function fullReportAddress({ job }: Pick<Context, 'job'>): string {
  return `${job.url}/artifacts/file/herald-report.html`;
}
