import { readFileSync } from 'node:fs';
import type { CoverageReport, CoverageUnit, CoveredOf, FileCoverage } from '../../src/model/coverage.ts';
import type { ReadReport } from '../../src/model/report.ts';
import { createPathResolver } from '../../src/reports/collect/source-paths.ts';
import { readReport } from '../../src/reports/read.ts';
import { mask } from '../mask.ts';

/** What a fixture's `.expected.json` holds: `covered/total`, and for each file `line:hits` and `line:covered/total`. */
export interface CoverageSummary {
  /** Left out where it is lines. */
  readonly unit?: CoverageUnit;
  readonly lines: string | null;
  readonly branches: string | null;
  readonly functions: string | null;
  readonly files: Readonly<Record<string, { readonly lines: string; readonly branches: string }>>;
}

/** `covered/total`, null for what was not measured. */
export function ratio(part: CoveredOf | null): string | null {
  return part === null ? null : `${part.covered}/${part.total}`;
}

function ofFile({ hits, branches }: FileCoverage): { readonly lines: string; readonly branches: string } {
  const lines = [...hits].flatMap((count, line) => (count < 0 ? [] : [`${line}:${count}`]));
  return {
    lines: lines.join(' '),
    branches: branches.map((part) => `${part.line}:${ratio(part) ?? ''}`).join(' '),
  };
}

/** Writes a report short enough to compare as a whole. */
export function summaryOf({ unit, totals, files }: CoverageReport): CoverageSummary {
  return {
    ...(unit === 'lines' ? {} : { unit }),
    lines: ratio(totals.lines),
    branches: ratio(totals.branches),
    functions: ratio(totals.functions),
    files: Object.fromEntries(files.map((file) => [file.path, ofFile(file)])),
  };
}

/** Reads bytes as a report file, in pieces, with the checkout in /builds/shop/api. */
export function readBytes(path: string, bytes: Uint8Array, pieceBytes = 64 * 1024): Promise<ReadReport> {
  async function* pieces(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += pieceBytes) {
      yield await Promise.resolve(bytes.subarray(at, at + pieceBytes));
    }
  }
  const resolvePath = createPathResolver({ projectDirectory: '/builds/shop/api', knownFiles: null });
  return readReport({ path, sizeBytes: bytes.length, chunks: pieces() }, { resolvePath, mask });
}

/** Reads a file as `readBytes` does. */
export function readFile(path: string, pieceBytes?: number): Promise<ReadReport> {
  return readBytes(path, readFileSync(path), pieceBytes);
}

/** The report, where a test knows that it is one of coverage. */
export function coverageOf({ report, error }: ReadReport): CoverageReport {
  if (report?.kind !== 'coverage') throw new Error(`no coverage report: ${error ?? ''}`);
  return report;
}
