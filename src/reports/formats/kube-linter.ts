import type { JsonFormat, ReportSink } from '../format.ts';
import { blankFinding } from './shared/blank-finding.ts';
import { readEntries, someLookLike } from './shared/json-entries.ts';
import { anyTextAt, has, isJsonObject, lengthOf, listAt, textAt, valueAt } from './shared/json-value.ts';

function isReport(value: unknown): boolean {
  return isJsonObject(value) && has(value, 'Diagnostic', 'object') && has(value, 'Check', 'string');
}

function objectName(report: unknown): string {
  const object = valueAt(report, 'Object', 'K8sObject');
  const kind = textAt(object, 'GroupVersionKind', 'Kind') ?? '';
  const name = [textAt(object, 'Namespace'), textAt(object, 'Name')]
    .filter((part) => part !== null)
    .join('/');
  return `${kind} ${name}`.trim();
}

function readReport(report: unknown, sink: ReportSink): void {
  const rule = anyTextAt(report, 'Check');
  const object = objectName(report);
  sink.finding(
    {
      ...blankFinding,
      category: 'security',
      tool: 'KubeLinter',
      rule,
      ruleUrl: null,
      // KubeLinter has no severities; in its SARIF every finding is an error.
      severity: 'high',
      message: `${textAt(report, 'Diagnostic', 'Message') ?? rule}${object === '' ? '' : ` (${object})`}`,
      description: anyTextAt(report, 'Remediation'),
      path: textAt(report, 'Object', 'Metadata', 'FilePath'),
    },
    null,
  );
}

/** KubeLinter's JSON. */
export const kubeLinter: JsonFormat = {
  format: 'kube-linter',
  title: 'KubeLinter JSON',
  kind: 'findings',
  wellKnownNames: ['**/kube-linter*.json', '**/kubelinter*.json'],
  specification: 'https://docs.kubelinter.io/#/using-kubelinter',
  producers: [{ tool: 'KubeLinter', option: 'lint --format json > kube-linter.json' }],
  syntax: 'json',
  lists: ['Reports[]'],

  detect(value) {
    if (someLookLike(listAt(value, 'Reports'), isReport)) return true;
    const reports = valueAt(value, 'Reports');
    return (
      (reports === null || Array.isArray(reports)) &&
      (textAt(value, 'Summary', 'ChecksStatus') !== null || has(value, 'Checks', 'list'))
    );
  },

  read(value, sink) {
    const reports = { what: 'reports', keys: ['Check'], read: readReport };
    readEntries(valueAt(value, 'Reports'), reports, sink);
    if (lengthOf(valueAt(value, 'Reports')) === 0 && textAt(value, 'Summary', 'ChecksStatus') === 'Failed')
      sink.failed('KubeLinter reports failed checks, but lists none of them');
  },
};
