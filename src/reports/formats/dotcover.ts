import { createLineSpans, type LineSpans } from '../collect/line-spans.ts';
import type { FileCoverageSink, ReportSink, XmlElement, XmlFormat, XmlHandler } from '../format.ts';
import { countFromText } from './shared/count-from-text.ts';

const MOST_FILES = 100_000;
const MOST_NAME = 2_000;

function count(element: XmlElement, name: string): number {
  return countFromText(element.attribute(name)) ?? 0;
}

class DotCoverReader implements XmlHandler {
  private readonly sink: ReportSink;
  private readonly spans: LineSpans;
  private readonly files = new Map<string, FileCoverageSink>();
  /** The names around a statement, outermost first: assembly, namespace, types, method. */
  private readonly names: string[] = [];
  private unplaced = 0;

  constructor(sink: ReportSink) {
    this.sink = sink;
    this.spans = createLineSpans(sink);
  }

  open(element: XmlElement): void {
    this.names.push((element.attribute('Name') ?? '').slice(0, MOST_NAME));
    if (element.name === 'Statement') this.openStatement(element);
    else if (element.name === 'File') this.openFile(element);
    else if (element.depth === 0) this.openReport(element);
  }

  close(): void {
    this.names.pop();
  }

  end(): void {
    this.spans.end();
    if (this.unplaced > 0) this.sink.warn(`statements without a file are ignored: ${this.unplaced}`);
  }

  private openReport(element: XmlElement): void {
    const total = count(element, 'TotalStatements');
    if (total > 0) this.sink.coverageTotals('statements', count(element, 'CoveredStatements'), total);
  }

  private openFile(element: XmlElement): void {
    const index = element.attribute('Index');
    const path = element.attribute('Name') ?? '';
    if (index !== null && path !== '' && this.files.size < MOST_FILES)
      this.files.set(index, this.sink.coveredFile(path));
  }

  private openStatement(element: XmlElement): void {
    const file = this.files.get(element.attribute('FileIndex') ?? '');
    if (file === undefined) {
      this.unplaced += 1;
      return;
    }
    const [first, last] = [count(element, 'Line'), count(element, 'EndLine')];
    const ran = element.attribute('Covered')?.toLowerCase() === 'true';
    const place = `${first} ${count(element, 'Column')} ${last} ${count(element, 'EndColumn')}`;
    file.statements(`${this.names.join(' ')} ${place}`, 1, ran);
    this.spans.mark(file, { first, last, hits: ran ? 1 : 0 });
  }
}

/**
 * dotCover's XML. The detailed one lists every statement; the other gives totals only. It says whether a statement ran,
 * not how often.
 */
export const dotcover: XmlFormat = {
  format: 'dotcover',
  title: 'dotCover XML',
  kind: 'coverage',
  unit: 'statements, as dotCover counts them',
  wellKnownNames: ['**/*dotcover*.xml', '**/*dotCover*.xml'],
  specification:
    'https://www.jetbrains.com/help/dotcover/Running_Coverage_Analysis_from_the_Command_LIne.html',
  producers: [{ tool: 'dotCover', option: '--reportType=DetailedXML' }],
  syntax: 'xml',
  detect: (root) =>
    root.name === 'Root' &&
    (root.attribute('DotCoverVersion') !== null || root.attribute('TotalStatements') !== null),
  read: (sink) => new DotCoverReader(sink),
};
