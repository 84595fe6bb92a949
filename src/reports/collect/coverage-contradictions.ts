import { type CoverageUnit, type CoveredOf, percentOf, sumOfCounts } from '../../model/coverage.ts';
import { type CoveragePart, coverageParts } from './file-coverage.ts';

export type Parts = Readonly<Record<CoveragePart, CoveredOf | null>>;

/**
 * A file's numbers: those of what it lists, those that the report states, and those of the list that were not taken.
 */
export interface CountedFile {
  readonly counted: Parts;
  readonly stated: Parts;
  readonly isStatedInParts: boolean;
  readonly overruled: CoveredOf | null;
}

/** The numbers that count for a file. */
export function ofFile(file: Pick<CountedFile, 'counted' | 'stated'>, part: CoveragePart): CoveredOf | null {
  return file.counted[part] ?? file.stated[part];
}

/** True for the same two numbers. */
export function isSame(first: CoveredOf | null, second: CoveredOf | null): boolean {
  return first?.covered === second?.covered && first?.total === second?.total;
}

/** Small differences come from what tools call a line; only those that change the picture are worth a warning. */
function contradicts(stated: CoveredOf, counted: CoveredOf): boolean {
  const difference = Math.abs((percentOf(stated) ?? 0) - (percentOf(counted) ?? 0));
  return (
    difference > 1 || Math.abs(stated.total - counted.total) > 0.05 * Math.max(stated.total, counted.total)
  );
}

interface Comparison {
  readonly stated: CoveredOf;
  readonly counted: CoveredOf;
}

function comparisons(
  files: readonly CountedFile[],
  declared: CoveredOf | null,
  part: CoveragePart,
): readonly Comparison[] {
  const both = files.filter(
    (file) => !file.isStatedInParts && file.stated[part] !== null && file.counted[part] !== null,
  );
  const ofFiles = {
    stated: sumOfCounts(both.flatMap((file) => file.stated[part] ?? [])),
    counted: sumOfCounts(both.flatMap((file) => file.counted[part] ?? [])),
  };
  if (declared === null) return [ofFiles];
  return [
    { stated: declared, counted: sumOfCounts(files.flatMap((file) => ofFile(file, part) ?? [])) },
    ofFiles,
  ];
}

function sentence({ stated, counted }: Comparison, word: string): string {
  return (
    `the report states ${stated.covered} of ${stated.total} ${word} covered, but lists ` +
    `${counted.covered} of ${counted.total}`
  );
}

export interface CountedReport {
  readonly files: readonly CountedFile[];
  readonly declared: Parts;
  readonly unit: CoverageUnit;
}

/** Warns, once for each part, where what a report states is not what it lists. */
export function warnOfContradictions(
  { files, declared, unit }: CountedReport,
  warn: (message: string) => void,
): void {
  for (const part of coverageParts) {
    const wrong = comparisons(files, declared[part], part).find(
      ({ stated, counted }) => counted.total > 0 && contradicts(stated, counted),
    );
    const word = part === 'lines' && unit === 'statements' ? 'statements' : part;
    if (wrong !== undefined) warn(`${sentence(wrong, word)}; Herald uses what it lists`);
  }
  const overruled = files.filter((file) => file.overruled !== null);
  const comparison = {
    stated: sumOfCounts(overruled.flatMap((file) => ofFile(file, 'lines') ?? [])),
    counted: sumOfCounts(overruled.flatMap((file) => file.overruled ?? [])),
  };
  if (contradicts(comparison.stated, comparison.counted))
    warn(`${sentence(comparison, 'lines')}; what it states counts, which is less`);
}
