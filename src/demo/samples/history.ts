import * as z from 'zod';

/** The parts of `herald-report.json` that a longer history changes. */
const reportSchema = z.looseObject({
  commit: z.object({ sha: z.string() }).loose(),
  tests: z.looseObject({ size: z.number(), records: z.array(z.tuple([z.string(), z.string()])) }).nullable(),
  runs: z.array(z.looseObject({ pipelineId: z.number(), createdAt: z.string() })),
});

const earlierRuns = 24;

/** What the two flaky tests of the samples did in the runs before. */
const flakyOutcomes = ['1r9p1f6p1r7p', '1r4p2f11p1f6p'];

/** The demo's target branch reports once; this is what its report would hold after a month of runs. */
export function withMonthOfRuns(report: string): string {
  const parsed = reportSchema.parse(JSON.parse(report));
  const [newest] = parsed.runs;
  if (newest === undefined || parsed.tests === null) return report;
  const at = Date.parse(newest.createdAt);
  const earlier = Array.from({ length: earlierRuns }, (_, index) => ({
    ...newest,
    pipelineId: newest.pipelineId - index - 1,
    jobId: newest.pipelineId + 2_000 - index,
    sha: (index + 1).toString(16).padStart(40, '5'),
    createdAt: new Date(at - (index + 1) * 86_400_000).toISOString(),
    tests: {
      total: 30 - Math.floor(index / 5),
      failed: index % 9 === 4 ? 1 : 0,
      skipped: 1,
      flaky: index % 4 === 0 ? 1 : 0,
      durationSeconds: 12.4,
    },
    coveragePercent: Math.round((91.8 - index * 0.13 + (index % 3) * 0.2) * 100) / 100,
    pipelineSeconds: 171 + ((index * 37) % 29),
  }));
  const records = parsed.tests.records.map(([id, outcomes], index): [string, string] => [
    id,
    outcomes.endsWith('r') ? (flakyOutcomes[index % flakyOutcomes.length] ?? outcomes) : outcomes,
  ]);
  const runs = Buffer.alloc(parsed.tests.size, earlierRuns + 1).toString('base64');
  return JSON.stringify({ ...parsed, tests: { ...parsed.tests, runs, records }, runs: [newest, ...earlier] });
}
