import {
  type CoverageReport,
  type CoverageTotals,
  type CoverageUnit,
  type CoveredOf,
  countedLines,
  type FileCoverage,
  type NamedParts,
  percentOf,
  sumOfCounts,
} from '../../model/coverage.ts';
import type { FileCoverageSink, StatedPart } from '../format.ts';
import {
  type CountedFile,
  isSame,
  ofFile,
  type Parts,
  warnOfContradictions,
} from './coverage-contradictions.ts';
import {
  type CoveragePart,
  createFileCoverage,
  type FileCoverageBuilder,
  type LineLedger,
  largerCount,
  soundCount,
} from './file-coverage.ts';
import { createLineLedger } from './line-ledger.ts';
import { countedStatements, unitOfFiles } from './named-parts.ts';
import type { PathResolver } from './source-paths.ts';

const limits = { files: 100_000, sourceRoots: 100, path: 1_000, rawPath: 4_000 } as const;

/** The coverage part of a `ReportSink`, for one report file. */
export interface CoverageCollector {
  file(path: string, module?: string): FileCoverageSink;
  sourceRoot(path: string): void;
  totals(part: StatedPart, covered: number, total: number): void;
  /**
   * Warns at most once for each kind of trouble. Names of branches and statements are compared among reports of one
   * format.
   */
  finish(format?: string): CoverageReport;
}

interface FinishedFile extends CountedFile {
  readonly path: string;
  readonly hits: Int32Array;
  readonly branches: FileCoverage['branches'];
  readonly named: NamedParts | null;
  /** Lines as often as they are listed. */
  readonly listed: CoveredOf | null;
}

// Copies the text, so that it does not keep the chunk of the file that it was cut from.
function detached(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}

/**
 * What counts as a file's lines: the different ones that it lists, unless the tool states another number itself. Where
 * it counts lines that are listed several times (templates, partial classes) as often as they are listed, so does the
 * figure. Where it states as many lines or more and a lower share of them, that is the figure too: in doubt it is not
 * the better one.
 */
function linesOf(unique: CoveredOf | null, listed: CoveredOf, stated: CoveredOf | null): CoveredOf | null {
  if (unique === null || stated === null) return unique;
  if (isSame(stated, listed)) return stated;
  const worse = (percentOf(stated) ?? 0) <= (percentOf(unique) ?? 0);
  return stated.total >= unique.total && worse ? stated : unique;
}

function finishedFile(path: string, builder: FileCoverageBuilder, naming: string): FinishedFile {
  const hits = builder.hits();
  const branches = builder.lineBranches();
  const names = builder.named();
  const statements = countedStatements(names.statements);
  const unique = countedLines(hits);
  const stated = builder.isStatedInParts ? null : builder.stated.lines;
  const worked = statements ?? builder.figure;
  const lines = worked ?? linesOf(unique, builder.listed, stated);
  const isOverruled = worked === null && lines !== unique && !isSame(lines, builder.listed);
  return {
    path,
    hits,
    branches,
    named: names.branches.length + names.statements.length === 0 ? null : { naming, ...names },
    listed: worked ?? (builder.listed.total === 0 ? null : builder.listed),
    counted: {
      lines,
      branches: branches.length === 0 ? null : sumOfCounts(branches),
      functions: builder.countedFunctions(),
    },
    stated: builder.stated,
    isStatedInParts: builder.isStatedInParts,
    overruled: isOverruled ? unique : null,
  };
}

/** Where the report's own totals count every line as often as it is listed, so do its files. */
function inUnitOfTool(files: readonly FinishedFile[], declared: CoveredOf | null): readonly FinishedFile[] {
  const sumOf = (some: readonly FinishedFile[]): CoveredOf =>
    sumOfCounts(some.flatMap((file) => ofFile(file, 'lines') ?? []));
  if (declared === null || isSame(declared, sumOf(files))) return files;
  const asListed = files.map((file) => ({ ...file, counted: { ...file.counted, lines: file.listed } }));
  return isSame(declared, sumOf(asListed)) ? asListed : files;
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
  statements: () => undefined,
  function: () => undefined,
  lineFigure: () => undefined,
  totals: () => undefined,
};

