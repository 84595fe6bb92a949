import type { ReportSink, XmlElement, XmlFormat } from '../format.ts';
import { blankFinding } from './shared/blank-finding.ts';
import { severityOfLinterWord } from './shared/severity-scales.ts';

const checkstylePackage = 'com.puppycrawl.tools.checkstyle.';

function numberIn(element: XmlElement, name: string): number | null {
  const text = element.attribute(name)?.trim() ?? '';
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}

// Checkstyle's own sources are class names, ESLint writes `eslint.rules.semi`: the last part is what the reader knows.
// Others (PHP's `Standard.Sniff.Name`) stay as they are.
function ruleOf(source: string): string {
  if (source.startsWith(checkstylePackage))
    return source.slice(source.lastIndexOf('.') + 1).replace(/Check$/, '');
  return source.replace(/^(?:eslint|stylelint)\.rules\./, '');
}

const tools: readonly (readonly [string, string])[] = [
  [checkstylePackage, 'Checkstyle'],
  ['eslint.rules.', 'ESLint'],
  ['stylelint.rules.', 'Stylelint'],
  ['detekt.', 'detekt'],
  ['org.scalastyle.', 'Scalastyle'],
];

function toolOf(source: string): string {
  return tools.find(([prefix]) => source.startsWith(prefix))?.[1] ?? '';
}

function readError(element: XmlElement, path: string | null, sink: ReportSink): void {
  const source = element.attribute('source') ?? element.attribute('rule') ?? '';
  sink.finding(
    {
      ...blankFinding,
      tool: toolOf(source),
      rule: ruleOf(source),
      // checkstyle.org/property_types.html#SeverityLevel: ignore, info, warning, error; "ignore" is never written.
      severity: severityOfLinterWord(element.attribute('severity') ?? 'error'),
      message: element.attribute('message') ?? '',
      path,
      line: numberIn(element, 'line'),
      column: numberIn(element, 'column'),
    },
    null,
  );
}

/** Checkstyle's XML, which linters of every language write. */
export const checkstyle: XmlFormat = {
  format: 'checkstyle',
  title: 'Checkstyle XML',
  kind: 'findings',
  wellKnownNames: ['**/checkstyle*.xml', '**/*-checkstyle.xml', '**/phpstan*.xml', '**/detekt.xml'],
  specification: 'https://checkstyle.org/',
  producers: [
    { tool: 'Checkstyle', option: '-f xml -o checkstyle-result.xml' },
    { tool: 'PHP_CodeSniffer', option: '--report=checkstyle' },
    { tool: 'ktlint', option: '--reporter=checkstyle' },
    { tool: 'ShellCheck', option: '-f checkstyle' },
    { tool: 'detekt', option: '--report xml:detekt.xml' },
    { tool: 'PHPStan', option: '--error-format=checkstyle' },
    { tool: 'SwiftLint', option: '--reporter checkstyle' },
  ],
  syntax: 'xml',

  detect(root) {
    return root.name === 'checkstyle';
  },

  read(sink) {
    let path: string | null = null;
    return {
      open(element) {
        if (element.name === 'file') path = element.attribute('name');
        else if (element.name === 'error') readError(element, path, sink);
        else if (element.name === 'exception') element.keepText(2_000);
      },
      close(name, text) {
        if (name === 'file') path = null;
        else if (name === 'exception')
          sink.incomplete(`Checkstyle could not check ${path ?? 'a file'}: ${text.trim().slice(0, 300)}`);
      },
      end() {
        path = null;
      },
    };
  },
};
