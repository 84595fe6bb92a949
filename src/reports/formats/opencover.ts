import { createLineSpans, type LineSpans } from '../collect/line-spans.ts';
import type { FileCoverageSink, ReportSink, XmlElement, XmlFormat, XmlHandler } from '../format.ts';
import { countFromText } from './shared/count-from-text.ts';

/** The line that compilers give to code that is in no line. */
const HIDDEN_LINE = 0xfeefee;
const MOST_FILES = 100_000;

function count(element: XmlElement, name: string): number {
  return countFromText(element.attribute(name)) ?? 0;
}

interface OpenMethod {
  name: string;
  file: FileCoverageSink | null;
  visited: boolean;
}

class OpenCoverReader implements XmlHandler {
  private readonly sink: ReportSink;
  private readonly spans: LineSpans;
  private readonly files = new Map<string, FileCoverageSink>();
  private method: OpenMethod | null = null;
  private stated: { readonly covered: number; readonly total: number } | null = null;
  private sessions = 0;
  private sessionDepth = 0;

  constructor(sink: ReportSink) {
    this.sink = sink;
    this.spans = createLineSpans(sink);
  }

  open(element: XmlElement): void {
    switch (element.name) {
      case 'SequencePoint':
        this.openPoint(element);
        break;
      case 'BranchPoint':
        this.openBranch(element);
        break;
      case 'Method':
        this.openMethod(element);
        break;
      case 'Name':
        element.keepText(2_000);
        break;
      case 'FileRef':
        if (this.method !== null) this.method.file = this.fileOf(element.attribute('uid'));
        break;
      case 'File':
        this.openFile(element);
        break;
      case 'CoverageSession':
        this.openSession(element);
        break;
      case 'Summary':
        if (element.depth === this.sessionDepth + 1) this.openSummary(element);
        break;
    }
  }

  close(name: string, text: string): void {
    if (name === 'Name' && this.method !== null) this.method.name = text;
    if (name !== 'Method') return;
    this.method?.file?.function(this.method.name, this.method.visited ? 1 : 0);
    this.method = null;
  }

  end(): void {
    this.spans.end();
    // Sessions over the same code cannot be added.
    if (this.stated !== null && this.sessions < 2)
      this.sink.coverageTotals('statements', this.stated.covered, this.stated.total);
  }

  private fileOf(uid: string | null): FileCoverageSink | null {
    return uid === null ? null : (this.files.get(uid) ?? null);
  }

  // Numbers of files hold for their session.
  private openSession(element: XmlElement): void {
    this.sessions += 1;
    this.sessionDepth = element.depth;
    this.files.clear();
  }

  private openMethod(element: XmlElement): void {
    // What the user excludes is listed without points.
    if (element.attribute('skippedDueTo') !== null) return;
    const visited = element.attribute('visited')?.toLowerCase() === 'true';
    this.method = { name: '', file: null, visited };
  }

  private openSummary(element: XmlElement): void {
    const total = count(element, 'numSequencePoints');
    if (total > 0) this.stated = { covered: count(element, 'visitedSequencePoints'), total };
  }

  private openFile(element: XmlElement): void {
    const uid = element.attribute('uid');
    const path = element.attribute('fullPath') ?? '';
    if (uid !== null && path !== '' && this.files.size < MOST_FILES)
      this.files.set(uid, this.sink.coveredFile(path));
  }

  private openPoint(element: XmlElement): void {
    const file = this.fileOf(element.attribute('fileid')) ?? this.method?.file ?? null;
    const first = count(element, 'sl');
    const hits = count(element, 'vc');
    if (this.method !== null) {
      this.method.file ??= file;
      this.method.visited ||= hits > 0;
    }
    if (file === null || first === 0 || first === HIDDEN_LINE) return;
    const last = count(element, 'el');
    const place = `${first} ${count(element, 'sc')} ${last} ${count(element, 'ec')} ${count(element, 'offset')}`;
    file.statements(`${this.method?.name ?? ''} ${place}`, 1, hits > 0);
    this.spans.mark(file, { first, last, hits });
  }

  private openBranch(element: XmlElement): void {
    const file = this.fileOf(element.attribute('fileid')) ?? this.method?.file ?? null;
    const line = count(element, 'sl');
    if (file === null || line === 0 || line === HIDDEN_LINE) return;
    const id = `${this.method?.name ?? ''} ${count(element, 'offset')} ${count(element, 'path')}`;
    file.branch(line, id, count(element, 'vc') > 0);
  }
}

/**
 * OpenCover's XML, which Coverlet and AltCover write too. Its figures count sequence points, which are the statements
 * of .NET; a point shows on every line that it spans. Several sessions may be under one root.
 */
export const opencover: XmlFormat = {
  format: 'opencover',
  title: 'OpenCover XML',
  kind: 'coverage',
  unit: 'statements: OpenCover’s sequence points, which may lie in one line or span several',
  wellKnownNames: ['**/*opencover*.xml', '**/OpenCover.xml'],
  specification: 'https://github.com/OpenCover/opencover/wiki/Reports',
  producers: [
    { tool: 'Coverlet', option: '/p:CoverletOutputFormat=opencover' },
    { tool: 'AltCover', option: '--reportFormat OpenCover' },
    { tool: 'OpenCover', option: '-output:opencover.xml' },
  ],
  syntax: 'xml',
  detect: ({ name, firstChild }) => name === 'CoverageSession' || firstChild === 'CoverageSession',
  read: (sink) => new OpenCoverReader(sink),
};
