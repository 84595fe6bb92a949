import * as z from 'zod';
import { noEvidence, type UnexplainedSign } from '../../model/evidence.ts';
import { maxDetailsBytes } from '../../model/report-bounds.ts';
import type { Summary } from '../../model/summary.ts';
import { type ByteSpace, createByteSpace, cutText, fitting } from '../byte-space.ts';
import { detailsCoverageOf, detailsCoverageSchema } from './details-coverage.ts';
import { detailsFindingsOf, detailsFindingsSchema } from './details-findings.ts';
import { detailsMetricsOf, detailsMetricsSchema } from './details-metrics.ts';
import { detailsTestsOf, detailsTestsSchema } from './details-tests.ts';

/** What coverage and findings may take before tests that passed get any: a part of it each. */
const shares = {
  files: 200_000,
  findings: 1_500_000,
  coverage: 1_300_000,
  metrics: 500_000,
  gaps: 200_000,
  /** Names of the fields, and the gap that counts those without room. */
  rest: 5_000,
} as const;

const count = z.int().nonnegative();
const maxFiles = 2_000;
const limits = { path: 1_000, text: 1_000, format: 100, warnings: 50 } as const;

const fileSchema = z.object({
  path: z.string().max(limits.path),
  sizeBytes: count,
  format: z.string().max(limits.format),
  error: z.string().max(limits.text).nullable(),
  isForeign: z.boolean().default(false),
  warnings: z.array(z.string().max(limits.text)).max(limits.warnings),
  evidence: z
    .object({
      failedRuns: count,
      failingTests: count,
      declaredFailures: count.nullable(),
      crossedThresholds: count,
      verdicts: z.array(z.string().max(limits.text)).max(limits.warnings),
      incomplete: z.array(z.string().max(limits.text)).max(limits.warnings),
    })
    .default({ ...noEvidence, verdicts: [], incomplete: [] })
    .meta({ description: 'Signs of failure that the file gave.' }),
});

/** Of reports that are missing or were refused; further ones are counted. */
const maxGaps = 200;
const maxGapCount = 1_000_000;

const gapSchema = z.object({
  kind: z.enum(['missing', 'unreadable']),
  path: z.string().max(limits.path).nullable(),
  count: z.int().positive().max(maxGapCount),
  reason: z.string().max(limits.text),
});

export const detailsPartSchema = z
  .object({
    tests: detailsTestsSchema.nullable(),
    coverage: detailsCoverageSchema.nullable(),
    findings: detailsFindingsSchema.nullable(),
    metrics: detailsMetricsSchema.nullable(),
    files: z.object({
      files: z.array(fileSchema).max(maxFiles),
      omitted: count.meta({ description: 'Files that there was no room for.' }),
    }),
    gaps: z
      .array(gapSchema)
      .max(maxGaps)
      .default([])
      .meta({ description: 'Reports that are missing or were refused.' }),
  })
  .meta({
    description:
      'What another pipeline needs to publish the report: written only by a run that has no bot token; at most 5 MB.',
  });

export type DetailsPart = z.infer<typeof detailsPartSchema>;

function keptTexts(texts: readonly string[]): string[] {
  return texts.slice(0, limits.warnings).map((text) => cutText(text, limits.text));
}

function keptFile(file: Summary['files'][number]): z.infer<typeof fileSchema> {
  return {
    path: cutText(file.path, limits.path),
    sizeBytes: file.sizeBytes,
    format: cutText(file.format, limits.format),
    error: file.error === null ? null : cutText(file.error, limits.text),
    isForeign: file.isForeign,
    warnings: keptTexts(file.warnings),
    evidence: {
      ...file.evidence,
      verdicts: keptTexts(file.evidence.verdicts),
      incomplete: keptTexts(file.evidence.incomplete),
    },
  };
}

function filesOf(files: Summary['files']): DetailsPart['files'] {
  const space = createByteSpace(shares.files);
  const kept = files
    .slice(0, maxFiles)
    .map(keptFile)
    .filter((file) => space.take(file));
  return { files: kept, omitted: files.length - kept.length };
}

type Gap = z.infer<typeof gapSchema>;

function keptGap(sign: UnexplainedSign): readonly Gap[] {
  const { kind, path, reason } = sign;
  if (kind !== 'missing' && kind !== 'unreadable') return [];
  const place = path === null ? null : cutText(path, limits.path);
  return [
    { kind, path: place, count: Math.min(sign.count, maxGapCount), reason: cutText(reason, limits.text) },
  ];
}

/** Signs of reports that are not among the files: all others are found again in what the files left. */
function gapsOf(
  { unexplained, files }: Pick<Summary, 'files' | 'unexplained'>,
  space: ByteSpace,
): readonly Gap[] {
  const broken = new Set(files.flatMap(({ path, error }) => (error === null ? [] : [path])));
  const gaps = unexplained
    .filter(({ kind, path }) => kind === 'missing' || path === null || !broken.has(path))
    .flatMap(keptGap);
  const kept = fitting(gaps, space, gaps.length > maxGaps ? maxGaps - 1 : maxGaps);
  if (kept.length === gaps.length) return gaps;
  const room = new Set(kept);
  const omitted = gaps.reduce((sum, gap) => (room.has(gap) ? sum : sum + gap.count), 0);
  const reason = 'further reports are missing or were refused';
  return [...kept, { kind: 'unreadable', path: null, count: Math.min(omitted, maxGapCount), reason }];
}

/** Everything that a run found, as far as there is room: the content to publish, for a run that can publish it. */
export function detailsPartOf({
  tests,
  coverage,
  findings,
  metrics,
  files,
  diff,
  unexplained,
}: Pick<
  Summary,
  'coverage' | 'diff' | 'files' | 'findings' | 'metrics' | 'tests' | 'unexplained'
>): DetailsPart {
  const { findings: forFindings, coverage: forCoverage, metrics: forMetrics } = shares;
  const forTests = maxDetailsBytes - Object.values(shares).reduce((sum, share) => sum + share, 0);
  const space = createByteSpace;
  return {
    tests: tests === null ? null : detailsTestsOf(tests, space(forTests)),
    coverage: coverage === null ? null : detailsCoverageOf(coverage, diff, space(forCoverage)),
    findings: findings === null ? null : detailsFindingsOf(findings, space(forFindings)),
    metrics: metrics === null ? null : detailsMetricsOf(metrics, space(forMetrics)),
    files: filesOf(files),
    gaps: [...gapsOf({ unexplained, files }, space(shares.gaps))],
  };
}
