import * as z from 'zod';
import type { CoverageReport, CoveredOf } from '../model/coverage.ts';
import type { EarlierCoverage } from '../model/earlier-run.ts';
import { columnOf, readColumn } from './columns.ts';
import { frontCode, readFrontCoded } from './front-coding.ts';

const count = z.int().nonnegative();
const coveredOf = z.object({ covered: count, total: count });

/** More files are compared by their totals only. */
const maxFiles = 30_000;
const maxPathBytes = 2_000_000;

export const coveragePartSchema = z.object({
  unit: z
    .enum(['lines', 'statements', 'mixed'])
    .default('lines')
    .meta({ description: 'What the figures of lines count.' }),
  totals: z.object({ lines: coveredOf, branches: coveredOf.nullable(), functions: coveredOf.nullable() }),
  files: count.meta({ description: 'Number of files measured.' }),
  paths: z.string().meta({
    description:
      'Paths of the files, sorted, one a line, front-coded like the names of tests; empty for very many files.',
  }),
  lines: z.base64().meta({
    description: 'Column, 8 bytes a path: covered lines and instrumented lines, 4 bytes each.',
  }),
});

export type CoveragePart = z.infer<typeof coveragePartSchema>;

/** Coverage as it is kept: totals, and covered lines by file; and how many files are not. */
export function coveragePartOf({ unit, totals, files }: CoverageReport): {
  readonly part: CoveragePart;
  readonly omitted: number;
} {
  const sorted = files.toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const bytes = sorted.reduce((sum, { path }) => sum + Buffer.byteLength(JSON.stringify(path)), 0);
  const kept = sorted.length > maxFiles || bytes > maxPathBytes ? [] : sorted;
  const part = {
    unit,
    totals,
    files: files.length,
    paths: frontCode(kept.map(({ path }) => path)),
    lines: columnOf(kept.length * 2, 4, (position) => {
      const lines = kept[position >> 1]?.totals.lines;
      return (position % 2 === 0 ? lines?.covered : lines?.total) ?? 0;
    }),
  };
  return { part, omitted: files.length - kept.length };
}

/** Reads the part; files whose columns do not fit are as if they had not been kept. */
export function readCoveragePart(part: CoveragePart): EarlierCoverage {
  const paths = readFrontCoded(part.paths) ?? [];
  const lines = readColumn(part.lines, 4, paths.length * 2);
  const files = new Map<string, CoveredOf>(
    lines === null
      ? []
      : paths.map((path, position) => [
          path,
          { covered: lines(position * 2), total: lines(position * 2 + 1) },
        ]),
  );
  return { unit: part.unit, totals: part.totals, files };
}
