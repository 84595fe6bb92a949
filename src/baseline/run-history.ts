import * as z from 'zod';
import { measureDurations } from '../compare/measure-durations.ts';
import { percentOf } from '../model/coverage.ts';
import type { HistoryRun } from '../model/history.ts';
import type { Summary } from '../model/summary.ts';
import { windowRuns } from './test-records.ts';

const count = z.int().nonnegative();

export const historyRunSchema = z.object({
  pipelineId: count,
  jobId: count.meta({ description: 'The Herald job, whose artifacts hold the report of that run.' }),
  sha: z.string().max(64),
  createdAt: z.string().max(40),
  tests: z
    .object({
      total: count,
      failed: count,
      skipped: count,
      flaky: count,
      durationSeconds: z.number().nonnegative(),
    })
    .nullable(),
  coveragePercent: z.number().nullable(),
  findings: count.nullable(),
  pipelineSeconds: z.number().nullable(),
});

function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(value * 100) / 100;
}

/** This run as one point of the trends. */
export function runOf(
  { context, tests, coverage, findings, pipeline }: Summary,
  createdAt: Date,
): HistoryRun {
  const totals = tests?.totals ?? null;
  return {
    pipelineId: context.pipeline.id,
    jobId: context.job.id,
    sha: context.commit.sha,
    createdAt: createdAt.toISOString(),
    tests:
      totals === null
        ? null
        : {
            total: totals.total,
            failed: totals.failed + totals.errored,
            skipped: totals.skipped,
            flaky: totals.flaky,
            durationSeconds: rounded(totals.durationSeconds) ?? 0,
          },
    coveragePercent: rounded(coverage === null ? null : percentOf(coverage.totals.lines)),
    findings: findings?.total ?? null,
    pipelineSeconds: rounded(pipeline === null ? null : measureDurations(pipeline).pipelineSeconds),
  };
}

/** The runs with one more, newest first; a job that is run again takes the place of its pipeline's first run. */
export function runsWith(run: HistoryRun, before: readonly HistoryRun[]): HistoryRun[] {
  return [run, ...before.filter(({ pipelineId }) => pipelineId !== run.pipelineId)].slice(0, windowRuns);
}
