import { createLineSpans, type LineSpans } from '../collect/line-spans.ts';
import type { FileCoverageSink, ReportSink, XmlElement, XmlFormat, XmlHandler } from '../format.ts';
import { countFromText } from './shared/count-from-text.ts';

type Coverage = 'covered' | 'partial' | 'missed';

const byWord = new Map<string, Coverage>([
  ['yes', 'covered'],
  ['partial', 'partial'],
  ['no', 'missed'],
]);
// The numbers of the older flavour: https://learn.microsoft.com/dotnet/api/microsoft.visualstudio.coverage.analysis.coveragestatus
const byNumber = new Map<string, Coverage>([
  ['0', 'covered'],
  ['1', 'partial'],
  ['2', 'missed'],
]);

/** The lines of one method, of which a line may hold several ranges. */
type MethodLines = Map<string, Coverage>;

interface Counted {
  covered: number;
  total: number;
}

interface Range {
  readonly source: string;
  readonly first: number;
  readonly last: number;
  readonly coverage: Coverage;
}

function worse(first: Coverage | undefined, second: Coverage): Coverage {
  if (first === undefined || first === second) return second;
  return 'partial';
}

const lineRoom = { base: 1_000_000, perRange: 200 } as const;

/** Ranges wait until the report names its files, which it does behind the code. */
class Sources {
  private readonly sink: ReportSink;
  private readonly spans: LineSpans;
  private ranges: Range[] = [];
  private counts = new Map<string, Counted>();
  private paths = new Map<string, string>();
  private room: number = lineRoom.base;
  private methods: { readonly source: string; readonly name: string; readonly ran: boolean }[] = [];

  constructor(sink: ReportSink, spans: LineSpans) {
    this.sink = sink;
    this.spans = spans;
  }

  name(id: string, path: string): void {
    this.paths.set(id, path);
  }

  /** Takes one method's ranges. The tool counts a line once in each method that it is of. */
  method(name: string, ranges: readonly Range[]): void {
    const [first] = ranges;
    if (first === undefined) return;
    const lines: MethodLines = new Map();
    for (const range of ranges) {
      this.ranges.push(range);
      const last = this.lastOf(range);
      for (let line = range.first; line <= last; line += 1) {
        const key = `${range.source} ${line}`;
        lines.set(key, worse(lines.get(key), range.coverage));
      }
    }
    for (const [key, coverage] of lines) this.countLine(key.slice(0, key.lastIndexOf(' ')), coverage);
    const ran = ranges.some(({ coverage }) => coverage !== 'missed');
    this.methods.push({ source: first.source, name, ran });
  }

  /** Gives what waited to the files, whose numbers hold for this module. */
  flush(): number {
    const files = new Map<string, FileCoverageSink>();
    for (const [id, path] of this.paths) if (path !== '') files.set(id, this.sink.coveredFile(path));
    let unplaced = 0;
    for (const { source, first, last, coverage } of this.ranges) {
      const file = files.get(source);
      if (file === undefined) unplaced += 1;
      else this.spans.mark(file, { first, last, hits: coverage === 'missed' ? 0 : 1 });
    }
    for (const [source, { covered, total }] of this.counts) files.get(source)?.lineFigure(covered, total);
    for (const { source, name, ran } of this.methods) files.get(source)?.function(name, ran ? 1 : 0);
    this.ranges = [];
    this.counts = new Map();
    this.paths = new Map();
    this.methods = [];
    return unplaced;
  }

  /**
   * A range of few bytes can name a million lines: those beyond what the number of ranges makes likely are not counted.
   */
  private lastOf({ first, last }: Range): number {
    this.room += lineRoom.perRange;
    const length = last - first + 1;
    if (length < 1 || length > this.room) return first;
    this.room -= length;
    return last;
  }

  private countLine(source: string, coverage: Coverage): void {
    const count = this.counts.get(source) ?? { covered: 0, total: 0 };
    this.counts.set(source, count);
    count.total += 1;
    // A line that ran in part is not covered in Visual Studio's percentage.
    if (coverage === 'covered') count.covered += 1;
  }
}

