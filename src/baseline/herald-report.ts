import * as z from 'zod';
import type { UnusableReport } from '../model/comparison.ts';
import type { EarlierRun } from '../model/earlier-run.ts';
import { isWithinBounds } from '../model/json-bounds.ts';
import { maxDetailsBytes, maxReportBytes } from '../model/report-bounds.ts';
import type { Summary } from '../model/summary.ts';
import { version as heraldVersion } from '../version.ts';
import { coveragePartOf, coveragePartSchema, readCoveragePart } from './coverage-part.ts';
import { durationsPartOf, durationsPartSchema, readDurationsPart } from './durations-part.ts';
import { findingsPartOf, findingsPartSchema, readFindingsPart } from './findings-part.ts';
import { metricsPartOf, metricsPartSchema } from './metrics-part.ts';
import { bytesOfOmitted, nothingOmitted, omittedSchema } from './omitted-part.ts';
import { historyRunSchema, runOf, runsWith } from './run-history.ts';
import {
  gatesPartOf,
  gatesSchema,
  signsPartOf,
  signsSchema,
  verdictSchema,
  warningsPartOf,
  warningsSchema,
} from './run-part.ts';
import { windowRuns } from './test-records.ts';
import { readTestsPart, testsPartOf, testsPartSchema } from './tests-part.ts';

/** Grows by one when a reader of the older one would misread the newer one. */
const heraldReportVersion = 2;

const count = z.int().nonnegative();

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
  verdict: verdictSchema.optional(),
  tests: testsPartSchema.nullable(),
  coverage: coveragePartSchema.nullable(),
  findings: findingsPartSchema.nullable(),
  metrics: metricsPartSchema.nullable(),
  durations: durationsPartSchema.nullable(),
  runs: z
    .array(historyRunSchema)
    .max(windowRuns)
    .meta({ description: 'Runs of the branch, newest first, this one included; empty in merge requests.' }),
  gates: gatesSchema,
  unexplained: signsSchema.default([]),
  warnings: warningsSchema,
  omitted: omittedSchema.prefault({}),
});

export type KeptReport = z.infer<typeof keptReportSchema>;
type ReportHead = Pick<
  KeptReport,
  'commit' | 'createdAt' | 'herald' | 'job' | 'mergeRequest' | 'pipeline' | 'project' | 'schema'
>;

function some<A, B>(value: A | null, part: (value: A) => B): B | null {
  return value === null ? null : part(value);
}

/**
 * The report of a run as it is written to `herald-report.json`, at most `maxReportBytes` with details. `previous` is
 * the earlier run of the same branch whose history goes on in this one; null in merge requests, whose runs are not
 * history, and in the first run of a branch.
 */
export function heraldReportOf(summary: Summary, createdAt: Date, previous: EarlierRun | null): KeptReport {
  const { kept: measured, omitted: ofMeasured } = measuredParts(summary, previous);
  const { kept: judged, omitted: ofJudged } = judgedParts(summary);
  const runs = summary.mergeRequest === null ? runsWith(runOf(summary, createdAt), previous?.runs ?? []) : [];
  const beside = { ...measured, runs, ...judged };
  const head = headOf(summary, createdAt);
  const room = maxReportBytes - maxDetailsBytes - bytesOfOmitted - bytesOf({ ...head, ...beside });
  const tests = some(summary.tests, (all) => testsPartOf(all, previous?.tests ?? null, room));
  return {
    ...head,
    tests: tests?.part ?? null,
    ...beside,
    omitted: { ...nothingOmitted, ...tests?.omitted, ...ofMeasured, ...ofJudged },
  };
}

type Measured = Pick<KeptReport, 'coverage' | 'durations' | 'findings' | 'metrics'>;

/** What was measured besides tests, and how much of it has no room. */
function measuredParts(
  summary: Summary,
  previous: EarlierRun | null,
): { readonly kept: Measured; readonly omitted: Partial<KeptReport['omitted']> } {
  const none = { part: null, omitted: 0 };
  const coverage = some(summary.coverage, coveragePartOf) ?? none;
  const findings = some(summary.findings, findingsPartOf) ?? { part: null, omitted: {} };
  const metrics = some(summary.metrics, (all) => metricsPartOf(all, previous?.metrics ?? null)) ?? none;
  const durations =
    some(summary.pipeline, (all) => durationsPartOf(all, previous?.durations ?? null)) ?? none;
  return {
    kept: {
      coverage: coverage.part,
      findings: findings.part,
      metrics: metrics.part,
      durations: durations.part,
    },
    omitted: {
      ...findings.omitted,
      coveredFiles: coverage.omitted,
      metrics: metrics.omitted,
      jobs: durations.omitted,
    },
  };
}

/** What the run was judged by, and how much of it has no room. */
function judgedParts(all: Summary) {
  const gates = gatesPartOf(all.gates);
  const unexplained = signsPartOf(all.unexplained);
  const warnings = warningsPartOf(all.warnings);
  return {
    kept: { gates, unexplained, warnings },
    omitted: {
      gates: all.gates.length - gates.length,
      unexplained: all.unexplained.length - unexplained.length,
      warnings: all.warnings.length - warnings.length,
    },
  };
}

function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}

/** What the report is about. */
function headOf({ context, mergeRequest }: Summary, createdAt: Date): ReportHead {
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
