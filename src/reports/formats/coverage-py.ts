import type { FileCoverageSink, JsonFormat, ReportSink } from '../format.ts';
import { has, listAt, listOf, numberAt, objectOf, valueAt } from './shared/json-value.ts';

function readLines(file: FileCoverageSink, data: unknown): void {
  for (const line of listAt(data, 'executed_lines')) if (typeof line === 'number') file.line(line, 1);
  for (const line of listAt(data, 'missing_lines')) if (typeof line === 'number') file.line(line, 0);
}

// A branch goes from a line to a line; a negative one is the exit of the code that begins there.
function readBranches(file: FileCoverageSink, data: unknown): void {
  for (const [key, taken] of [
    ['executed_branches', true],
    ['missing_branches', false],
  ] as const) {
    for (const branch of listAt(data, key)) {
      const [from, to] = listOf(branch);
      if (typeof from === 'number' && typeof to === 'number') file.branch(from, `${to}`, taken);
    }
  }
}

// Since coverage.py 7.5; the empty name is the module's own code.
function readFunctions(file: FileCoverageSink, data: unknown): void {
  for (const [name, region] of Object.entries(objectOf(valueAt(data, 'functions')))) {
    if (name !== '' && numberAt(region, 'summary', 'num_statements') !== 0) {
      file.function(name, listAt(region, 'executed_lines').length);
    }
  }
}

function readFile(path: string, data: unknown, sink: ReportSink): void {
  const file = sink.coveredFile(path);
  readLines(file, data);
  readBranches(file, data);
  readFunctions(file, data);
  const summary = valueAt(data, 'summary');
  stateTotals(summary, (part, covered, total) => {
    file.totals(part, covered, total);
  });
}

function stateTotals(
  summary: unknown,
  state: (part: 'lines' | 'branches', covered: number, total: number) => void,
): void {
  const covered = numberAt(summary, 'covered_lines');
  const total = numberAt(summary, 'num_statements');
  if (covered !== null && total !== null) state('lines', covered, total);
  const coveredBranches = numberAt(summary, 'covered_branches');
  const branches = numberAt(summary, 'num_branches');
  if (coveredBranches !== null && branches !== null) state('branches', coveredBranches, branches);
}

/** coverage.py's JSON, formats 2 and 3. It says whether a line ran, not how often. */
export const coveragePy: JsonFormat = {
  format: 'coverage-py',
  title: 'coverage.py JSON',
  kind: 'coverage',
  unit: 'lines that can run, coverage.py’s "Stmts"; its percentage counts branches with them where it measures them',
  wellKnownNames: ['**/coverage.json'],
  specification: 'https://coverage.readthedocs.io/en/latest/commands/cmd_json.html',
  producers: [
    { tool: 'coverage.py', option: 'coverage json' },
    { tool: 'pytest-cov', option: '--cov-report=json' },
  ],
  syntax: 'json',
  detect: (value) =>
    has(value, 'meta', 'object') &&
    has(value, 'files', 'object') &&
    (has(valueAt(value, 'totals'), 'covered_lines', 'number') ||
      has(valueAt(value, 'meta'), 'branch_coverage', 'boolean')),
  read(value, sink) {
    for (const [path, data] of Object.entries(objectOf(valueAt(value, 'files')))) readFile(path, data, sink);
    stateTotals(valueAt(value, 'totals'), (part, covered, total) => {
      sink.coverageTotals(part, covered, total);
    });
  },
};
