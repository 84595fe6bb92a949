import type { Finding, Severity } from '../model/findings.ts';
import { type ConvertTarget, lostCount } from './target.ts';

/** https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/sarif-v2.1.0-os.html#_Toc34317648 */
const levels: Readonly<Record<Severity, string>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
  unknown: 'warning',
};

/** The score that GitHub and GitLab read a severity from, since SARIF itself has only three levels. */
const scores: Readonly<Record<Severity, string | null>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.0',
  low: '2.0',
  info: '0.0',
  unknown: null,
};

/** CVE, CWE and the like are tags, as the tools write them. */
function propertiesOf({ severity, identifiers }: Finding): object {
  const score = scores[severity];
  const properties = {
    ...(score === null ? {} : { 'security-severity': score }),
    ...(identifiers.length === 0 ? {} : { tags: identifiers }),
  };
  return Object.keys(properties).length === 0 ? {} : { properties };
}

function resultOf(finding: Finding): object {
  const region =
    finding.line === null
      ? {}
      : {
          region: {
            startLine: finding.line,
            ...(finding.endLine === null ? {} : { endLine: finding.endLine }),
            ...(finding.column === null ? {} : { startColumn: finding.column }),
          },
        };
  const locations =
    finding.path === null
      ? []
      : [
          {
            physicalLocation: {
              artifactLocation: { uri: encodeURI(finding.path), uriBaseId: '%SRCROOT%' },
              ...region,
            },
          },
        ];
  return {
    ruleId: finding.rule === '' ? finding.tool : finding.rule,
    level: levels[finding.severity],
    message: { text: finding.message },
    locations,
    partialFingerprints: { 'herald/v1': finding.id },
    ...propertiesOf(finding),
    ...(finding.suppressed ? { suppressions: [{ kind: 'external' }] } : {}),
  };
}

function runOf(tool: string, findings: readonly Finding[]): object {
  const rules = new Map(findings.map(({ rule, ruleUrl }) => [rule === '' ? tool : rule, ruleUrl]));
  const described = [...rules].map(([id, helpUri]) => (helpUri === null ? { id } : { id, helpUri }));
  return { tool: { driver: { name: tool, rules: described } }, results: findings.map(resultOf) };
}

/** SARIF 2.1.0: one run per tool. */
export const sarifTarget: ConvertTarget = {
  name: 'sarif',
  title: 'SARIF 2.1.0',
  from: 'findings',
  keyword: 'sarif',
  write(report) {
    if (report.kind !== 'findings') return null;
    const byTool = new Map<string, Finding[]>();
    for (const finding of report.findings) {
      const tool = finding.tool === '' ? 'unknown' : finding.tool;
      const found = byTool.get(tool);
      if (found === undefined) byTool.set(tool, [finding]);
      else found.push(finding);
    }
    const runs = [...byTool].map(([tool, findings]) => runOf(tool, findings));
    const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs };
    return `${JSON.stringify(log, null, 2)}\n`;
  },
  losses(report) {
    if (report.kind !== 'findings') return [];
    const count = (is: (finding: Finding) => boolean): number => report.findings.filter(is).length;
    return [
      ...lostCount(
        count((it) => it.severity === 'unknown'),
        {
          one: 'finding without a severity is written as "warning"',
          other: 'findings without a severity are written as "warning"',
        },
      ),
      ...lostCount(
        count((it) => it.description !== ''),
        { one: 'explanation is omitted', other: 'explanations are omitted' },
      ),
      ...lostCount(
        count((it) => it.fix !== null),
        { one: 'fix is omitted', other: 'fixes are omitted' },
      ),
    ];
  },
};
