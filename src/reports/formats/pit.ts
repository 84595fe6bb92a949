import type { ReportSink, XmlElement, XmlFormat, XmlHandler } from '../format.ts';
import { countFromText } from './shared/count-from-text.ts';
import { createMutants, type MutantFate, type Mutants } from './shared/mutants.ts';

// https://github.com/hcoles/pitest/blob/master/pitest/src/main/java/org/pitest/mutationtest/DetectionStatus.java
const fates = new Map<string, MutantFate>([
  ['KILLED', 'detected'],
  ['TIMED_OUT', 'detected'],
  ['MEMORY_ERROR', 'detected'],
  ['RUN_ERROR', 'detected'],
  ['NON_VIABLE', 'detected'],
  ['SURVIVED', 'survived'],
  ['NO_COVERAGE', 'uncovered'],
]);

const texts: ReadonlySet<string> = new Set([
  'sourceFile',
  'mutatedClass',
  'mutatedMethod',
  'lineNumber',
  'mutator',
  'description',
]);

/** The path of a class's source below the source folder: packages are folders. */
function pathOf(className: string, sourceFile: string): string | null {
  if (sourceFile === '') return null;
  const dot = className.lastIndexOf('.');
  return dot < 0 ? sourceFile : `${className.slice(0, dot).replaceAll('.', '/')}/${sourceFile}`;
}

class PitReader implements XmlHandler {
  private readonly sink: ReportSink;
  private readonly mutants: Mutants;
  private readonly found = new Map<string, string>();
  private fate: MutantFate = 'invalid';
  private unfinished = 0;

  constructor(sink: ReportSink) {
    this.sink = sink;
    this.mutants = createMutants(sink);
  }

  open(element: XmlElement): void {
    if (element.name === 'mutation') this.openMutation(element);
    else if (texts.has(element.name)) element.keepText(2_000);
  }

  close(name: string, text: string): void {
    if (texts.has(name)) this.found.set(name, text.trim().replace(/\s+/g, ' '));
    else if (name === 'mutation') this.closeMutation();
  }

  end(): void {
    this.mutants.end('PIT');
    if (this.unfinished > 0) this.sink.incomplete(`mutants that PIT did not finish: ${this.unfinished}`);
  }

  private openMutation(element: XmlElement): void {
    this.found.clear();
    const status = element.attribute('status')?.toUpperCase() ?? '';
    const byFlag = element.attribute('detected')?.toLowerCase() === 'true' ? 'detected' : 'invalid';
    this.fate = fates.get(status) ?? byFlag;
    if (this.fate === 'invalid') this.unfinished += 1;
  }

  private closeMutation(): void {
    const className = this.textOf('mutatedClass');
    const mutator = this.textOf('mutator');
    const line = countFromText(this.textOf('lineNumber'));
    this.mutants.add({
      tool: 'PIT',
      fate: this.fate,
      rule: mutator.slice(mutator.lastIndexOf('.') + 1),
      message: this.textOf('description'),
      path: pathOf(className, this.textOf('sourceFile')),
      line,
      endLine: null,
      column: null,
    });
  }

  private textOf(name: string): string {
    return this.found.get(name) ?? '';
  }
}

/** PIT's mutation report. */
export const pit: XmlFormat = {
  format: 'pit',
  title: 'PIT mutations',
  kind: 'findings',
  alsoKind: 'metrics',
  wellKnownNames: ['**/pit-reports/**/mutations.xml', '**/pitest/mutations.xml', '**/mutations.xml'],
  specification: 'https://pitest.org/quickstart/basic_concepts/',
  producers: [
    { tool: 'Maven', option: 'pitest:mutationCoverage -DoutputFormats=XML' },
    { tool: 'Gradle', option: "pitest { outputFormats = ['XML'] }" },
  ],
  syntax: 'xml',
  detect: ({ name, firstChild }) =>
    name === 'mutations' && (firstChild === null || firstChild === 'mutation'),
  read: (sink) => new PitReader(sink),
};
