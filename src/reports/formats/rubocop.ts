import type { Severity } from '../../model/findings.ts';
import type { JsonFormat, ReportSink } from '../format.ts';
import { blankFinding } from './shared/blank-finding.ts';
import { readEntries, sayIfFewerAreListed, someLookLike } from './shared/json-entries.ts';
import { anyTextAt, has, isJsonObject, listAt, numberAt, textAt, valueAt } from './shared/json-value.ts';
import { severityOfLinterWord } from './shared/severity-scales.ts';

// docs.rubocop.org/rubocop/configuration.html#severity: info, refactor, convention, warning, error, fatal.
function severityOf(word: string): Severity {
  return word === 'refactor' || word === 'convention' ? 'low' : severityOfLinterWord(word);
}

function isFile(value: unknown): boolean {
  return isJsonObject(value) && has(value, 'path', 'string') && has(value, 'offenses', 'list');
}

function readOffense(offense: unknown, path: string | null, sink: ReportSink): void {
  // What RuboCop corrected in this run has stopped being a problem.
  if (valueAt(offense, 'corrected') === true) return;
  const rule = anyTextAt(offense, 'cop_name');
  sink.finding(
    {
      ...blankFinding,
      category: rule.startsWith('Security/') ? 'security' : 'quality',
      tool: 'RuboCop',
      rule,
      severity: severityOf(anyTextAt(offense, 'severity')),
      message: anyTextAt(offense, 'message'),
      path,
      line: numberAt(offense, 'location', 'start_line') ?? numberAt(offense, 'location', 'line'),
      endLine: numberAt(offense, 'location', 'last_line'),
      column: numberAt(offense, 'location', 'start_column') ?? numberAt(offense, 'location', 'column'),
    },
    null,
  );
}

/** RuboCop's JSON; Standard and ERB Lint write it as well. */
export const rubocop: JsonFormat = {
  format: 'rubocop',
  title: 'RuboCop JSON',
  kind: 'findings',
  wellKnownNames: ['**/rubocop*.json'],
  specification: 'https://docs.rubocop.org/rubocop/formatters.html#json-formatter',
  producers: [{ tool: 'RuboCop', option: '--format json --out rubocop.json' }],
  syntax: 'json',
  lists: ['files[]', 'files[].offenses[]'],

  detect(value) {
    const files = listAt(value, 'files');
    if (files.length === 0)
      return has(value, 'files', 'list') && textAt(value, 'metadata', 'rubocop_version') !== null;
    return has(value, 'summary', 'object') && someLookLike(files, isFile);
  },

  read(value, sink) {
    let listed = 0;
    const readFile = (file: unknown): void => {
      const read = (offense: unknown): void => {
        listed += 1;
        readOffense(offense, textAt(file, 'path'), sink);
      };
      const offenses = { what: 'offenses', keys: ['message', 'cop_name'], read };
      readEntries(valueAt(file, 'offenses'), offenses, sink);
    };
    readEntries(valueAt(value, 'files'), { what: 'files', keys: ['path'], read: readFile }, sink);
    const counted = numberAt(value, 'summary', 'offense_count');
    sayIfFewerAreListed({ counted, listed, what: 'offenses' }, sink);
  },
};
