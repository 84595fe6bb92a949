import type { ReportSink, XmlElement, XmlFormat, XmlHandler } from '../format.ts';
import { inputFileOf, readCyclonedxVulnerability } from './shared/cyclonedx-vulnerability.ts';

const maxTextCharacters = 8_000;

interface MutableComponent {
  group: string;
  name: string;
  version: string;
}

interface Rating {
  severity?: string;
  score?: string;
  method?: string;
}

/** A vulnerability in the shape that the JSON form has. */
interface Vulnerability {
  readonly id: string;
  readonly description: string;
  readonly detail: string;
  readonly recommendation: string;
  readonly rejected: string;
  readonly source: { url: string };
  readonly analysis: { state: string };
  readonly ratings: Rating[];
  readonly cwes: string[];
  readonly references: { id: string }[];
  readonly advisories: { url: string }[];
  readonly affects: { ref: string }[];
}

function newVulnerability(ref: string | null): Vulnerability {
  return {
    id: '',
    description: '',
    detail: '',
    recommendation: '',
    rejected: '',
    source: { url: '' },
    analysis: { state: '' },
    ratings: [],
    cwes: [],
    references: [],
    advisories: [],
    affects: ref === null ? [] : [{ ref }],
  };
}

function lastRating(vulnerability: Vulnerability): Rating {
  const last = vulnerability.ratings.at(-1);
  if (last !== undefined) return last;
  const rating: Rating = {};
  vulnerability.ratings.push(rating);
  return rating;
}

/** By the names of the elements below `vulnerability`; 1.4 and newer, and the older vulnerability extension. */
const fields: ReadonlyMap<string, (vulnerability: Vulnerability, text: string) => void> = new Map([
  ['id', setter((it, text) => Object.assign(it, { id: text }))],
  ['source/url', setter((it, text) => Object.assign(it.source, { url: text }))],
  ['description', setter((it, text) => Object.assign(it, { description: text }))],
  ['detail', setter((it, text) => Object.assign(it, { detail: text }))],
  ['recommendation', setter((it, text) => Object.assign(it, { recommendation: text }))],
  ['recommendations/recommendation', setter((it, text) => Object.assign(it, { recommendation: text }))],
  ['rejected', setter((it, text) => Object.assign(it, { rejected: text }))],
  ['analysis/state', setter((it, text) => Object.assign(it.analysis, { state: text }))],
  ['ratings/rating/severity', setter((it, text) => Object.assign(lastRating(it), { severity: text }))],
  ['ratings/rating/method', setter((it, text) => Object.assign(lastRating(it), { method: text }))],
  ['ratings/rating/score', setter((it, text) => Object.assign(lastRating(it), { score: text }))],
  ['ratings/rating/score/base', setter((it, text) => Object.assign(lastRating(it), { score: text }))],
  ['cwes/cwe', setter((it, text) => it.cwes.push(text))],
  ['references/reference/id', setter((it, text) => it.references.push({ id: text }))],
  ['advisories/advisory/url', setter((it, text) => it.advisories.push({ url: text }))],
  ['affects/target/ref', setter((it, text) => it.affects.push({ ref: text }))],
]);

function setter(set: (vulnerability: Vulnerability, text: string) => unknown) {
  // An element of elements has no text of its own: the extension's `score` has a `base`.
  return (vulnerability: Vulnerability, text: string): void => {
    if (text !== '') set(vulnerability, text);
  };
}

class BillReader implements XmlHandler {
  readonly #sink: ReportSink;
  readonly #names: string[] = [];
  readonly #components = new Map<string, MutableComponent>();
  readonly #openComponents: MutableComponent[] = [];
  #vulnerability: { readonly value: Vulnerability; readonly depth: number } | null = null;
  #tool = '';
  #inputFile: string | null = null;
  #property = '';

  constructor(sink: ReportSink) {
    this.#sink = sink;
  }

  open(element: XmlElement): void {
    this.#names.push(element.name);
    const path = this.#path();
    if (this.#vulnerability !== null) {
      if (path === 'ratings/rating') this.#vulnerability.value.ratings.push({});
      else if (fields.has(path)) element.keepText(maxTextCharacters);
    } else if (element.name === 'vulnerability') {
      const value = newVulnerability(element.attribute('ref'));
      this.#vulnerability = { value, depth: this.#names.length };
    } else if (element.name === 'component') this.#openComponent(element);
    else if (element.name === 'property') {
      this.#property = element.attribute('name') ?? '';
      element.keepText(1_000);
    } else if (['group', 'name', 'version'].includes(element.name)) element.keepText(1_000);
  }

  close(name: string, text: string): void {
    const trimmed = text.trim();
    const path = this.#path();
    const isToolName = path.startsWith('bom/metadata/tools/') && name === 'name';
    this.#names.pop();
    if (this.#vulnerability !== null) this.#closeInVulnerability(path, trimmed);
    else if (name === 'component') this.#openComponents.pop();
    else if (isToolName) this.#tool ||= trimmed;
    else if (name === 'property') this.#inputFile ??= inputFileOf([{ name: this.#property, value: trimmed }]);
    else if (this.#names.at(-1) === 'component') this.#describeComponent(name, trimmed);
  }

  end(): void {
    this.#components.clear();
  }

  /** Names of the open elements, from the vulnerability on when there is one. */
  #path(): string {
    return this.#names.slice(this.#vulnerability?.depth ?? 0, 12).join('/');
  }

  #openComponent(element: XmlElement): void {
    const component = { group: '', name: '', version: '' };
    const ref = element.attribute('bom-ref') ?? element.attribute('ref');
    if (ref !== null) this.#components.set(ref, component);
    this.#openComponents.push(component);
  }

  #describeComponent(name: string, text: string): void {
    const component = this.#openComponents.at(-1);
    if (component === undefined) return;
    if (name === 'group') component.group = text;
    else if (name === 'version') component.version = text;
    else if (name === 'name') component.name = component.group === '' ? text : `${component.group}/${text}`;
  }

  #closeInVulnerability(path: string, text: string): void {
    if (this.#vulnerability === null) return;
    const { value, depth } = this.#vulnerability;
    if (this.#names.length >= depth) {
      fields.get(path)?.(value, text);
      return;
    }
    this.#vulnerability = null;
    const bill = {
      tool: this.#tool || 'CycloneDX',
      inputFile: this.#inputFile,
      components: this.#components,
    };
    readCyclonedxVulnerability(value, bill, this.#sink);
  }
}

/** CycloneDX bills of materials in XML, with the vulnerabilities of 1.4 and newer or of the older extension. */
export const cyclonedxXml: XmlFormat = {
  format: 'cyclonedx-xml',
  title: 'CycloneDX XML',
  kind: 'findings',
  wellKnownNames: ['**/*.cdx.xml', '**/bom.xml'],
  specification: 'https://cyclonedx.org/docs/1.6/xml/',
  producers: [{ tool: 'Grype', option: '-o cyclonedx' }],
  syntax: 'xml',

  detect(root) {
    return root.name === 'bom' && (root.namespace?.includes('cyclonedx.org') ?? false);
  },

  read(sink) {
    return new BillReader(sink);
  },
};
