import type { Context } from '../../model/context.ts';
import { reportPage } from '../markdown/link-address.ts';

/**
 * Address of the full report: a page among the artifacts of Herald's job; without one, GitLab's own page of the
 * pipeline's tests.
 */
export function fullReportAddress({ job, pipeline }: Pick<Context, 'job' | 'pipeline'>): string {
  return job.id === 0 ? `${pipeline.url}/test_report` : `${job.url}/artifacts/file/${reportPage}`;
}