/** Text of the older flavour's elements, which stand for columns of a table. */
const textElements: ReadonlySet<string> = new Set([
  'MethodKeyName',
  'LnStart',
  'LnEnd',
  'Coverage',
  'SourceFileID',
  'SourceFileName',
]);

class VisualStudioReader implements XmlHandler {
  private readonly sink: ReportSink;
  private readonly spans: LineSpans;
  private readonly sources: Sources;
  private method = '';
  private ranges: Range[] = [];
  private readonly texts = new Map<string, string>();
  private unplaced = 0;

  constructor(sink: ReportSink) {
    this.sink = sink;
    this.spans = createLineSpans(sink);
    this.sources = new Sources(sink, this.spans);
  }

  open(element: XmlElement): void {
    switch (element.name) {
      case 'function':
        this.method = `${element.attribute('type_name') ?? ''}.${element.attribute('name') ?? ''}`;
        break;
      case 'range':
        this.openRange(element);
        break;
      case 'source_file':
        this.sources.name(element.attribute('id') ?? '', element.attribute('path') ?? '');
        break;
      default:
        if (textElements.has(element.name)) element.keepText(4_000);
    }
  }

  close(name: string, text: string): void {
    if (textElements.has(name)) this.texts.set(name, text.trim());
    switch (name) {
      case 'Lines':
        this.closeLines();
        break;
      case 'SourceFileNames':
        this.sources.name(this.textOf('SourceFileID'), this.textOf('SourceFileName'));
        break;
      case 'MethodKeyName':
        this.method = text.trim();
        break;
      case 'function':
      case 'Method':
        this.closeMethod();
        break;
      case 'module':
        this.unplaced += this.sources.flush();
        break;
    }
  }

  end(): void {
    this.unplaced += this.sources.flush();
    this.spans.end();
    if (this.unplaced > 0)
      this.sink.incomplete(`ranges of files that the report does not name: ${this.unplaced}`);
  }

  private textOf(name: string): string {
    return this.texts.get(name) ?? '';
  }

  private openRange(element: XmlElement): void {
    const coverage = byWord.get(element.attribute('covered')?.toLowerCase() ?? '');
    const first = countFromText(element.attribute('start_line'));
    if (coverage === undefined || first === null) return;
    const last = countFromText(element.attribute('end_line')) ?? first;
    this.ranges.push({ source: element.attribute('source_id') ?? '', first, last, coverage });
  }

  private closeLines(): void {
    const coverage = byNumber.get(this.textOf('Coverage'));
    const first = countFromText(this.textOf('LnStart'));
    if (coverage === undefined || first === null) return;
    const last = countFromText(this.textOf('LnEnd')) ?? first;
    this.ranges.push({ source: this.textOf('SourceFileID'), first, last, coverage });
  }

  private closeMethod(): void {
    this.sources.method(this.method, this.ranges);
    this.ranges = [];
  }
}

/** Visual Studio's XML, in the flavour of CodeCoverage.exe and `dotnet-coverage`, and in the older one of the IDE. */
export const visualStudio: XmlFormat = {
  format: 'visual-studio',
  title: 'Visual Studio coverage XML',
  kind: 'coverage',
  unit: 'lines, once in each method; one that ran only in part is not covered, as in Visual Studio',
  wellKnownNames: ['**/*.coveragexml'],
  specification: 'https://learn.microsoft.com/dotnet/core/additional-tools/dotnet-coverage',
  producers: [
    { tool: 'dotnet-coverage', option: 'merge -f xml -o coverage.coveragexml *.coverage' },
    { tool: 'CodeCoverage.exe', option: 'analyze /output:coverage.coveragexml *.coverage' },
    { tool: 'Visual Studio', option: 'Export Results' },
  ],
  syntax: 'xml',
  detect: ({ name, firstChild }) =>
    name === 'CoverageDSPriv' || (name === 'results' && firstChild === 'modules'),
  read: (sink) => new VisualStudioReader(sink),
};
