import * as z from 'zod';
import type { CoverageReport, CoverageTotals, CoveredOf, FileCoverage } from '../../model/coverage.ts';
import type { Diff } from '../../model/diff.ts';
import type { ByteSpace } from '../byte-space.ts';
import { decodeLineStates, encodeLineStates } from './line-states.ts';

const count = z.int().nonnegative();
const maxPathLength = 1_000;
const maxFiles = 100_000;
/** Of all files together, 32 MB in memory. */
const maxLines = 8_000_000;

const coveredOf = z.object({ covered: count, total: count });

const coverageTotalsSchema = z.object({
  lines: coveredOf,
  branches: coveredOf.nullable(),
  functions: coveredOf.nullable(),
});

export const detailsCoverageSchema = z.object({
  files: z
    .array(
      z.object({
        path: z.string().max(maxPathLength),
        totals: coverageTotalsSchema,
        lines: z.string().nullable().meta({
          description:
            'Lines from the first one, run-length coded: 12n3c1u (n not instrumented, c covered, u uncovered); null where there was no room.',
        }),
      }),
    )
    .max(maxFiles),
  omitted: count.meta({ description: 'Files that there was no room for.' }),
});

type DetailsCoverage = z.infer<typeof detailsCoverageSchema>;
type KeptFile = DetailsCoverage['files'][number];

/** Files that the change touches come first: of the others, lines are hardly ever asked for. */
function inOrder(files: readonly FileCoverage[], diff: Diff | null): readonly FileCoverage[] {
  const changed = new Set(diff?.files.map(({ newPath }) => newPath));
  return files.toSorted((a, b) => Number(changed.has(b.path)) - Number(changed.has(a.path)));
}

/** The lines of the files, as many as there is room for; in the order of the report. */
export function detailsCoverageOf(
  { files }: CoverageReport,
  diff: Diff | null,
  space: ByteSpace,
): DetailsCoverage {
  const kept = new Map<string, KeptFile>();
  for (const { path, hits, totals } of inOrder(files, diff)) {
    if (path.length > maxPathLength || kept.size >= maxFiles) continue;
    const whole = { path, totals, lines: encodeLineStates(hits) };
    const withoutLines = { path, totals, lines: null };
    if (space.take(whole)) kept.set(path, whole);
    else if (space.take(withoutLines)) kept.set(path, withoutLines);
  }
  const inReport = files.flatMap(({ path }) => kept.get(path) ?? []);
  return { files: inReport, omitted: files.length - inReport.length };
}

function atMostTotal({ covered, total }: CoveredOf): CoveredOf {
  return { covered: Math.min(covered, total), total };
}

function plausible({ lines, branches, functions }: CoverageTotals): CoverageTotals {
  return {
    lines: atMostTotal(lines),
    branches: branches === null ? null : atMostTotal(branches),
    functions: functions === null ? null : atMostTotal(functions),
  };
}

/** Reads the part beside its totals; null when its lines are invalid, or more than any project has. */
export function readDetailsCoverage(
  { files }: DetailsCoverage,
  { totals, unit }: Pick<CoverageReport, 'totals' | 'unit'>,
): CoverageReport | null {
  let left = maxLines;
  const read: FileCoverage[] = [];
  for (const file of files) {
    const hits = decodeLineStates(file.lines ?? '', left);
    if (hits === null) return null;
    left -= hits.length;
    read.push({ path: file.path, hits, branches: [], named: null, totals: plausible(file.totals) });
  }
  return { kind: 'coverage', unit, totals: plausible(totals), files: read };
}
