import * as z from 'zod';
import type { FailedSuite, HistoryPage, NamedPlace } from '../../ports/history.ts';
import type { Api } from '../../transport/api.ts';
import { changedAfter, maxRows, walkPipelines } from './pages-of-graphql.ts';

const count = z.number().int().nonnegative().nullish();
const jobId = z.union([z.string().regex(/^\d{1,15}$/), z.number().int()]).transform(Number);

const suite = z.object({ failedCount: count, errorCount: count, buildIds: z.array(jobId).nullish() });

const pipeline = z
  .object({ testReportSummary: z.object({ testSuites: z.object({ nodes: z.array(suite) }) }) })
  .transform(({ testReportSummary }): readonly FailedSuite[] =>
    testReportSummary.testSuites.nodes
      .filter(({ failedCount, errorCount }) => (failedCount ?? 0) + (errorCount ?? 0) > 0)
      .map(({ buildIds }) => ({ jobIds: buildIds ?? [] })),
  );

const fields = 'testReportSummary{testSuites(first:100){nodes{failedCount errorCount buildIds}}}';

/**
 * What the reports of tests say of pipelines that failed; reports of attempts that were retried are not among them.
 * Sources: https://docs.gitlab.com/api/graphql/reference/#testsuitesummary, `lib/gitlab/ci/reports/test_suite_summary.rb`
 */
export async function* walkFailedSuites(
  api: Api,
  of: NamedPlace,
  changedSince: number,
): AsyncGenerator<HistoryPage<FailedSuite>, void, undefined> {
  const args = `${changedAfter(changedSince)} status:FAILED`;
  const pages = walkPipelines(api, { of, args, fields, row: pipeline, pageSize: () => maxRows });
  for await (const page of pages) yield { ...page, rows: page.rows.flat() };
}
