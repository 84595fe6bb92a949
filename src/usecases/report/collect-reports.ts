import type { ReportOptions } from '../../config/report-options.ts';
import type { FileNotice, Files, FindResult, FoundFile, Log } from '../../io/port.ts';
import type { CoverageReport } from '../../model/coverage.ts';
import type { Decide } from '../../model/decision.ts';
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
import { createNameCheck, ownFiles, wellKnownPatterns } from '../../reports/discovery.ts';
import { maskedValue } from '../../secrets/masked-value.ts';
import { readInOrder } from '../read-in-order.ts';
import type { ReadingThreads } from '../reading.ts';
import { decisionsOfReads, decisionsOfSearch, watchSearch } from './decisions/of-files.ts';
import type { JobReports } from './job-reports/collect-job-reports.ts';
import {
  createSourceReading,
  digested,
  fileOf,
  type ReadingOf,
  type ReadSource,
  type SourceReading,
} from './read-source.ts';

export interface Collected {
  readonly tests: TestsReport | null;
  readonly coverage: CoverageReport | null;
  readonly findings: FindingsReport | null;
  readonly metrics: MetricsReport | null;
  readonly files: readonly Omit<ReadReport, 'report'>[];
  /** Reports that are missing or were refused, so that nothing of them is in all this. */
  readonly gaps: readonly UnexplainedSign[];
  /** Test reports of jobs that only GitLab can read: gaps where its own reading does not have them. */
  readonly testGaps?: readonly UnexplainedSign[];
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

export interface Wanted extends ReadingOf {
  /** Globs; empty for the well-known names. */
  readonly patterns: readonly string[];
  /** As the option of this name. */
  readonly reportsFrom?: ReportOptions['reportsFrom'];
}

interface Reading {
  readonly files: Files;
  readonly mask: (text: string) => string;
  /** Omitted where all is read in this thread. */
  readonly threads?: ReadingThreads | undefined;
  /** Records what was decided; without it nothing is. */
  readonly decide?: Decide | undefined;
}

/** Asks the jobs of the pipeline for their reports; `known` are the files that are read already. */
export type AskJobs = (asked: {
  readonly read: ReadSource;
  readonly known: ReadonlySet<string>;
}) => Promise<JobReports>;

export const noJobReports: JobReports = { promised: [], named: [], gaps: [], testGaps: [], warnings: [] };

interface FilesRead {
  readonly reads: readonly ReadReport[];
  /** SHA-256 of each. */
  readonly digests: ReadonlySet<string>;
}

interface ReadingAll extends SourceReading {
  readonly files: Files;
  readonly threads: ReadingThreads | null;
  readonly mayAsk: boolean;
}

async function readAll(
  found: readonly FoundFile[],
  { files, mayAsk, ...readers }: ReadingAll,
): Promise<FilesRead> {
  const digests = new Set<string>();
  const sources = found.map(({ path, sizeBytes }) => {
    const chunks = files.read(path);
    return fileOf({ path, place: path, sizeBytes, chunks: mayAsk ? digested(chunks, digests) : chunks });
  });
  const reads: ReadReport[] = [];
  for await (const read of readInOrder(sources, readers)) reads.push(read);
  return { reads, digests };
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
  for (const { path, format, error, evidence } of counted) {
    if (error === null) log.info(`read ${path}: ${format}`);
    else log.warn(`cannot read ${path}: ${error}`);
    for (const reason of evidence.incomplete) log.warn(`${path} is not whole: ${reason}`);
  }
  for (const { path, error } of ignored) log.info(`ignored ${path}: ${error ?? ''}`);
}

/** False where the jobs are not asked, whatever the files hold: then nobody needs to know a file again. */
function mayAskJobs({ patterns, reportsFrom = 'files' }: Wanted): boolean {
  return reportsFrom === 'jobs' || (reportsFrom === 'auto' && patterns.length === 0);
}

/** By default the jobs are asked only where nothing else is there to read. */
function asksJobs(wanted: Wanted, found: readonly ReadReport[]): boolean {
  return mayAskJobs(wanted) && (wanted.reportsFrom === 'jobs' || found.length === 0);
}

function whyJobs(wanted: Wanted, asked: boolean): string {
  if (asked)
    return wanted.reportsFrom === 'jobs' ? 'reports-from is jobs' : 'no report was found in the folder';
  if (mayAskJobs(wanted)) return 'there are reports in the folder';
  return wanted.patterns.length > 0 && wanted.reportsFrom === 'auto'
    ? 'reports names the files'
    : 'reports-from is files';
}

/** Finds the files, and records why these and not others. */
async function findReports(
  { patterns, formats }: Wanted,
  { files, decide }: Pick<Reading, 'decide' | 'files'>,
): Promise<FindResult> {
  const explicit = patterns.length > 0;
  const globs = explicit ? [...patterns, ...ownFiles] : wellKnownPatterns(formats);
  if (decide === undefined) return files.find(globs);
  decide({ about: 'search', by: explicit ? 'patterns' : 'well-known-names', patterns: [...patterns] });
  const watch = watchSearch(decide);
  const found = await files.find(globs, watch);
  watch.end();
  // Nobody asked for the well-known names: most of them match nothing in any project.
  const asked = explicit ? found : { ...found, misses: [] };
  for (const decision of decisionsOfSearch(asked)) decide(decision);
  return found;
}

/**
 * Finds and reads the report files, and the reports that the jobs of the pipeline handed over where they are wanted,
 * and merges them by kind. Explicit patterns that match nothing are missing reports; without patterns Herald looks for
 * the well-known files, and finding none is not an error. If a file was found by its name but is not a report, it
 * counts as unreadable if only reports have such a name; otherwise it is ignored and listed as such.
 */
export async function collectReports(
  wanted: Wanted,
  { files, log, mask, decide, threads }: Reading & { readonly log: Log },
  askJobs: AskJobs = () => Promise.resolve(noJobReports),
): Promise<Collected> {
  const { patterns, formats } = wanted;
  const explicit = patterns.length > 0;
  const found = await findReports(wanted, { files, decide });
  const isNamedAsReport = explicit ? null : createNameCheck(formats);
  const reading = createSourceReading(wanted, { files, mask });
  const { reads, digests } = await readAll(found.files, {
    ...reading,
    files,
    threads: wanted.formatPatterns === undefined ? null : (threads ?? null),
    mayAsk: mayAskJobs(wanted),
  });
  const read: ReadSource = (source) => reading.readHere(fileOf(source));
  const onDisk = sorted(reads, isNamedAsReport);
  const asked = asksJobs(wanted, onDisk.counted);
  const ofJobs = asked ? await askJobs({ read, known: digests }) : noJobReports;
  const namedByJobs = sorted(ofJobs.named, createNameCheck(formats));
  const all = united(onDisk, namedByJobs, ofJobs);
  logReads(all, log);
  const twins = twinsIn(all.counted);
  if (decide !== undefined) {
    const fromJobs = united({ counted: [], ignored: [] }, namedByJobs, ofJobs);
    for (const decision of decisionsOfReads(onDisk, { twins, from: 'folder' })) decide(decision);
    decide({ about: 'job-reports', asked, reason: whyJobs(wanted, asked) });
    for (const decision of decisionsOfReads(fromJobs, { twins, from: 'jobs' })) decide(decision);
  }
  // Whatever was read is masked already; the names of jobs are not.
  const { gaps, testGaps, warnings } = ofJobs;
  const said = maskedValue({ gaps, testGaps, warnings }, mask);
  const missing = { ...said, gaps: [...gapsOf(found, isNamedAsReport), ...said.gaps] };
  return collected({ ...missing, reads: all, twins }, wanted, log);
}

function united(onDisk: Sorted, named: Sorted, { promised }: JobReports): Sorted {
  return {
    counted: [...onDisk.counted, ...promised, ...named.counted],
    ignored: [...onDisk.ignored, ...named.ignored],
  };
}

function collected(
  {
    reads,
    twins,
    gaps,
    testGaps,
    warnings,
  }: Pick<JobReports, 'gaps' | 'testGaps' | 'warnings'> & { reads: Sorted; twins: readonly Twin[] },
  { reruns }: Wanted,
  log: Log,
): Collected {
  const { counted, ignored } = reads;
  const isTwin = new Set(twins.map(({ path }) => path));
  const single = counted.filter(({ path }) => !isTwin.has(path));
  for (const { path, reason } of gaps) log.warn(`${path ?? ''}: ${reason}`);
  return {
    tests: merged(single, 'tests', (reports) => mergeTests(reports, reruns)),
    coverage: merged(counted, 'coverage', mergeCoverage),
    findings: merged(counted, 'findings', mergeFindings),
    metrics: merged(counted, 'metrics', mergeMetrics),
    files: counted.map(({ report: _report, also: _also, ...rest }) => rest),
    gaps,
    testGaps,
    warnings: [
      ...warnings,
      ...twins.map(warningOf),
      ...counted.flatMap((read) => read.warnings.map((message) => ({ path: read.path, message }))),
      ...ignored.map(({ path, error }) => ({
        path,
        message: `is ignored, because it is not a report: it ${error ?? ''}`,
      })),
    ],
  };
}
