import type { FileCoverageSink, JsonFormat, ReportSink } from '../format.ts';
import { has, itemsAt, listAt, numberAt, textAt, valueAt } from './shared/json-value.ts';

function isExcluded(entry: unknown): boolean {
  return valueAt(entry, 'gcovr/noncode') === true || valueAt(entry, 'gcovr/excluded') === true;
}

interface Listed {
  covered: number;
  total: number;
}

// A line of a template or of a constructor in several variants is listed, and counted by gcovr, once for each.
function readLine(file: FileCoverageSink, line: unknown, listed: Listed): void {
  const number = numberAt(line, 'line_number');
  if (number === null || isExcluded(line)) return;
  const hits = numberAt(line, 'count') ?? 0;
  file.line(number, hits);
  listed.total += 1;
  if (hits > 0) listed.covered += 1;
  const variant = textAt(line, 'function_name') ?? '';
  for (const [index, branch] of listAt(line, 'branches').entries()) {
    if (isExcluded(branch)) continue;
    file.branch(
      number,
      `${variant} ${numberAt(branch, 'branchno') ?? index}`,
      (numberAt(branch, 'count') ?? 0) > 0,
    );
  }
}

function readFile(path: string, data: unknown, sink: ReportSink): void {
  const file = sink.coveredFile(path);
  const listed = { covered: 0, total: 0 };
  for (const line of listAt(data, 'lines')) readLine(file, line, listed);
  file.lineFigure(listed.covered, listed.total);
  for (const entry of listAt(data, 'functions')) {
    const name = textAt(entry, 'name') ?? textAt(entry, 'demangled_name');
    if (name === null || isExcluded(entry)) continue;
    file.function(`${numberAt(entry, 'lineno') ?? ''} ${name}`, numberAt(entry, 'execution_count') ?? 0);
  }
}

/** gcovr's JSON. */
export const gcovr: JsonFormat = {
  format: 'gcovr',
  title: 'gcovr JSON',
  kind: 'coverage',
  unit: 'lines that can run; a line that several functions share (templates) counts once for each, as in gcovr',
  wellKnownNames: ['**/gcovr*.json'],
  specification: 'https://gcovr.com/en/stable/output/json.html',
  producers: [{ tool: 'gcovr', option: '--json gcovr.json' }],
  syntax: 'json',
  lists: ['files[]'],
  detect: (value) => valueAt(value, 'gcovr/format_version') !== undefined && has(value, 'files', 'list'),
  read(value, sink) {
    let nameless = 0;
    for (const data of itemsAt(value, 'files')) {
      const path = textAt(data, 'file');
      if (path === null) nameless += 1;
      else readFile(path, data, sink);
    }
    if (nameless > 0) sink.warn(`entries that are not the coverage of a file are ignored: ${nameless}`);
  },
};
