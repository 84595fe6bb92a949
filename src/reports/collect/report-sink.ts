import { noEvidence, type ReportEvidence } from '../../model/evidence.ts';
import { counted } from '../../model/plural.ts';
import type { Report, ReportKind } from '../../model/report.ts';
import type { TestFailure } from '../../model/tests.ts';
import type { MaskText } from '../../secrets/masked-value.ts';
import type { PassedRun, ReportSink, TestRun } from '../format.ts';
import { createAttachmentFinder } from './attachments.ts';
import { cleanText } from './clean-text.ts';
import { createCoverageCollector } from './coverage.ts';
import { createEvidenceCollector } from './evidence.ts';
import { createPlaceFinder, type IsProjectFile } from './failed-at.ts';
import { collectFindings, type FindingsCollector, type RawFinding } from './findings.ts';
import { createReportMask, type ReportMask } from './mask-reported.ts';
import { createMetricsCollector } from './metrics.ts';
import { inModule, type PathResolver } from './source-paths.ts';
import { createTestsCollector, type Reruns } from './tests.ts';

const maxWarnings = 20;
const maxWarningCharacters = 500;

/** Keeps the first warnings of a file and counts the rest. */
export interface Warnings {
  add(message: string): void;
  all(): readonly string[];
}

/** Makes an empty list of warnings. `mask` takes secrets out of them. */
export function createWarnings(mask: MaskText): Warnings {
  const kept: string[] = [];
  let more = 0;
  return {
    add(message) {
      const line = mask(cleanText(message, maxWarningCharacters)).replace(/\s+/g, ' ');
      if (kept.includes(line)) return;
      if (kept.length < maxWarnings) kept.push(line);
      else more += 1;
    },
    all: () =>
      more === 0 ? kept : [...kept, `and ${counted(more, { one: 'more warning', other: 'more warnings' })}`],
  };
}

/** Turns paths of a report into paths of the project; `roots` are the folders that the report names. */
export type ResolvePath = PathResolver;

const asWritten: ResolvePath = (path, _roots, place) => inModule(path, place?.module);

const noRoots: readonly string[] = [];
const maxKnownFiles = 4_096;

/** Files of tests: the same few come again and again. */
function createFileResolver(resolvePath: ResolvePath | null): (path: string) => string {
  if (resolvePath === null) return (path) => path;
  const known = new Map<string, string>();
  return (path) => {
    const before = known.get(path);
    if (before !== undefined) return before;
    const resolved = resolvePath(path, noRoots);
    if (known.size < maxKnownFiles) known.set(path, resolved);
    return resolved;
  };
}

/** A run whose details nobody will see: masking them would cost more than all else about it. */
function withoutDetails(run: TestRun): TestRun {
  const { failure, earlierFailures } = run;
  if (failure === null && earlierFailures.length === 0) return run;
  const cut = (whole: TestFailure): TestFailure => ({ ...whole, details: '' });
  return {
    ...run,
    failure: failure === null ? null : cut(failure),
    earlierFailures: earlierFailures.map(cut),
  };
}

/** How one report file is read. */
export interface SinkOptions {
  readonly resolvePath: ResolvePath | null;
  readonly maskText: MaskText;
  readonly reruns: Reruns;
  /** True for a file of the project; null when its files are not known. */
  readonly isProjectFile?: IsProjectFile | null;
  /** The job that handed the file over; null or omitted when it is not known. */
  readonly jobId?: number | null;
  /** True where nobody asks for the tests themselves; false by default. */
  readonly totalsOnly?: boolean;
  /** Which share of the file is read; gives null or is omitted where nobody knows. */
  readonly shareRead?: () => number | null;
}

interface Collecting extends SinkOptions {
  readonly mask: ReportMask;
  readonly fileOf: FileOf;
}

function createCollectors(path: string, warn: (message: string) => void, how: Collecting) {
  const { resolvePath, mask, reruns } = how;
  const resolve = resolvePath ?? asWritten;
  return {
    tests: createTestsCollector(path, warn, {
      reruns,
      fileOf: how.fileOf,
      shareRead: how.shareRead ?? (() => null),
      totalsOnly: how.totalsOnly ?? false,
      findPlace: createPlaceFinder(how),
      findAttachments: createAttachmentFinder(how),
    }),
    coverage: createCoverageCollector(
      (written, roots, place) => mask.path(resolve(written, roots, place)),
      warn,
    ),
    findings: collectFindings(path, resolvePath ?? undefined),
    metrics: createMetricsCollector(path, warn),
    evidence: createEvidenceCollector(),
  };
}

