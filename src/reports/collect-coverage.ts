import {
  type CoverageReport,
  type CoverageTotals,
  type CoveredOf,
  type FileCoverage,
  percentOf,
} from '../model/coverage.ts';
import {
  type CoveragePart,
  coverageParts,
  createFileCoverage,
  type FileCoverageBuilder,
  type LineLedger,
  largerCount,
  soundCount,
  sumOfCounts,
} from './file-coverage.ts';
import type { FileCoverageSink } from './format.ts';
import { createLineLedger } from './line-ledger.ts';
import type { PathResolver } from './source-paths.ts';

const limits = { files: 100_000, sourceRoots: 100, path: 1_000, rawPath: 4_000 } as const;

/** The coverage part of a `ReportSink`, for one report file. */
export interface CoverageCollector {
  file(path: string): FileCoverageSink;
  sourceRoot(path: string): void;
  totals(part: CoveragePart, covered: number, total: number): void;
  /** Warns at most once for each kind of trouble. */
  finish(): CoverageReport;
}

type Parts = Readonly<Record<CoveragePart, CoveredOf | null>>;

interface FinishedFile {
  readonly path: string;
  readonly hits: Int32Array;
  readonly branches: FileCoverage['branches'];
  readonly counted: Parts;
  readonly stated: Parts;
}

// Copies the text, so that it does not keep the chunk of the file that it was cut from.
function detached(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}

/** Counts lines that can run, and of them those that did; null when there is none. */
export function countedLines(hits: Int32Array): CoveredOf | null {
  let covered = 0;
  let total = 0;
  for (const count of hits) {
    if (count >= 0) total += 1;
    if (count > 0) covered += 1;
  }
  return total === 0 ? null : { covered, total };
}

function finishedFile(path: string, builder: FileCoverageBuilder): FinishedFile {
  const hits = builder.hits();
  const branches = builder.lineBranches();
  return {
    path,
    hits,
    branches,
    counted: {
      lines: countedLines(hits),
      branches: branches.length === 0 ? null : sumOfCounts(branches),
      functions: builder.countedFunctions(),
    },
    stated: builder.stated,
  };
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

function ofFile(file: FinishedFile, part: CoveragePart): CoveredOf | null {
  return file.counted[part] ?? file.stated[part];
}

function comparisons(
  files: readonly FinishedFile[],
  declared: CoveredOf | null,
  part: CoveragePart,
): readonly Comparison[] {
  const both = files.filter((file) => file.stated[part] !== null && file.counted[part] !== null);
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

function warnOfContradictions(
  files: readonly FinishedFile[],
  declared: Parts,
  warn: (message: string) => void,
): void {
  for (const part of coverageParts) {
    const wrong = comparisons(files, declared[part], part).find(
      ({ stated, counted }) => counted.total > 0 && contradicts(stated, counted),
    );
    if (wrong === undefined) continue;
    const { stated, counted } = wrong;
    warn(
      `the report states ${stated.covered} of ${stated.total} ${part} covered, but lists ` +
        `${counted.covered} of ${counted.total}; what it lists counts`,
    );
  }
}

function partOf(files: readonly FinishedFile[], declared: Parts, part: CoveragePart): CoveredOf | null {
  const stated = files.flatMap((file) => ofFile(file, part) ?? []);
  return stated.length > 0 ? sumOfCounts(stated) : declared[part];
}

const nothing: CoveredOf = { covered: 0, total: 0 };

const unread: FileCoverageSink = {
  line: () => undefined,
  branches: () => undefined,
  branch: () => undefined,
  function: () => undefined,
  totals: () => undefined,
};

// A file that says nothing of a part that others have measured has none of it.
function fileCoverage(file: FinishedFile, totals: CoverageTotals): FileCoverage {
  return {
    path: file.path,
    hits: file.hits,
    branches: file.branches,
    totals: {
      lines: ofFile(file, 'lines') ?? nothing,
      branches: ofFile(file, 'branches') ?? (totals.branches === null ? null : nothing),
      functions: ofFile(file, 'functions') ?? (totals.functions === null ? null : nothing),
    },
  };
}

function byResolvedPath(
  builders: Iterable<FileCoverageBuilder>,
  resolve: (path: string) => string,
): ReadonlyMap<string, FileCoverageBuilder> {
  const byPath = new Map<string, FileCoverageBuilder>();
  for (const builder of builders) {
    const path = resolve(builder.path).slice(0, limits.path);
    const earlier = byPath.get(path);
    if (earlier === undefined) byPath.set(path, builder);
    else earlier.absorb(builder);
  }
  return byPath;
}

interface OpenFiles {
  open(path: string): FileCoverageSink;
  all(): Iterable<FileCoverageBuilder>;
  /** How many files were asked for beyond the limit. */
  surplus(): number;
}

function createOpenFiles(ledger: LineLedger): OpenFiles {
  const builders = new Map<string, FileCoverageBuilder>();
  let surplus = 0;
  return {
    open(written) {
      const path = written.slice(0, limits.rawPath);
      const known = builders.get(path);
      if (known !== undefined) return known;
      if (builders.size >= limits.files) {
        surplus += 1;
        return unread;
      }
      const builder = createFileCoverage(detached(path), ledger);
      builders.set(builder.path, builder);
      ledger.fileOpened();
      return builder;
    },
    all: () => builders.values(),
    surplus: () => surplus,
  };
}

/**
 * Starts the coverage of one report file. Paths are resolved at the end, when all source roots are known, and files that turn
 * out to be the same are united (the higher count wins). Totals are counted from lines, branches and functions; numbers that
 * the report states stand in where it lists none, and are warned of where they contradict.
 */
export function createCoverageCollector(
  resolvePath: PathResolver,
  warn: (message: string) => void,
): CoverageCollector {
  const ledger = createLineLedger();
  const opened = createOpenFiles(ledger);
  const roots: string[] = [];
  const declared: Record<CoveragePart, CoveredOf | null> = { lines: null, branches: null, functions: null };

  return {
    file: (path) => opened.open(path),
    sourceRoot(path) {
      if (roots.length < limits.sourceRoots && path !== '' && !roots.includes(path)) {
        roots.push(detached(path.slice(0, limits.rawPath)));
      }
    },
    totals(part, covered, total) {
      const count = soundCount(covered, total);
      if (count !== null) declared[part] = largerCount(declared[part], count);
    },
    finish() {
      const resolved = byResolvedPath(opened.all(), (path) => resolvePath(path, roots));
      const files = [...resolved].map(([path, builder]) => finishedFile(path, builder));
      const totals: CoverageTotals = {
        lines: partOf(files, declared, 'lines') ?? nothing,
        branches: partOf(files, declared, 'branches'),
        functions: partOf(files, declared, 'functions'),
      };
      ledger.warnAll(warn);
      if (opened.surplus() > 0)
        warn(`only the first ${limits.files} files are read; the others are left out`);
      warnOfContradictions(files, declared, warn);
      return { kind: 'coverage', totals, files: files.map((file) => fileCoverage(file, totals)) };
    },
  };
}
