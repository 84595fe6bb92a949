import type { Report, ReportKind } from '../model/report.ts';
import { createCoverageCollector } from './collect-coverage.ts';
import { collectFindings } from './collect-findings.ts';
import { createMetricsCollector } from './collect-metrics.ts';
import { createTestsCollector } from './collect-tests.ts';
import type { ReportSink } from './format.ts';

const maxWarnings = 20;
const maxWarningCharacters = 500;

/** Keeps the first warnings of a file and counts the rest. */
export interface Warnings {
  add(message: string): void;
  all(): readonly string[];
}

/** Makes an empty list of warnings. */
export function createWarnings(): Warnings {
  const kept: string[] = [];
  let more = 0;
  return {
    add(message) {
      const line = message.slice(0, maxWarningCharacters).replace(/\s+/g, ' ').trim();
      if (kept.includes(line)) return;
      if (kept.length < maxWarnings) kept.push(line);
      else more += 1;
    },
    all: () => (more === 0 ? kept : [...kept, `and ${more} more warnings`]),
  };
}

/** Turns paths of a report into paths of the project; `roots` are the folders that the report names. */
export type ResolvePath = (path: string, roots: readonly string[]) => string;

const asWritten: ResolvePath = (path) => path;

/** The sink of one report file: what its format says goes to the collector of its kind. */
export function createReportSink(
  path: string,
  warnings: Warnings,
  resolvePath: ResolvePath | null,
): { readonly sink: ReportSink; finish(kind: ReportKind): Report } {
  const warn = (message: string): void => {
    warnings.add(message);
  };
  const resolve = resolvePath ?? asWritten;
  const tests = createTestsCollector(path, warn);
  const coverage = createCoverageCollector(resolve, warn);
  const findings = collectFindings(path, resolvePath ?? undefined);
  const metrics = createMetricsCollector(path, warn);
  return {
    sink: {
      test(run) {
        tests.add(run.file === null ? run : { ...run, file: resolve(run.file, []) });
      },
      declaredTests: tests.declare,
      coveredFile: coverage.file,
      sourceRoot(root) {
        coverage.sourceRoot(root);
        findings.sourceRoot(root);
      },
      coverageTotals: coverage.totals,
      finding: findings.finding,
      metric: metrics.add,
      warn,
    },
    finish(kind) {
      switch (kind) {
        case 'tests':
          return tests.finish();
        case 'coverage':
          return coverage.finish();
        case 'findings':
          return findings.report();
        case 'metrics':
          return metrics.finish();
      }
    },
  };
}
