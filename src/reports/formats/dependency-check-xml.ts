import type { ReportSink, XmlElement, XmlFormat, XmlHandler } from '../format.ts';
import {
  checkedDependency,
  readDependencyCheckVulnerability,
} from './shared/dependency-check-vulnerability.ts';

const maxTextCharacters = 8_000;

/** A vulnerability in the names of the JSON form. */
interface Vulnerability {
  readonly name: string;
  readonly severity: string;
  readonly description: string;
  readonly cvssv2: { readonly score: string };
  readonly cvssv3: { readonly baseScore: string };
  readonly cwes: readonly string[];
  readonly references: readonly { readonly url: string }[];
}

const nothing: Vulnerability = {
  name: '',
  severity: '',
  description: '',
  cvssv2: { score: '' },
  cvssv3: { baseScore: '' },
  cwes: [],
  references: [],
};

/** By the names of the elements below the vulnerability. */
const fields: ReadonlyMap<string, (before: Vulnerability, text: string) => Vulnerability> = new Map([
  ['name', (before, text) => ({ ...before, name: text })],
  ['severity', (before, text) => ({ ...before, severity: text })],
  ['description', (before, text) => ({ ...before, description: text })],
  ['cvssScore', (before, text) => ({ ...before, cvssv2: { score: text } })],
  ['cvssV2/score', (before, text) => ({ ...before, cvssv2: { score: text } })],
  ['cvssV3/baseScore', (before, text) => ({ ...before, cvssv3: { baseScore: text } })],
  ['cwe', (before, text) => ({ ...before, cwes: [...before.cwes, text] })],
  ['cwes/cwe', (before, text) => ({ ...before, cwes: [...before.cwes, text] })],
  [
    'references/reference/url',
    (before, text) => ({ ...before, references: [...before.references, { url: text }] }),
  ],
]);

const vulnerabilityElements = new Set(['vulnerability', 'suppressedVulnerability']);

class DependencyReader implements XmlHandler {
  readonly #sink: ReportSink;
  #dependency = { isVirtual: '', fileName: '', filePath: '' };
  /** Names of the open elements below the dependency, and below the vulnerability. */
  #path: string[] = [];
  #vulnerability: Vulnerability | null = null;

  constructor(sink: ReportSink) {
    this.#sink = sink;
  }

  open(element: XmlElement): void {
    if (element.name === 'dependency') {
      this.#dependency = { isVirtual: element.attribute('isVirtual') ?? '', fileName: '', filePath: '' };
      this.#path = [];
    } else if (this.#vulnerability === null && vulnerabilityElements.has(element.name)) {
      this.#vulnerability = nothing;
      this.#path = [];
    } else this.#path.push(element.name);
    if (this.#keeps(element.name)) element.keepText(maxTextCharacters);
  }

  close(name: string, text: string): void {
    const path = this.#path.join('/');
    const trimmed = text.trim();
    if (this.#vulnerability !== null) this.#closeInVulnerability(name, path, trimmed);
    else if (path === 'fileName' || path === 'filePath')
      this.#dependency = { ...this.#dependency, [path]: trimmed };
    else if (name === 'message' && path.includes('analysisExceptions'))
      this.#sink.incomplete(`Dependency-Check could not analyse everything: ${trimmed}`);
    this.#path.pop();
  }

  end(): void {
    this.#vulnerability = null;
  }

  #keeps(name: string): boolean {
    const path = this.#path.join('/');
    if (this.#vulnerability !== null) return fields.has(path);
    return ['fileName', 'filePath', 'message'].includes(name);
  }

  #closeInVulnerability(name: string, path: string, text: string): void {
    if (this.#vulnerability === null) return;
    const field = fields.get(path);
    if (field !== undefined) this.#vulnerability = field(this.#vulnerability, text);
    if (path !== '' || !vulnerabilityElements.has(name)) return;
    const place = { dependency: checkedDependency(this.#dependency), suppressed: name !== 'vulnerability' };
    readDependencyCheckVulnerability(this.#vulnerability, place, this.#sink);
    this.#vulnerability = null;
    this.#path = ['vulnerabilities', name];
  }
}

/** OWASP Dependency-Check's XML. */
export const dependencyCheckXml: XmlFormat = {
  format: 'dependency-check-xml',
  title: 'OWASP Dependency-Check XML',
  kind: 'findings',
  wellKnownNames: ['**/dependency-check-report.xml'],
  specification:
    'https://github.com/dependency-check/DependencyCheck/blob/main/core/src/main/resources/schema/dependency-check.2.5.xsd',
  producers: [{ tool: 'Dependency-Check', option: '--format XML' }],
  syntax: 'xml',

  detect(root) {
    return (
      root.name === 'analysis' &&
      (root.namespace?.includes('dependency-check') === true || root.firstChild === 'scanInfo')
    );
  },

  read(sink) {
    return new DependencyReader(sink);
  },
};
