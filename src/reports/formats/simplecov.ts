import type { FileCoverageSink, JsonFormat, ReportSink } from '../format.ts';
import {
  has,
  isJsonObject,
  type JsonObject,
  listAt,
  listOf,
  numberAt,
  objectOf,
  textAt,
  valueAt,
} from './shared/json-value.ts';

/** `null` = no code, a text = excluded by the user; the first entry is line 1. */
function readLines(file: FileCoverageSink, lines: readonly unknown[]): void {
  for (const [index, hits] of lines.entries()) if (typeof hits === 'number') file.line(index + 1, hits);
}

// Keys are Ruby's: `[:if, 0, 12, 4, 16, 7]` = kind, number, first line, column, last line, column.
function readBranchTree(file: FileCoverageSink, branches: JsonObject): void {
  for (const [condition, ways] of Object.entries(branches)) {
    const line = /^\[[^,]{1,40}, *\d{1,9}, *(\d{1,9}),/.exec(condition)?.[1];
    if (line === undefined) continue;
    for (const [way, hits] of Object.entries(objectOf(ways))) {
      file.branch(Number(line), `${condition} ${way}`, typeof hits === 'number' && hits > 0);
    }
  }
}

function readBranchList(file: FileCoverageSink, branches: readonly unknown[]): void {
  for (const [index, branch] of branches.entries()) {
    const line = numberAt(branch, 'start_line');
    const hits = numberAt(branch, 'coverage');
    if (line !== null && hits !== null) file.branch(line, `${index}`, hits > 0);
  }
}

/** A file's coverage: since 0.18 an object, before that the list of lines. */
function readFile(path: string, coverage: unknown, sink: ReportSink): void {
  const file = sink.coveredFile(path);
  readLines(file, Array.isArray(coverage) ? listOf(coverage) : listAt(coverage, 'lines'));
  const branches = valueAt(coverage, 'branches');
  if (isJsonObject(branches)) readBranchTree(file, branches);
  else readBranchList(file, listOf(branches));
}

function readFiles(files: unknown, sink: ReportSink): void {
  for (const [path, coverage] of Object.entries(objectOf(files))) readFile(path, coverage, sink);
}

function isResult(value: unknown): boolean {
  if (!has(value, 'coverage', 'object') || !has(value, 'timestamp', 'number')) return false;
  const files = Object.values(objectOf(valueAt(value, 'coverage')));
  return files.length === 0 || files.some((file) => Array.isArray(file) || has(file, 'lines', 'list'));
}

function isResultSet(value: unknown): value is JsonObject {
  if (!isJsonObject(value)) return false;
  return Object.values(value).some(isResult);
}

function isJsonReport(value: unknown): boolean {
  return has(valueAt(value, 'meta'), 'simplecov_version', 'string') && has(value, 'coverage', 'object');
}

function isOldJsonReport(value: unknown): boolean {
  return has(valueAt(value, 'metrics'), 'covered_percent', 'number') && has(value, 'files', 'list');
}

/** `.last_run.json`: the percentage is all there is. */
function isLastRun(value: unknown): boolean {
  const result = valueAt(value, 'result');
  return isJsonObject(result) && (has(result, 'line', 'number') || has(result, 'covered_percent', 'number'));
}

function readOldJsonReport(value: unknown, sink: ReportSink): void {
  for (const file of listAt(value, 'files')) {
    const path = textAt(file, 'filename');
    if (path !== null) readFile(path, valueAt(file, 'coverage'), sink);
  }
}

/** SimpleCov's files: the result set, in which the runs of several test commands are united, and its JSON reports. */
export const simplecov: JsonFormat = {
  format: 'simplecov',
  title: 'SimpleCov',
  kind: 'coverage',
  unit: 'relevant lines, as in SimpleCov',
  wellKnownNames: ['**/.resultset.json', '**/coverage/coverage.json'],
  specification: 'https://github.com/simplecov-ruby/simplecov#json-formatter',
  producers: [{ tool: 'SimpleCov', option: 'always writes coverage/.resultset.json' }],
  syntax: 'json',
  detect: (value) => isJsonReport(value) || isOldJsonReport(value) || isLastRun(value) || isResultSet(value),
  read(value, sink) {
    if (isJsonReport(value)) readFiles(valueAt(value, 'coverage'), sink);
    else if (isOldJsonReport(value)) readOldJsonReport(value, sink);
    else if (isLastRun(value)) {
      sink.warn('.last_run.json has a percentage, but no counts: use .resultset.json instead');
    } else for (const result of Object.values(objectOf(value))) readFiles(valueAt(result, 'coverage'), sink);
  },
};
