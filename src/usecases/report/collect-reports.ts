import type { FileNotice, Files, FindResult, FoundFile, Log } from '../../io/port.ts';
import type { CoverageReport } from '../../model/coverage.ts';
import type { UnexplainedSign } from '../../model/evidence.ts';
import type { FindingsReport } from '../../model/findings.ts';
import type { MetricsReport } from '../../model/metrics.ts';
import type { ReadReport, Report, ReportKind, Warning } from '../../model/report.ts';
import type { TestsReport } from '../../model/tests.ts';
import { mergeCoverage } from '../../reports/collect/merge-coverage.ts';
import { mergeFindings } from '../../reports/collect/merge-findings.ts';
import { mergeMetrics } from '../../reports/collect/merge-metrics.ts';
import { mergeTests } from '../../reports/collect/merge-tests.ts';
import { findTwins, type Twin } from '../../reports/collect/same-run.ts';
import { createPathResolver, type PathResolver } from '../../reports/collect/source-paths.ts';
import type { Reruns } from '../../reports/collect/tests.ts';
import { createNameCheck, ownFiles, wellKnownPatterns } from '../../reports/discovery.ts';
import type { ReportFormat } from '../../reports/format.ts';
import { readReport } from '../../reports/read.ts';

export interface Collected {
  readonly tests: TestsReport | null;
  readonly coverage: CoverageReport | null;
  readonly findings: FindingsReport | null;
  readonly metrics: MetricsReport | null;
  readonly files: readonly Omit<ReadReport, 'report'>[];
  /** Reports that are missing or were refused, so that nothing of them is in all this. */
  readonly gaps: readonly UnexplainedSign[];
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

export interface Wanted {
  /** Globs; empty for the well-known names. */
  readonly patterns: readonly string[];
  readonly projectDirectory: string;
  /** The project's path on its server, `group/project`, with which paths of other runners go on. */
  readonly projectPath?: string | null;
  readonly formats: readonly ReportFormat[];
  readonly reruns: Reruns;
}

interface Reading {
  readonly files: Files;
  readonly mask: (text: string) => string;
}

/**
 * Reports name files by package, by module, from their own folder or in another machine's checkout: the files of this
 * checkout show which file is meant.
 */
const sources = [
  '**/*.{java,kt,kts,groovy,scala,clj,go,py,rb,php,cs,fs,vb,js,jsx,ts,tsx,mjs,cjs,vue,svelte,c,h,cc,cpp,hpp,cxx,m,mm,rs,swift,dart,ex,exs,erl,pl,pm,lua,jl,r,R}',
  '**/*.{tf,yml,yaml,sh,bash,bats,t,sql,proto,css,scss,html}',
  '**/{Dockerfile,Makefile,go.mod,Gemfile}',
];

async function knownSources(found: readonly FoundFile[], files: Files): Promise<ReadonlySet<string> | null> {
  if (found.length === 0) return null;
  const { files: known } = await files.find(sources);
  return known.length === 0 ? null : new Set(known.map(({ path }) => path));
}

async function readAll(
  found: readonly FoundFile[],
  { files, mask }: Reading,
  { projectDirectory, projectPath = null, formats, reruns }: Wanted,
): Promise<readonly ReadReport[]> {
  const knownFiles = await knownSources(found, files);
  const inProject = createPathResolver({ projectDirectory, projectPath, knownFiles });
  const isProjectFile = knownFiles === null ? null : (path: string): boolean => knownFiles.has(path);
  const reads: ReadReport[] = [];
  // One after another: parsing is bound to one core, and one file at a time bounds the memory.
  for (const { path, sizeBytes } of found) {
    const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
    const resolvePath: PathResolver = (written, roots, place) =>
      inProject(written, roots, { ...place, folder });
    reads.push(
      await readReport(
        { path, sizeBytes, chunks: files.read(path) },
        { resolvePath, isProjectFile, mask, formats, reruns },
      ),
    );
  }
  return reads;
}

/** Reports of tests of which another file has the same run in another format. */
function twinsIn(reads: readonly ReadReport[]): readonly Twin[] {
  return findTwins(
    reads.flatMap(({ path, format, report }) => (report?.kind === 'tests' ? [{ path, format, report }] : [])),
  );
}

function warningOf({ path, of }: Twin): Warning {
  return { path, message: `holds the same run as ${of}, in another format: its tests count once` };
}

/** Files that count, and those that only have a name that a report could have. */
interface Sorted {
  readonly counted: readonly ReadReport[];
  readonly ignored: readonly ReadReport[];
}

/** Whether a path has a name that only reports have; null where the project names its reports itself. */
type NameCheck = ((path: string) => boolean) | null;

function sorted(reads: readonly ReadReport[], isNamedAsReport: NameCheck): Sorted {
  if (isNamedAsReport === null) return { counted: reads, ignored: [] };
  const isIgnored = ({ path, isForeign }: ReadReport): boolean => isForeign && !isNamedAsReport(path);
  return {
    counted: reads.filter((read) => !isIgnored(read)),
    ignored: reads.filter(isIgnored),
  };
}

/** What was asked for, or has a name that only reports have, and is not there or was refused. */
function gapsOf({ warnings, misses }: FindResult, isNamedAsReport: NameCheck): readonly UnexplainedSign[] {
  const sign =
    (kind: 'missing' | 'unreadable') =>
    ({ path, message }: FileNotice): UnexplainedSign => ({ kind, path, count: 1, reason: message });
  if (isNamedAsReport === null) return [...warnings.map(sign('unreadable')), ...misses.map(sign('missing'))];
  return warnings.filter(({ path }) => isNamedAsReport(path)).map(sign('unreadable'));
}

function logReads({ counted, ignored }: Sorted, log: Log): void {
  for (const { path, format, error } of counted) {
    if (error === null) log.info(`read ${path}: ${format}`);
    else log.warn(`cannot read ${path}: ${error}`);
  }
  for (const { path, error } of ignored) log.info(`ignored ${path}: ${error ?? ''}`);
}

/**
 * Finds and reads the report files and merges them by kind. Explicit patterns that match nothing are missing reports;
 * without patterns Herald looks for the well-known files, and finding none is not an error. If a file was found by its
 * name but is not a report, it counts as unreadable if only reports have such a name; otherwise it is ignored and
 * listed as such.
 */
export async function collectReports(
  wanted: Wanted,
  { files, log, mask }: Reading & { readonly log: Log },
): Promise<Collected> {
  const { patterns, formats } = wanted;
  const explicit = patterns.length > 0;
  const found = await files.find(explicit ? [...patterns, ...ownFiles] : wellKnownPatterns(formats));
  const isNamedAsReport = explicit ? null : createNameCheck(formats);
  const reads = sorted(await readAll(found.files, { files, mask }, wanted), isNamedAsReport);
  const { counted, ignored } = reads;
  logReads(reads, log);
  const twins = twinsIn(counted);
  const isTwin = new Set(twins.map(({ path }) => path));
  const single = counted.filter(({ path }) => !isTwin.has(path));
  const gaps = gapsOf(found, isNamedAsReport);
  for (const { path, reason } of gaps) log.warn(`${path ?? ''}: ${reason}`);
  return {
    tests: merged(single, 'tests', (reports) => mergeTests(reports, wanted.reruns)),
    coverage: merged(counted, 'coverage', mergeCoverage),
    findings: merged(counted, 'findings', mergeFindings),
    metrics: merged(counted, 'metrics', mergeMetrics),
    files: counted.map(({ report: _report, also: _also, ...rest }) => rest),
    gaps,
    warnings: [
      ...twins.map(warningOf),
      ...counted.flatMap(({ path, warnings }) => warnings.map((message) => ({ path, message }))),
      ...ignored.map(({ path, error }) => ({
        path,
        message: `is ignored, because it is not a report: it ${error ?? ''}`,
      })),
    ],
  };
}
