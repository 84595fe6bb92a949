import type { Files, FoundFile, Log } from '../io/port.ts';
import type { CoverageReport } from '../model/coverage.ts';
import type { FindingsReport } from '../model/findings.ts';
import type { MetricsReport } from '../model/metrics.ts';
import type { ReadReport, Report, ReportKind, Warning } from '../model/report.ts';
import type { TestsReport } from '../model/tests.ts';
import { ownFiles, wellKnownPatterns } from '../reports/discovery.ts';
import type { ReportFormat } from '../reports/format.ts';
import { mergeCoverage } from '../reports/merge-coverage.ts';
import { mergeFindings } from '../reports/merge-findings.ts';
import { mergeMetrics } from '../reports/merge-metrics.ts';
import { mergeTests } from '../reports/merge-tests.ts';
import { readReport } from '../reports/read.ts';
import { createPathResolver, type PathResolver } from '../reports/source-paths.ts';

export interface Collected {
  readonly tests: TestsReport | null;
  readonly coverage: CoverageReport | null;
  readonly findings: FindingsReport | null;
  readonly metrics: MetricsReport | null;
  readonly files: readonly Omit<ReadReport, 'report'>[];
  /** Globs that name reports and match no file. */
  readonly missing: readonly string[];
  readonly warnings: readonly Warning[];
}

type OfKind<Kind extends ReportKind> = Extract<Report, { kind: Kind }>;

function ofKind<Kind extends ReportKind>(reads: readonly ReadReport[], kind: Kind): readonly OfKind<Kind>[] {
  return reads.flatMap(({ report, also = null }) => [report, also].filter((one) => isKind(one, kind)));
}

function isKind<Kind extends ReportKind>(report: Report | null, kind: Kind): report is OfKind<Kind> {
  return report?.kind === kind;
}

function merged<Kind extends ReportKind>(
  reads: readonly ReadReport[],
  kind: Kind,
  merge: (reports: readonly OfKind<Kind>[]) => OfKind<Kind>,
): OfKind<Kind> | null {
  const reports = ofKind(reads, kind);
  return reports.length === 0 ? null : merge(reports);
}

/** A file that only has the name of a report; one that is empty or broken is told of, found or named. */
const isSomethingElse = /no known report|is an HTML page/;

export interface Wanted {
  /** Globs; empty for the well-known names. */
  readonly patterns: readonly string[];
  readonly projectDirectory: string;
  /** The project's path on its server, `group/project`, with which paths of other runners go on. */
  readonly projectPath?: string | null;
  readonly formats: readonly ReportFormat[];
}

/**
 * Reports name files by package, by module, from their own folder or in another machine's checkout: the files of this one tell which is
 * meant.
 */
const sources = [
  '**/*.{java,kt,kts,groovy,scala,clj,go,py,rb,php,cs,fs,vb,js,jsx,ts,tsx,mjs,cjs,vue,svelte,c,h,cc,cpp,hpp,cxx,m,mm,rs,swift,dart,ex,exs,erl,pl,pm,lua,jl,r,R}',
  '**/*.{tf,yml,yaml,sh,bash,sql,proto,css,scss,html}',
  '**/{Dockerfile,Makefile,go.mod,Gemfile}',
];

async function knownSources(found: readonly FoundFile[], files: Files): Promise<ReadonlySet<string> | null> {
  if (found.length === 0) return null;
  const { files: known } = await files.find(sources);
  return known.length === 0 ? null : new Set(known.map(({ path }) => path));
}

async function readAll(
  found: readonly FoundFile[],
  files: Files,
  { projectDirectory, projectPath = null, formats }: Wanted,
): Promise<readonly ReadReport[]> {
  const knownFiles = await knownSources(found, files);
  const inProject = createPathResolver({ projectDirectory, projectPath, knownFiles });
  const reads: ReadReport[] = [];
  // One after another: parsing is bound to one core, and one file at a time bounds the memory.
  for (const { path, sizeBytes } of found) {
    const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
    const resolvePath: PathResolver = (written, roots, place) =>
      inProject(written, roots, { ...place, folder });
    reads.push(await readReport({ path, sizeBytes, chunks: files.read(path) }, { resolvePath, formats }));
  }
  return reads;
}

/**
 * Finds and reads the report files and merges them by kind. Explicit patterns that match nothing are warnings; without patterns the
 * well-known files are looked for, and finding none is no fault. A file that is no report is a warning only when it was asked for.
 */
export async function collectReports(
  wanted: Wanted,
  { files, log }: { readonly files: Files; readonly log: Log },
): Promise<Collected> {
  const { patterns, formats } = wanted;
  const explicit = patterns.length > 0;
  const found = await files.find(explicit ? [...patterns, ...ownFiles] : wellKnownPatterns(formats));
  const reads = await readAll(found.files, files, wanted);
  const counted = explicit
    ? reads
    : reads.filter(({ error }) => error === null || !isSomethingElse.test(error));
  for (const { path, format, error } of counted) {
    if (error === null) log.info(`read ${path}: ${format}`);
    else log.warn(`cannot read ${path}: ${error}`);
  }
  const warnings: Warning[] = [
    ...(explicit ? found.warnings : []),
    ...counted.flatMap(({ path, error, warnings: texts }) => [
      ...(error === null ? [] : [{ path, message: error }]),
      ...texts.map((message) => ({ path, message })),
    ]),
  ];
  for (const { path, message } of explicit ? found.warnings : []) log.warn(`${path}: ${message}`);
  return {
    tests: merged(counted, 'tests', mergeTests),
    coverage: merged(counted, 'coverage', mergeCoverage),
    findings: merged(counted, 'findings', mergeFindings),
    metrics: merged(counted, 'metrics', mergeMetrics),
    files: counted.map(({ report: _report, also: _also, ...rest }) => rest),
    missing: [],
    warnings,
  };
}
