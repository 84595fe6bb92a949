import * as z from 'zod';
import type { UnusableReport } from '../model/comparison.ts';
import type { EarlierRun } from '../model/earlier-run.ts';
import { isWithinBounds } from '../model/json-bounds.ts';
import type { Summary } from '../model/summary.ts';
import { version as heraldVersion } from '../version.ts';
import { coveragePartOf, coveragePartSchema, readCoveragePart } from './coverage-part.ts';
import { durationsPartOf, durationsPartSchema, readDurationsPart } from './durations-part.ts';
import { findingsPartOf, findingsPartSchema, readFindingsPart } from './findings-part.ts';
import { metricsPartOf, metricsPartSchema } from './metrics-part.ts';
import { historyRunSchema, runOf, runsWith } from './run-history.ts';
import { windowRuns } from './test-records.ts';
import { readTestsPart, testsPartOf, testsPartSchema } from './tests-part.ts';

/** Grows by one when a reader of the older one would misread the newer one. */
const heraldReportVersion = 2;

const count = z.int().nonnegative();
const maxWarnings = 200;

/**
 * What every run writes into `herald-report.json`: what it found, small enough to be fetched as the baseline of later
 * runs. Unknown fields are kept out, so that an older Herald reads what a newer one wrote as long as `schema` is the
 * same.
 */
export const keptReportSchema = z.object({
  schema: z.literal(heraldReportVersion).meta({ description: 'Version of this schema.' }),
  herald: z.string().meta({ description: 'Version of the Herald that wrote it.' }),
  createdAt: z.iso.datetime().meta({ description: 'When it was written, UTC.' }),
  project: z.object({ id: count, path: z.string() }),
  pipeline: z.object({ id: count, url: z.string(), type: z.string() }),
  job: z.object({ id: count, name: z.string() }).meta({ description: 'The Herald job that wrote it.' }),
  commit: z.object({ sha: z.string(), ref: z.string() }),
  mergeRequest: z.object({ project: z.union([count, z.string()]), iid: count }).nullable(),
  tests: testsPartSchema.nullable(),
  coverage: coveragePartSchema.nullable(),
  findings: findingsPartSchema.nullable(),
  metrics: metricsPartSchema.nullable(),
  durations: durationsPartSchema.nullable(),
  runs: z
    .array(historyRunSchema)
    .max(windowRuns)
    .meta({ description: 'Runs of the branch, newest first, this one included; empty in merge requests.' }),
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

export type KeptReport = z.infer<typeof keptReportSchema>;

function some<A, B>(value: A | null, part: (value: A) => B): B | null {
  return value === null ? null : part(value);
}

/**
 * The report of a run as it is written to `herald-report.json`. `previous` is the earlier run of the same branch whose
 * history goes on in this one; null in merge requests, whose runs are not history, and in the first run of a branch.
 */
export function heraldReportOf(summary: Summary, createdAt: Date, previous: EarlierRun | null): KeptReport {
  const { context, mergeRequest, gates } = summary;
  return {
    schema: heraldReportVersion,
    herald: heraldVersion,
    createdAt: createdAt.toISOString(),
    project: { id: context.project.id, path: context.project.path },
    pipeline: { id: context.pipeline.id, url: context.pipeline.url, type: context.pipeline.type },
    job: { id: context.job.id, name: context.job.name },
    commit: {
      sha: context.commit.sha,
      ref: context.commit.branch ?? context.commit.tag ?? mergeRequest?.sourceBranch ?? '',
    },
    mergeRequest: mergeRequest === null ? null : { project: mergeRequest.project, iid: mergeRequest.iid },
    tests: some(summary.tests, (tests) => testsPartOf(tests, previous?.tests ?? null)),
    coverage: some(summary.coverage, coveragePartOf),
    findings: some(summary.findings, findingsPartOf),
    metrics: some(summary.metrics, (metrics) => metricsPartOf(metrics, previous?.metrics ?? null)),
    durations: some(summary.pipeline, (pipeline) => durationsPartOf(pipeline, previous?.durations ?? null)),
    runs: mergeRequest === null ? runsWith(runOf(summary, createdAt), previous?.runs ?? []) : [],
    gates: gates.map(({ condition, grade, outcome, message }) => ({ condition, grade, outcome, message })),
    warnings: summary.warnings.slice(0, maxWarnings),
  };
}

/**
 * Reads a `herald-report.json`; the text is untrusted. Gives the reason in words when it cannot serve as a baseline.
 */
export function parseHeraldReport(json: string): EarlierRun | Unusable {
  const report = parseReportJson(json, keptReportSchema);
  return 'unusable' in report ? report : earlierRunOf(report);
}

/** Why a report cannot be used, in words. */
export interface Unusable {
  readonly unusable: UnusableReport;
}

/** Several times what the largest report that is written has. */
const bounds = { maxDepth: 12, maxContainers: 500_000, maxValues: 10_000_000 } as const;

/**
 * A text as a report of this version, by the schema that is given. It is a stranger's: it is measured before it is
 * parsed.
 */
export function parseReportJson<Report>(json: string, schema: z.ZodType<Report>): Report | Unusable {
  if (!isWithinBounds(json, bounds)) return { unusable: { kind: 'too-complex' } };
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return { unusable: { kind: 'not-json' } };
  }
  const version = z.object({ schema: z.unknown() }).safeParse(value).data?.schema;
  if (version !== heraldReportVersion)
    return {
      unusable: {
        kind: 'schema',
        found: typeof version === 'number' ? version : null,
        known: heraldReportVersion,
      },
    };
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  return { unusable: { kind: 'shape', path: parsed.error.issues[0]?.path.join('.') ?? '' } };
}

function earlierRunOf(report: KeptReport): EarlierRun | Unusable {
  const tests = some(report.tests, readTestsPart);
  if (report.tests !== null && tests === null) return { unusable: { kind: 'columns' } };
  return {
    sha: report.commit.sha,
    ref: report.commit.ref,
    pipelineId: report.pipeline.id,
    source: 'herald',
    tests,
    coverage: some(report.coverage, readCoveragePart),
    findings: some(report.findings, readFindingsPart),
    metrics: report.metrics,
    durations: some(report.durations, readDurationsPart),
    runs: report.runs,
  };
}
