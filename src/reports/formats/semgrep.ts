import type { FindingFix, Severity } from '../../model/findings.ts';
import type { JsonFormat, ReportSink } from '../format.ts';
import { blankFinding } from './shared/blank-finding.ts';
import { readEntries, someLookLike } from './shared/json-entries.ts';
import {
  anyTextAt,
  has,
  isJsonObject,
  listAt,
  numberAt,
  textAt,
  textsAt,
  valueAt,
} from './shared/json-value.ts';
import { severityOfLinterWord, severityOfSecurityWord } from './shared/severity-scales.ts';
import { linesOf, wholeLineFix } from './shared/whole-line-fix.ts';

// Without an account, Semgrep writes this in place of fingerprints and code.
const withheld = 'requires login';

function isResult(value: unknown): boolean {
  return (
    isJsonObject(value) &&
    has(value, 'check_id', 'string') &&
    has(value, 'path', 'string') &&
    has(value, 'extra', 'object')
  );
}

// semgrep.dev/docs/writing-rules/rule-syntax: CRITICAL, HIGH, MEDIUM, LOW, and the older ERROR, WARNING, INFO.
function severityOf(word: string): Severity {
  const linter = severityOfLinterWord(word);
  return linter === 'unknown' ? severityOfSecurityWord(word) : linter;
}

function textsOrText(value: unknown, key: string): readonly string[] {
  const text = textAt(value, key);
  return text === null ? textsAt(value, key) : [text];
}

function fixOf(result: unknown): FindingFix | null {
  const fix = valueAt(result, 'extra', 'fix');
  const lines = textAt(result, 'extra', 'lines');
  if (typeof fix !== 'string' || lines === withheld) return null;
  const startLine = numberAt(result, 'start', 'line');
  const edit = {
    startLine,
    startColumn: numberAt(result, 'start', 'col'),
    endLine: numberAt(result, 'end', 'line'),
    endColumn: numberAt(result, 'end', 'col'),
    text: fix,
  };
  return wholeLineFix(edit, linesOf(lines, startLine ?? 0));
}

function fingerprintOf(result: unknown): string | null {
  const print = textAt(result, 'extra', 'fingerprint');
  if (print === null || print === withheld) return null;
  return ['semgrep', anyTextAt(result, 'check_id'), anyTextAt(result, 'path'), print].join('\u0000');
}

function readResult(result: unknown, sink: ReportSink): void {
  const extra = valueAt(result, 'extra');
  const metadata = valueAt(extra, 'metadata');
  const cwe = textsOrText(metadata, 'cwe').map((text) => /CWE-\d+/i.exec(text.slice(0, 200))?.[0] ?? text);
  const isSecurity = cwe.length > 0 || textAt(metadata, 'category') === 'security';
  sink.finding(
    {
      ...blankFinding,
      category: isSecurity ? 'security' : 'quality',
      tool: 'Semgrep',
      rule: anyTextAt(result, 'check_id'),
      ruleUrl: textAt(metadata, 'source') ?? textAt(metadata, 'source-rule-url'),
      severity: severityOf(anyTextAt(extra, 'severity')),
      message: anyTextAt(extra, 'message'),
      path: textAt(result, 'path'),
      line: numberAt(result, 'start', 'line'),
      endLine: numberAt(result, 'end', 'line'),
      column: numberAt(result, 'start', 'col'),
      identifiers: cwe,
      fix: fixOf(result),
      suppressed: valueAt(extra, 'is_ignored') === true,
    },
    fingerprintOf(result),
  );
}

/** Semgrep's JSON, also written by Opengrep. */
export const semgrep: JsonFormat = {
  format: 'semgrep',
  title: 'Semgrep JSON',
  kind: 'findings',
  wellKnownNames: ['**/semgrep*.json'],
  specification: 'https://semgrep.dev/docs/semgrep-appsec-platform/json-and-sarif#json',
  producers: [{ tool: 'Semgrep', option: 'scan --json --output semgrep.json' }],
  syntax: 'json',
  lists: ['results[]'],

  detect(value) {
    const results = listAt(value, 'results');
    if (someLookLike(results, isResult)) return true;
    if (!has(value, 'results', 'list') || !has(value, 'errors', 'list')) return false;
    return has(value, 'paths', 'object') || Object.keys(value ?? {}).length === 2;
  },

  read(value, sink) {
    for (const error of listAt(value, 'errors')) {
      if (textAt(error, 'level') === 'error')
        sink.failed(
          `Semgrep could not check ${textAt(error, 'path') ?? 'a file'}: ${anyTextAt(error, 'message').slice(0, 200)}`,
        );
    }
    const entries = { what: 'results', keys: ['check_id', 'path'], read: readResult };
    readEntries(valueAt(value, 'results'), entries, sink);
  },
};