// A file that says nothing of a part that others have measured has none of it.
function fileCoverage(file: FinishedFile, totals: CoverageTotals): FileCoverage {
  return {
    path: file.path,
    hits: file.hits,
    branches: file.branches,
    named: file.named,
    totals: {
      lines: ofFile(file, 'lines') ?? nothing,
      branches: ofFile(file, 'branches') ?? (totals.branches === null ? null : nothing),
      functions: ofFile(file, 'functions') ?? (totals.functions === null ? null : nothing),
    },
  };
}

function byResolvedPath(
  opened: Iterable<OpenFile>,
  resolve: (path: string, module: string) => string,
): ReadonlyMap<string, FileCoverageBuilder> {
  const byPath = new Map<string, FileCoverageBuilder>();
  for (const { builder, module } of opened) {
    const path = resolve(builder.path, module).slice(0, limits.path);
    const earlier = byPath.get(path);
    if (earlier === undefined) byPath.set(path, builder);
    else earlier.absorb(builder);
  }
  return byPath;
}

interface OpenFile {
  readonly builder: FileCoverageBuilder;
  /** Empty where the report has none. */
  readonly module: string;
}

interface OpenFiles {
  open(path: string, module: string): FileCoverageSink;
  all(): Iterable<OpenFile>;
  /** How many files were asked for beyond the limit. */
  surplus(): number;
}

function createOpenFiles(ledger: LineLedger): OpenFiles {
  const files = new Map<string, OpenFile>();
  let surplus = 0;
  return {
    open(written, inModule) {
      const path = written.slice(0, limits.rawPath);
      const key = inModule === '' ? path : `${inModule}\n${path}`;
      const known = files.get(key);
      if (known !== undefined) return known.builder;
      if (files.size >= limits.files) {
        surplus += 1;
        return unread;
      }
      const builder = createFileCoverage(detached(path), ledger);
      const module = detached(inModule.slice(0, limits.path));
      files.set(inModule === '' ? builder.path : detached(key), { builder, module });
      ledger.fileOpened();
      return builder;
    },
    all: () => files.values(),
    surplus: () => surplus,
  };
}

function unitOf(files: readonly FinishedFile[], statedStatements: boolean): CoverageUnit {
  if (files.length === 0) return statedStatements ? 'statements' : 'lines';
  return unitOfFiles(files.map((file) => ({ named: file.named, lines: ofFile(file, 'lines') ?? nothing })));
}

/**
 * Starts the coverage of one report file. Paths are resolved at the end, when all source roots are known, and files
 * that turn out to be the same are united (the higher count wins). Totals are counted from lines, branches and
 * functions; numbers that the report states are used where it lists none, and are warned of where they contradict.
 */
export function createCoverageCollector(
  resolvePath: PathResolver,
  warn: (message: string) => void,
): CoverageCollector {
  const ledger = createLineLedger();
  const opened = createOpenFiles(ledger);
  const roots: string[] = [];
  const declared: Record<CoveragePart, CoveredOf | null> = { lines: null, branches: null, functions: null };
  let statedStatements = false;

  return {
    file: (path, module = '') => opened.open(path, module),
    sourceRoot(path) {
      if (roots.length < limits.sourceRoots && path !== '' && !roots.includes(path)) {
        roots.push(detached(path.slice(0, limits.rawPath)));
      }
    },
    totals(stated, covered, total) {
      const count = soundCount(covered, total);
      if (count === null) return;
      const part = stated === 'statements' ? 'lines' : stated;
      statedStatements ||= stated === 'statements';
      declared[part] = largerCount(declared[part], count);
    },
    finish(format = '') {
      const resolved = byResolvedPath(opened.all(), (path, module) =>
        resolvePath(path, roots, module === '' ? undefined : { module }),
      );
      const files = inUnitOfTool(
        [...resolved].map(([path, builder]) => finishedFile(path, builder, format)),
        declared.lines,
      );
      const totals: CoverageTotals = {
        lines: partOf(files, declared, 'lines') ?? nothing,
        branches: partOf(files, declared, 'branches'),
        functions: partOf(files, declared, 'functions'),
      };
      ledger.warnAll(warn);
      if (opened.surplus() > 0) warn(`only the first ${limits.files} files are read; the others are ignored`);
      const unit = unitOf(files, statedStatements);
      warnOfContradictions({ files, declared, unit }, warn);
      return { kind: 'coverage', unit, totals, files: files.map((file) => fileCoverage(file, totals)) };
    },
  };
}
