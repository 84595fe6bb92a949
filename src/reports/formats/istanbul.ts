import type { FileCoverageSink, JsonFormat, ReportSink } from '../format.ts';
import {
  has,
  isJsonObject,
  type JsonObject,
  listAt,
  numberAt,
  objectOf,
  textAt,
  valueAt,
} from './shared/json-value.ts';

function readStatements(file: FileCoverageSink, coverage: JsonObject): void {
  const hits = valueAt(coverage, 's');
  for (const [id, location] of Object.entries(objectOf(coverage['statementMap']))) {
    const line = numberAt(location, 'start', 'line');
    if (line !== null) file.line(line, numberAt(hits, id) ?? 0);
  }
}

function readFunctions(file: FileCoverageSink, coverage: JsonObject): void {
  const hits = valueAt(coverage, 'f');
  for (const [id, entry] of Object.entries(objectOf(coverage['fnMap']))) {
    file.function(`${id} ${textAt(entry, 'name') ?? ''}`, numberAt(hits, id) ?? 0);
  }
}

// `line` is deprecated; a branch that has no place of its own is where its first way is.
function lineOfBranch(branch: unknown): number | null {
  return (
    numberAt(branch, 'loc', 'start', 'line') ??
    numberAt(branch, 'line') ??
    numberAt(listAt(branch, 'locations')[0], 'start', 'line')
  );
}

function readBranches(file: FileCoverageSink, coverage: JsonObject): void {
  const hits = valueAt(coverage, 'b');
  for (const [id, branch] of Object.entries(objectOf(coverage['branchMap']))) {
    const line = lineOfBranch(branch);
    if (line === null) continue;
    for (const [index, count] of listAt(hits, id).entries()) {
      file.branch(line, `${id} ${index}`, typeof count === 'number' && count > 0);
    }
  }
}

function isFileCoverage(value: unknown): value is JsonObject {
  return has(value, 'statementMap', 'object') && has(value, 's', 'object');
}

function readFile(key: string, value: unknown, sink: ReportSink): boolean {
  // Old versions wrap a file's coverage.
  const coverage = valueAt(value, 'data') ?? value;
  if (!isFileCoverage(coverage)) return false;
  const file = sink.coveredFile(textAt(coverage, 'path') ?? key);
  readStatements(file, coverage);
  readFunctions(file, coverage);
  readBranches(file, coverage);
  return true;
}

/**
 * Istanbul's coverage data. As in its own reports, a line ran as often as the statement that begins there and ran most.
 */
export const istanbul: JsonFormat = {
  format: 'istanbul',
  title: 'Istanbul coverage data (coverage-final.json)',
  kind: 'coverage',
  unit: 'lines where a statement begins, as "Lines" in Istanbul’s reports',
  wellKnownNames: ['**/coverage-final.json', '**/.nyc_output/*.json'],
  specification: 'https://github.com/istanbuljs/istanbuljs/blob/main/docs/raw-output.md',
  producers: [
    { tool: 'Istanbul, nyc, Jest, c8', option: 'reporter json' },
    { tool: 'Vitest', option: '--coverage.reporter=json' },
  ],
  syntax: 'json',
  detect(value) {
    if (!isJsonObject(value)) return false;
    for (const key in value) {
      if (isFileCoverage(value[key]) || isFileCoverage(valueAt(value[key], 'data'))) return true;
    }
    return false;
  },
  read(value, sink) {
    let odd = 0;
    for (const [key, file] of Object.entries(objectOf(value))) if (!readFile(key, file, sink)) odd += 1;
    if (odd > 0) sink.warn(`entries that are not the coverage of a file are ignored: ${odd}`);
  },
};
