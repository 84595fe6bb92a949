import * as z from 'zod';
import type { EarlierRun, EarlierTests } from '../model/earlier-run.ts';
import type { Summary } from '../model/summary.ts';
import { indexFromBytes, indexToBytes } from '../model/test-index.ts';
import { isFailing, type TestIndex } from '../model/tests.ts';
import { version } from '../version.ts';

/** Grows by one when a reader of the older one would misread the newer one. */
const heraldReportVersion = 1;

const count = z.int().nonnegative();
const coveredOf = z.object({ covered: count, total: count });
const coverageTotals = z.object({
  lines: coveredOf,
  branches: coveredOf.nullable(),
  functions: coveredOf.nullable(),
});

/**
 * `herald-report.json`: what a run found, small enough to be fetched as the baseline of later runs. Unknown fields are kept out,
 * so that an older Herald reads what a newer one wrote as long as `schema` is the same.
 */
export const heraldReportSchema = z.object({
  schema: z.literal(heraldReportVersion).meta({ description: 'Version of this schema.' }),
  herald: z.string().meta({ description: 'Version of the Herald that wrote it.' }),
  createdAt: z.iso.datetime().meta({ description: 'When it was written, UTC.' }),
  project: z.object({ id: count, path: z.string() }),
  pipeline: z.object({ id: count, url: z.string(), type: z.string() }),
  commit: z.object({ sha: z.string(), ref: z.string() }),
  mergeRequest: z.object({ project: z.union([count, z.string()]), iid: count }).nullable(),
  tests: z
    .object({
      totals: z.object({
        total: count,
        passed: count,
        failed: count,
        errored: count,
        skipped: count,
        flaky: count,
        durationSeconds: z.number().nonnegative(),
      }),
      index: z.base64().meta({
        description:
          'Every test: records of 9 bytes, the 8 bytes of its id (big endian) and its outcome (1 passed, 2 failed, 3 errored, 4 skipped), base64.',
      }),
      failing: z
        .array(
          z.object({
            id: z.string(),
            suite: z.string(),
            className: z.string(),
            name: z.string(),
            outcome: z.string(),
          }),
        )
        .meta({ description: 'The failing tests by name, at most 1,000.' }),
    })
    .nullable(),
  coverage: z.object({ totals: coverageTotals, files: count }).nullable(),
  findings: z.object({ total: count, bySeverity: z.record(z.string(), count) }).nullable(),
  gates: z.array(
    z.object({
      condition: z.string(),
      grade: z.enum(['fail', 'warn']),
      outcome: z.enum(['passed', 'failed', 'unknown']),
      message: z.string(),
    }),
  ),
  warnings: z.array(z.object({ path: z.string().nullable(), message: z.string() })),
});

export type HeraldReport = z.infer<typeof heraldReportSchema>;

const maxFailing = 1_000;

function testsPart(summary: Summary): HeraldReport['tests'] {
  if (summary.tests === null) return null;
  const failing = summary.tests.cases.filter((test) => isFailing(test.outcome)).slice(0, maxFailing);
  return {
    totals: summary.tests.totals,
    index: Buffer.from(indexToBytes(summary.tests.index)).toString('base64'),
    failing: failing.map(({ id, suite, className, name, outcome }) => ({
      id,
      suite,
      className,
      name,
      outcome,
    })),
  };
}

/**
 * The report of a run as it is written to `herald-report.json`. `previous` is the earlier run of the same branch whose history goes
 * on in this one; null in merge requests, whose runs are no history.
 */
export function heraldReportOf(
  summary: Summary,
  createdAt: Date,
  _previous: EarlierRun | null,
): HeraldReport {
  const { context, mergeRequest, coverage, findings } = summary;
  return {
    schema: heraldReportVersion,
    herald: version,
    createdAt: createdAt.toISOString(),
    project: { id: context.project.id, path: context.project.path },
    pipeline: { id: context.pipeline.id, url: context.pipeline.url, type: context.pipeline.type },
    commit: {
      sha: context.commit.sha,
      ref: context.commit.branch ?? context.commit.tag ?? mergeRequest?.sourceBranch ?? '',
    },
    mergeRequest: mergeRequest === null ? null : { project: mergeRequest.project, iid: mergeRequest.iid },
    tests: testsPart(summary),
    coverage: coverage === null ? null : { totals: coverage.totals, files: coverage.files.length },
    findings: findings === null ? null : { total: findings.total, bySeverity: findings.bySeverity },
    gates: summary.gates.map(({ condition, grade, outcome, message }) => ({
      condition,
      grade,
      outcome,
      message,
    })),
    warnings: [...summary.warnings],
  };
}

function earlierTests(tests: NonNullable<HeraldReport['tests']>): EarlierTests {
  const index: TestIndex = indexFromBytes(Buffer.from(tests.index, 'base64'));
  return { totals: tests.totals, index, names: new Map(), recordOf: () => null, timingOf: () => null };
}

/** Reads a `herald-report.json`; the text is untrusted. Gives the reason in words when it cannot serve as a baseline. */
export function parseHeraldReport(json: string): EarlierRun | { readonly unusable: string } {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return { unusable: 'it is no valid JSON' };
  }
  const schema = z.object({ schema: z.unknown() }).safeParse(value).data?.schema;
  if (schema !== heraldReportVersion)
    return { unusable: `its schema is ${String(schema)}, this Herald reads ${heraldReportVersion}` };
  const parsed = heraldReportSchema.safeParse(value);
  if (!parsed.success)
    return { unusable: `it does not fit the schema: ${parsed.error.issues[0]?.path.join('.') ?? ''}` };
  const { commit, pipeline, tests, coverage, createdAt } = parsed.data;
  return {
    sha: commit.sha,
    ref: commit.ref,
    pipelineId: pipeline.id,
    pipelineUrl: pipeline.url,
    jobId: null,
    createdAt,
    source: 'herald',
    tests: tests === null ? null : earlierTests(tests),
    coverage: coverage === null ? null : { totals: coverage.totals, files: new Map() },
    findings: null,
    metrics: null,
    durations: null,
    runs: [],
  };
}
