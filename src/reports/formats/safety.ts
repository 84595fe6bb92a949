import type { JsonFormat, ReportSink } from '../format.ts';
import { blankFinding } from './shared/blank-finding.ts';
import { readEntries, sayIfFewerAreListed } from './shared/json-entries.ts';
import { anyTextAt, has, numberAt, textAt, textsAt, valueAt } from './shared/json-value.ts';
import { severityOfCvss, severityOfSecurityWord } from './shared/severity-scales.ts';

function readVulnerability(vulnerability: unknown, sink: ReportSink): void {
  const id = anyTextAt(vulnerability, 'vulnerability_id');
  const name = anyTextAt(vulnerability, 'package_name');
  const severity = valueAt(vulnerability, 'severity', 'cvssv3');
  const cve = textAt(vulnerability, 'CVE');
  const fixed = textsAt(vulnerability, 'fixed_versions');
  sink.finding(
    {
      ...blankFinding,
      category: 'security',
      tool: 'Safety',
      rule: id,
      ruleUrl: textAt(vulnerability, 'more_info_url'),
      severity:
        severityOfCvss(numberAt(severity, 'base_score')) ??
        severityOfSecurityWord(textAt(severity, 'base_severity')),
      message: `${cve ?? id} in ${`${name} ${anyTextAt(vulnerability, 'analyzed_version')}`.trim()}`,
      description: [
        anyTextAt(vulnerability, 'advisory'),
        fixed.length === 0 ? '' : `Fixed in ${fixed.join(', ')}.`,
      ]
        .filter((part) => part !== '')
        .join('\n\n'),
      identifiers: [...(cve === null ? [] : [cve]), ...(id === '' ? [] : [id])],
      suppressed: valueAt(vulnerability, 'ignored') === true,
    },
    ['safety', id, name].join('\u0000'),
  );
}

/** The JSON of `safety check`. */
export const safety: JsonFormat = {
  format: 'safety',
  title: 'Safety JSON',
  kind: 'findings',
  wellKnownNames: ['**/safety*.json'],
  specification:
    'https://docs.safetycli.com/safety-docs/output/output-options-and-recommendations/json-output',
  producers: [{ tool: 'Safety', option: 'check --output json > safety.json' }],
  syntax: 'json',
  lists: ['vulnerabilities[]', 'ignored_vulnerabilities[]'],

  detect(value) {
    return has(value, 'report_meta', 'object') && has(value, 'vulnerabilities', 'list');
  },

  read(value, sink) {
    let listed = 0;
    const read = (vulnerability: unknown): void => {
      if (valueAt(vulnerability, 'ignored') !== true) listed += 1;
      readVulnerability(vulnerability, sink);
    };
    const keys = ['vulnerability_id', 'package_name'];
    for (const key of ['vulnerabilities', 'ignored_vulnerabilities'])
      readEntries(valueAt(value, key), { what: 'vulnerabilities', keys, read }, sink);
    const counted = numberAt(value, 'report_meta', 'vulnerabilities_found');
    sayIfFewerAreListed({ counted, listed, what: 'vulnerabilities' }, sink);
  },
};
