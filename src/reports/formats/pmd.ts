import type { Severity } from '../../model/findings.ts';
import type { RawFinding } from '../collect/findings.ts';
import type { XmlElement, XmlFormat } from '../format.ts';
import { blankFinding } from './shared/blank-finding.ts';
import { countFromText } from './shared/count-from-text.ts';

// docs.pmd-code.org/latest/pmd_userdocs_extending_rule_guidelines.html: 1 "change absolutely required" to 5 "optional".
const severityOf = new Map<string, Severity>([
  ['1', 'critical'],
  ['2', 'high'],
  ['3', 'medium'],
  ['4', 'low'],
  ['5', 'info'],
]);

function findingOf(element: XmlElement, path: string | null): RawFinding {
  const ruleset = element.attribute('ruleset') ?? '';
  return {
    ...blankFinding,
    category: ruleset === 'Security' ? 'security' : 'quality',
    tool: 'PMD',
    rule: element.attribute('rule') ?? '',
    ruleUrl: element.attribute('externalInfoUrl'),
    severity: severityOf.get(element.attribute('priority') ?? '') ?? 'unknown',
    path,
    line: countFromText(element.attribute('beginline')),
    endLine: countFromText(element.attribute('endline')),
    column: countFromText(element.attribute('begincolumn')),
  };
}

/** PMD's XML. */
export const pmd: XmlFormat = {
  format: 'pmd',
  title: 'PMD XML',
  kind: 'findings',
  wellKnownNames: ['**/target/pmd.xml', '**/build/reports/pmd/*.xml'],
  specification: 'https://docs.pmd-code.org/latest/pmd_userdocs_report_formats.html#xml',
  producers: [
    { tool: 'PMD', option: 'check -f xml -r pmd.xml' },
    { tool: 'PHPMD', option: 'xml' },
  ],
  syntax: 'xml',

  detect(root) {
    return root.name === 'pmd';
  },

  read(sink) {
    let path: string | null = null;
    let finding: RawFinding | null = null;
    return {
      open(element) {
        if (element.name === 'file') path = element.attribute('name');
        else if (element.name === 'violation') {
          finding = findingOf(element, path);
          element.keepText(4_000);
        } else if (element.name === 'error')
          sink.incomplete(
            `PMD could not check ${element.attribute('filename') ?? 'a file'}: ${element.attribute('msg') ?? ''}`,
          );
      },
      close(name, text) {
        if (name !== 'violation' || finding === null) return;
        sink.finding({ ...finding, message: text.trim() }, null);
        finding = null;
      },
      end() {
        finding = null;
      },
    };
  },
};