type Collectors = ReturnType<typeof createCollectors>;

/** Which format a file was read as. */
export interface ReadFormat {
  readonly format: string;
  readonly kind: ReportKind;
  readonly alsoKind?: ReportKind;
  readonly countsReruns?: boolean | undefined;
}

function reportOf(
  { kind, format, countsReruns = false }: ReadFormat,
  { tests, coverage, findings, metrics }: Collectors,
): Report {
  switch (kind) {
    case 'tests':
      return tests.finish({ countsReruns });
    case 'coverage':
      return coverage.finish(format);
    case 'findings':
      return findings.report();
    case 'metrics':
      return metrics.finish();
  }
}

/** What a report file holds once it is read. */
export interface Finished {
  readonly report: Report;
  readonly also?: Report;
  readonly evidence: ReportEvidence;
}

function finished(format: ReadFormat, collectors: Collectors): Finished {
  const report = reportOf(format, collectors);
  const ofTests = report.kind === 'tests' ? collectors.tests.evidence() : null;
  const also =
    format.alsoKind === undefined ? {} : { also: reportOf({ ...format, kind: format.alsoKind }, collectors) };
  const thresholds = report.kind === 'metrics' ? report.thresholds : [];
  return {
    report,
    ...also,
    evidence: {
      ...noEvidence,
      ...ofTests,
      crossedThresholds: thresholds.filter(({ passed }) => !passed).length,
      ...collectors.evidence.words(),
    },
  };
}

/** What of a finding counts, without secrets. */
function told(finding: RawFinding, findings: FindingsCollector, mask: ReportMask): RawFinding {
  return mask.finding(findings.relevant(finding));
}

type FileOf = ReturnType<typeof createFileResolver>;

/** With its file as the project names it. */
function atFile<Run extends { readonly file: string | null }>(run: Run, fileOf: FileOf): Run {
  const file = run.file === null || run.file === '' ? null : fileOf(run.file);
  return file === run.file ? run : { ...run, file };
}

/** False where its texts are needed after all. */
function countPassed(run: PassedRun, { tests }: Collectors, mask: ReportMask): boolean {
  if (!mask.hidesPassed() || !tests.addPassed(run)) return false;
  mask.passed();
  return true;
}

/** The sink of one report file: what its format says goes to the collector of its kind. */
export function createReportSink(
  path: string,
  warnings: Warnings,
  options: SinkOptions,
): { readonly sink: ReportSink; readonly finish: (format: ReadFormat) => Finished } {
  const warn = (message: string): void => {
    warnings.add(message);
  };
  const fileOf = createFileResolver(options.resolvePath);
  const mask = createReportMask(options.maskText, { showsRuns: options.totalsOnly !== true });
  const collectors = createCollectors(path, warn, { ...options, mask, fileOf });
  const { tests, coverage, findings, metrics, evidence } = collectors;
  const sink: ReportSink = {
    test(written) {
      tests.add(atFile(mask.run(tests.keepsDetails() ? written : withoutDetails(written)), fileOf));
    },
    passed: (run) => countPassed(run, collectors, mask),
    keepsPassed: () => !mask.hidesPassed() || tests.keepsPassed(),
    declaredTests(totals) {
      tests.declare(totals);
    },
    coveredFile: (file, module) => coverage.file(file, module),
    sourceRoot(root) {
      coverage.sourceRoot(root);
      findings.sourceRoot(root);
    },
    coverageTotals(part, covered, total) {
      coverage.totals(part, covered, total);
    },
    finding(finding, fingerprint) {
      findings.finding(told(finding, findings, mask), fingerprint === null ? null : mask.text(fingerprint));
    },
    metric(metric) {
      metrics.add(mask.metric(metric));
    },
    threshold({ passed, group, name, detail }) {
      const [maskedGroup, maskedName] = [mask.text(group), mask.text(name)];
      metrics.threshold({ passed, group: maskedGroup, name: maskedName, detail: mask.text(detail) });
    },
    failed(reason) {
      evidence.failed(mask.text(reason));
    },
    incomplete(reason) {
      evidence.incomplete(mask.text(reason));
    },
    warn,
  };
  return { sink, finish: (format) => finished(format, collectors) };
}
