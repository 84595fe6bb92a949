import type { ReportSink, XmlElement, XmlFormat, XmlHandler } from '../format.ts';
import { countFromText } from './shared/count-from-text.ts';

function count(element: XmlElement, name: string): number | null {
  return countFromText(element.attribute(name));
}

class ScoverageReader implements XmlHandler {
  private readonly sink: ReportSink;
  private path = '';
  private className = '';
  private method = '';
  private methodHits: number | null = null;
  /** The place of a statement in its method: two of them may begin and end alike. */
  private nth = 0;
  private nameless = 0;

  constructor(sink: ReportSink) {
    this.sink = sink;
  }

  open(element: XmlElement): void {
    switch (element.name) {
      case 'statement':
        this.openStatement(element);
        break;
      case 'method':
        this.method = element.attribute('name') ?? '';
        this.methodHits = null;
        this.nth = 0;
        break;
      case 'class':
        this.path = element.attribute('filename') ?? '';
        this.className = element.attribute('name') ?? '';
        break;
      case 'scoverage':
        this.openReport(element);
        break;
    }
  }

  close(name: string): void {
    if (name === 'class') this.path = '';
    if (name !== 'method' || this.methodHits === null || this.path === '') return;
    this.sink.coveredFile(this.path).function(`${this.className} ${this.method}`, this.methodHits);
  }

  end(): void {
    if (this.nameless > 0) this.sink.warn(`statements without a file are ignored: ${this.nameless}`);
  }

  private openReport(element: XmlElement): void {
    const total = count(element, 'statement-count');
    const covered = count(element, 'statements-invoked');
    if (covered !== null && total !== null && total > 0)
      this.sink.coverageTotals('statements', covered, total);
  }

  private openStatement(element: XmlElement): void {
    if (element.attribute('ignored')?.toLowerCase() === 'true') return;
    const source = element.attribute('source') ?? '';
    if (source !== '') this.path = source;
    this.nth += 1;
    if (this.path === '') {
      this.nameless += 1;
      return;
    }
    const hits = count(element, 'invocation-count') ?? 0;
    const line = count(element, 'line');
    const id = `${this.className} ${this.method} ${count(element, 'start') ?? ''} ${this.nth}`;
    const file = this.sink.coveredFile(this.path);
    file.statements(id, 1, hits > 0);
    this.methodHits = Math.max(this.methodHits ?? 0, hits);
    if (line === null) return;
    file.line(line, hits);
    if (element.attribute('branch')?.toLowerCase() === 'true') file.branch(line, id, hits > 0);
  }
}

/** scoverage's XML. A branch is a statement that begins one. */
export const scoverage: XmlFormat = {
  format: 'scoverage',
  title: 'scoverage XML',
  kind: 'coverage',
  unit: 'statements, as scoverage counts them: expressions, several in a line',
  wellKnownNames: ['**/scoverage.xml'],
  specification: 'https://github.com/scoverage/scalac-scoverage-plugin',
  producers: [
    { tool: 'sbt-scoverage', option: 'sbt coverage test coverageReport' },
    { tool: 'Mill', option: 'mill foo.scoverage.xmlReport' },
  ],
  syntax: 'xml',
  detect: ({ name }) => name === 'scoverage',
  read: (sink) => new ScoverageReader(sink),
};
