import type { FileCoverageSink, ReportSink, XmlElement, XmlFormat, XmlHandler } from '../format.ts';
import { countFromText } from './shared/count-from-text.ts';

interface Counted {
  readonly covered: number;
  readonly total: number;
}

/** A line that gives its branches only by its `<condition>` children. */
interface BranchLine {
  readonly number: number;
  conditions: number;
  coveredShare: number;
}

/** `50% (1/2)`; some tools omit the percentage. */
function fraction(text: string | null): Counted | null {
  const found = text === null ? null : /(\d{1,9})\s*\/\s*(\d{1,9})/.exec(text);
  return found === null ? null : { covered: Number(found[1]), total: Number(found[2]) };
}

function rate(text: string | null): number {
  const value = text === null ? 0 : Number.parseFloat(text);
  return Number.isFinite(value) ? value : 0;
}

/** A line of a method: it counts only where the class lists no lines of its own, which are the same ones. */
interface MethodLine {
  readonly number: number;
  readonly hits: number;
  branches: Counted | null;
}

/** What coverage.py names on a line are the places that no test led to: line numbers, and words for exits. */
function missedBranches(text: string | null): readonly string[] {
  return text === null ? [] : text.split(',').flatMap((name) => (name.trim() === '' ? [] : [name.trim()]));
}

class CoberturaReader implements XmlHandler {
  private readonly sink: ReportSink;
  private file: FileCoverageSink | null = null;
  private className = '';
  private method: { readonly name: string; hits: number } | null = null;
  private methodLines: MethodLine[] = [];
  private methodLine: MethodLine | null = null;
  private hasOwnLines = false;
  private branchLine: BranchLine | null = null;
  private nameless = 0;

  constructor(sink: ReportSink) {
    this.sink = sink;
  }

  open(element: XmlElement): void {
    switch (element.name) {
      case 'line':
        this.openLine(element);
        break;
      case 'condition':
        this.openCondition(element);
        break;
      case 'class':
        this.openClass(element);
        break;
      case 'method':
        this.openMethod(element);
        break;
      case 'source':
        element.keepText(4_000);
        break;
      case 'coverage':
        if (element.depth === 0) this.openReport(element);
        break;
    }
  }

  close(name: string, text: string): void {
    switch (name) {
      case 'line':
        this.closeLine();
        break;
      case 'method':
        if (this.method !== null) this.file?.function(this.method.name, this.method.hits);
        this.method = null;
        break;
      case 'class':
        this.closeClass();
        break;
      case 'source':
        this.sink.sourceRoot(text.trim());
        break;
    }
  }

  end(): void {
    if (this.nameless > 0) {
      this.sink.warn(`classes with neither a file name nor a name are ignored: ${this.nameless}`);
    }
  }

  private openReport(element: XmlElement): void {
    for (const part of ['lines', 'branches'] as const) {
      const covered = countFromText(element.attribute(`${part}-covered`));
      const total = countFromText(element.attribute(`${part}-valid`));
      // Tools that do not measure branches write 0 of 0.
      if (covered !== null && total !== null && total > 0) this.sink.coverageTotals(part, covered, total);
    }
  }

  private openClass(element: XmlElement): void {
    this.className = element.attribute('name') ?? '';
    const written = element.attribute('filename') ?? '';
    const path = written.trim() === '' ? this.className : written;
    if (path === '') this.nameless += 1;
    this.file = path === '' ? null : this.sink.coveredFile(path);
    this.methodLines = [];
    this.hasOwnLines = false;
  }

  private openMethod(element: XmlElement): void {
    const name = `${this.className}.${element.attribute('name') ?? ''}${element.attribute('signature') ?? ''}`;
    const hits = countFromText(element.attribute('hits')) ?? Math.ceil(rate(element.attribute('line-rate')));
    this.method = { name, hits };
  }

  private openLine(element: XmlElement): void {
    if (this.file === null) return;
    const number = countFromText(element.attribute('number')) ?? 0;
    const hits = Math.max(0, countFromText(element.attribute('hits')) ?? 0);
    const branches = fraction(element.attribute('condition-coverage'));
    if (branches === null && element.attribute('branch')?.toLowerCase() === 'true') {
      this.branchLine = { number, conditions: 0, coveredShare: 0 };
    }
    if (this.method === null) {
      this.hasOwnLines = true;
      this.file.line(number, hits);
      if (branches !== null) this.file.branches(number, branches.covered, branches.total);
      this.nameMissed(number, branches, missedBranches(element.attribute('missing-branches')));
    } else {
      this.method.hits = Math.max(this.method.hits, hits);
      this.methodLine = { number, hits, branches };
      this.methodLines.push(this.methodLine);
    }
  }

  // Names that do not fit the numbers are none: some tools write what they like.
  private nameMissed(line: number, branches: Counted | null, names: readonly string[]): void {
    if (branches === null || names.length !== branches.total - branches.covered) return;
    for (const name of names) this.file?.branch(line, name, false);
  }

  private openCondition(element: XmlElement): void {
    if (this.branchLine === null) return;
    this.branchLine.conditions += 1;
    this.branchLine.coveredShare += Math.min(100, Math.max(0, rate(element.attribute('coverage')))) / 100;
  }

  // A condition of unknown size is taken as a jump: two ways.
  private closeLine(): void {
    const [line, ofMethod] = [this.branchLine, this.methodLine];
    this.branchLine = null;
    this.methodLine = null;
    if (line === null || line.conditions === 0) return;
    const branches = { covered: Math.round(2 * line.coveredShare), total: 2 * line.conditions };
    if (ofMethod === null) this.file?.branches(line.number, branches.covered, branches.total);
    else ofMethod.branches = branches;
  }

  private closeClass(): void {
    for (const { number, hits, branches } of this.hasOwnLines ? [] : this.methodLines) {
      this.file?.line(number, hits);
      if (branches !== null) this.file?.branches(number, branches.covered, branches.total);
    }
    this.methodLines = [];
    this.file = null;
  }
}

/**
 * Cobertura XML, the format that GitLab shows in diffs. Lines of several classes in one file are united; those of
 * methods are lines of their class already.
 */
export const cobertura: XmlFormat = {
  format: 'cobertura',
  title: 'Cobertura XML',
  kind: 'coverage',
  unit: 'lines that can run, as the tool counts them: once in each class that lists them where its totals do so',
  wellKnownNames: ['**/cobertura*.xml', '**/*cobertura.xml', '**/coverage.xml'],
  specification:
    'https://github.com/cobertura/cobertura/blob/master/cobertura/src/site/htdocs/xml/coverage-04.dtd',
  producers: [
    { tool: 'coverage.py', option: 'coverage xml' },
    { tool: 'pytest-cov', option: '--cov-report=xml' },
    { tool: 'Istanbul, Jest, Vitest, c8', option: 'reporter cobertura' },
    { tool: 'Coverlet', option: '--collect:"XPlat Code Coverage"' },
    { tool: 'gcovr', option: '--cobertura coverage.xml' },
    { tool: 'PHPUnit', option: '--coverage-cobertura coverage.xml' },
    { tool: 'gocover-cobertura', option: 'gocover-cobertura < coverage.out > coverage.xml' },
  ],
  syntax: 'xml',
  detect: (root) =>
    root.name === 'coverage' &&
    (root.firstChild === 'sources' ||
      root.firstChild === 'packages' ||
      ['line-rate', 'lines-valid', 'branch-rate'].some((name) => root.attribute(name) !== null)),
  read: (sink) => new CoberturaReader(sink),
};
