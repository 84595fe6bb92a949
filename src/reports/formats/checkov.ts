import type { JsonFormat, ReportSink } from '../format.ts';
import { blankFinding } from './shared/blank-finding.ts';
import { readEntries, sayIfFewerAreListed, someLookLike } from './shared/json-entries.ts';
import {
  anyTextAt,
  has,
  isJsonObject,
  isList,
  listAt,
  listOf,
  numberAt,
  textAt,
  valueAt,
} from './shared/json-value.ts';
import { severityOfSecurityWord } from './shared/severity-scales.ts';

/** What one runner (Terraform, Kubernetes, secrets, …) writes. */
function isRun(value: unknown): boolean {
  return has(value, 'check_type', 'string') && has(value, 'results', 'object');
}

/** Without anything to check, Checkov writes the numbers alone. */
function isSummary(value: unknown): boolean {
  return ['passed', 'failed', 'skipped'].every((key) => has(value, key, 'number'));
}

/** Paths begin with the slash of the folder that was checked. */
function pathOf(check: unknown): string | null {
  const path = textAt(check, 'repo_file_path') ?? textAt(check, 'file_path');
  return path?.replace(/^\/+/, '') ?? null;
}

function readCheck(check: unknown, suppressed: boolean, sink: ReportSink): void {
  const rule = anyTextAt(check, 'check_id', 'bc_check_id');
  const resource = textAt(check, 'resource');
  const [line, endLine] = listAt(check, 'file_line_range');
  sink.finding(
    {
      ...blankFinding,
      category: 'security',
      tool: 'Checkov',
      rule,
      ruleUrl: textAt(check, 'guideline'),
      // Only with an API key of its maker does Checkov know severities.
      severity: severityOfSecurityWord(textAt(check, 'severity')),
      message: `${anyTextAt(check, 'check_name') || rule}${resource === null ? '' : ` (${resource})`}`,
      description: anyTextAt(check, 'description', 'short_description'),
      path: pathOf(check),
      line: numberAt({ line }, 'line'),
      endLine: numberAt({ endLine }, 'endLine'),
      suppressed,
    },
    null,
  );
}

function readChecks(run: unknown, key: string, sink: ReportSink): number {
  let listed = 0;
  const read = (check: unknown): void => {
    listed += 1;
    readCheck(check, key === 'skipped_checks', sink);
  };
  const keys = ['check_id', 'bc_check_id', 'check_name'];
  readEntries(valueAt(run, 'results', key), { what: 'checks', keys, read }, sink);
  return listed;
}

function readRun(run: unknown, sink: ReportSink): void {
  for (const file of listAt(run, 'results', 'parsing_errors'))
    sink.incomplete(`Checkov could not read ${typeof file === 'string' ? file : 'a file'}`);
  const listed = readChecks(run, 'failed_checks', sink);
  readChecks(run, 'skipped_checks', sink);
  const counted = numberAt(run, 'summary', 'failed') ?? numberAt(run, 'failed');
  sayIfFewerAreListed({ counted, listed, what: 'failed checks' }, sink);
}

/** Checkov's JSON: one runner, or a list of them. */
export const checkov: JsonFormat = {
  format: 'checkov',
  title: 'Checkov JSON',
  kind: 'findings',
  wellKnownNames: ['**/checkov*.json', '**/results_json.json'],
  specification: 'https://www.checkov.io/2.Basics/Reviewing%20Scan%20Results.html',
  producers: [{ tool: 'Checkov', option: '--output json --output-file-path .' }],
  syntax: 'json',
  lists: [
    '[]',
    'results.failed_checks[]',
    'results.skipped_checks[]',
    '[].results.failed_checks[]',
    '[].results.skipped_checks[]',
  ],

  detect(value) {
    if (Array.isArray(value)) return someLookLike(listOf(value), isRun);
    return isRun(value) || (isSummary(value) && has(value, 'checkov_version', 'string'));
  },

  read(value, sink) {
    for (const run of isList(value) ? value : [value]) {
      if (isRun(run) || isSummary(run)) readRun(run, sink);
      else sink.incomplete(`${isJsonObject(run) ? 'the part of a runner' : 'an entry'} could not be read`);
    }
  },
};
