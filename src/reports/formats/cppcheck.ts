import type { Severity } from '../../model/findings.ts';
import type { RawFinding } from '../collect/findings.ts';
import type { XmlElement, XmlFormat } from '../format.ts';
import { blankFinding } from './shared/blank-finding.ts';
import { countFromText } from './shared/count-from-text.ts';

// cppcheck.sourceforge.io/manual.html#severities
const severityOf = new Map<string, Severity>([
  ['error', 'high'],
  ['warning', 'medium'],
  ['style', 'low'],
  ['performance', 'low'],
  ['portability', 'low'],
  ['information', 'info'],
  ['debug', 'info'],
  ['none', 'info'],
]);

function placeOf(element: XmlElement): Pick<RawFinding, 'path' | 'line' | 'column'> {
  const file = element.attribute('file');
  return {
    path: file === '' ? null : file,
    line: countFromText(element.attribute('line')),
    column: countFromText(element.attribute('column')),
  };
}

function findingOf(element: XmlElement): RawFinding {
  const cwe = element.attribute('cwe');
  const message = element.attribute('msg') ?? '';
  const verbose = element.attribute('verbose') ?? '';
  return {
    ...blankFinding,
    tool: 'Cppcheck',
    rule: element.attribute('id') ?? '',
    severity: severityOf.get(element.attribute('severity') ?? '') ?? 'unknown',
    message,
    description: verbose === message ? '' : verbose,
    identifiers: cwe !== null && /^\d{1,6}$/.test(cwe) ? [`CWE-${cwe}`] : [],
    // Version 1 has the place in the error itself, version 2 in its locations.
    ...placeOf(element),
  };
}

/** Cppcheck's XML, versions 1 and 2. */
export const cppcheck: XmlFormat = {
  format: 'cppcheck',
  title: 'Cppcheck XML',
  kind: 'findings',
  wellKnownNames: ['**/cppcheck*.xml'],
  specification: 'https://cppcheck.sourceforge.io/manual.html#xml-output',
  producers: [{ tool: 'Cppcheck', option: '--xml --output-file=cppcheck.xml' }],
  syntax: 'xml',

  detect(root) {
    return root.name === 'results' && ['cppcheck', 'errors', 'error'].includes(root.firstChild ?? 'cppcheck');
  },

  read(sink) {
    let finding: RawFinding | null = null;
    return {
      open(element) {
        if (element.name === 'error') finding = findingOf(element);
        // The first location is where the problem is, the others are how it came there.
        else if (element.name === 'location' && finding?.path === null)
          finding = { ...finding, ...placeOf(element) };
      },
      close(name) {
        if (name !== 'error' || finding === null) return;
        // Cppcheck's words about itself (missing includes, too many configurations) have no place in the code.
        if (finding.path !== null || finding.severity !== 'info') sink.finding(finding, null);
        finding = null;
      },
      end() {
        finding = null;
      },
    };
  },
};
