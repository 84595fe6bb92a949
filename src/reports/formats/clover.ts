import type { FileCoverageSink, ReportSink, XmlElement, XmlFormat, XmlHandler } from '../format.ts';
import { countFromText } from './shared/count-from-text.ts';

interface Condition {
  readonly line: number;
  /** How often the line ran; null where the tool leaves that to the outcomes. */
  readonly hits: number | null;
  readonly whenTrue: number;
  readonly whenFalse: number;
}

interface Counted {
  readonly covered: number;
  readonly total: number;
}

/** The branches of a condition, and how often it ran. */
interface Outcome extends Counted {
  readonly hits: number;
}

interface OpenFile {
  readonly sink: FileCoverageSink;
  readonly methods: { readonly line: number; readonly hits: number }[];
  readonly conditions: Condition[];
  statements: number;
  stated: ReadonlyMap<string, Counted>;
}

const metricNames = ['statements', 'conditionals', 'methods'] as const;

function count(element: XmlElement, name: string): number {
  return Math.max(0, countFromText(element.attribute(name)) ?? 0);
}

function conditionOf(element: XmlElement, line: number): Condition {
  return {
    line,
    hits: element.attribute('count') === null ? null : count(element, 'count'),
    whenTrue: count(element, 'truecount'),
    whenFalse: count(element, 'falsecount'),
  };
}

function metricsOf(element: XmlElement): ReadonlyMap<string, Counted> {
  const metrics = new Map<string, Counted>();
  for (const name of metricNames) {
    if (element.attribute(name) === null) continue;
    metrics.set(name, { covered: count(element, `covered${name}`), total: count(element, name) });
  }
  return metrics;
}

// `truecount` and `falsecount` are how often a condition had each outcome.
function byOutcome({ whenTrue, whenFalse }: Condition): Outcome {
  return { covered: Math.min(1, whenTrue) + Math.min(1, whenFalse), total: 2, hits: whenTrue + whenFalse };
}

// Istanbul writes how many branches were covered and how many were not.
// https://github.com/istanbuljs/istanbuljs/blob/main/packages/istanbul-reports/lib/clover/index.js
function byNumber({ whenTrue, whenFalse }: Condition): Outcome {
  return { covered: whenTrue, total: whenTrue + whenFalse, hits: whenTrue };
}

function sums(
  conditions: readonly Condition[],
  read: (condition: Condition) => Counted,
  stated: Counted,
): boolean {
  const counts = conditions.map(read);
  const total = counts.reduce((sum, one) => sum + one.total, 0);
  return total === stated.total && counts.reduce((sum, one) => sum + one.covered, 0) === stated.covered;
}

function closeFile(file: OpenFile): void {
  const { sink, conditions, methods, stated } = file;
  const ofConditions = stated.get('conditionals');
  const numbers = ofConditions !== undefined && !sums(conditions, byOutcome, ofConditions);
  const read = numbers && sums(conditions, byNumber, ofConditions) ? byNumber : byOutcome;
  for (const condition of conditions) {
    const { covered, total, hits } = read(condition);
    sink.branches(condition.line, covered, total);
    sink.line(condition.line, condition.hits ?? hits);
  }
  // Some tools count the line of a method's head as a statement and write it as a method only.
  const ofStatements = stated.get('statements')?.total ?? 0;
  if (methods.length > 0 && ofStatements === file.statements + methods.length) {
    for (const { line, hits } of methods) sink.line(line, hits);
  }
  statedOf(file);
}

/**
 * Numbers of a file for which it lists nothing. PHPUnit's `coveredmethods` mean something else than its method lines.
 */
function statedOf({ sink, statements, conditions, methods, stated }: OpenFile): void {
  const parts = [
    ['lines', 'statements', statements],
    ['branches', 'conditionals', conditions.length],
    ['functions', 'methods', methods.length],
  ] as const;
  for (const [part, metric, listed] of parts) {
    const counted = stated.get(metric);
    if (counted !== undefined && counted.total > 0 && listed === 0)
      sink.totals(part, counted.covered, counted.total);
  }
}

class CloverReader implements XmlHandler {
  private readonly sink: ReportSink;
  private readonly parents: string[] = [];
  private file: OpenFile | null = null;
  private project: ReadonlyMap<string, Counted> = new Map();
  private listsStatements = false;

  constructor(sink: ReportSink) {
    this.sink = sink;
  }

  open(element: XmlElement): void {
    const parent = this.parents.at(-1);
    this.parents.push(element.name);
    // The code of tests does not need coverage.
    if (this.parents[1] === 'testproject') return;
    if (element.name === 'line') this.openLine(element);
    else if (element.name === 'file') this.openFile(element);
    else if (element.name === 'metrics' && parent === 'file') {
      if (this.file !== null) this.file.stated = metricsOf(element);
    } else if (element.name === 'metrics' && parent === 'project') this.project = metricsOf(element);
  }

  close(name: string): void {
    this.parents.pop();
    if (name !== 'file' || this.file === null) return;
    closeFile(this.file);
    this.file = null;
  }

  end(): void {
    this.stateTotals('lines', 'statements');
    if (this.listsStatements) return;
    this.stateTotals('branches', 'conditionals');
    this.stateTotals('functions', 'methods');
  }

  private stateTotals(part: 'lines' | 'branches' | 'functions', metric: (typeof metricNames)[number]): void {
    const stated = this.project.get(metric);
    if (stated !== undefined && stated.total > 0)
      this.sink.coverageTotals(part, stated.covered, stated.total);
  }

  private openFile(element: XmlElement): void {
    const path = element.attribute('path') ?? element.attribute('name') ?? '';
    if (path === '') return;
    this.file = {
      sink: this.sink.coveredFile(path),
      methods: [],
      conditions: [],
      statements: 0,
      stated: new Map(),
    };
  }

  private openLine(element: XmlElement): void {
    const { file } = this;
    if (file === null) return;
    const line = count(element, 'num');
    const hits = count(element, 'count');
    const type = element.attribute('type');
    if (type === 'method') {
      file.methods.push({ line, hits });
      file.sink.function(
        `${line} ${element.attribute('name') ?? element.attribute('signature') ?? ''}`,
        hits,
      );
      return;
    }
    file.statements += 1;
    this.listsStatements = true;
    if (type === 'cond') file.conditions.push(conditionOf(element, line));
    else file.sink.line(line, hits);
  }
}

/**
 * Clover XML in the dialects of OpenClover, PHPUnit, Istanbul, gcovr and ReportGenerator. Statements count by their
 * lines.
 */
export const clover: XmlFormat = {
  format: 'clover',
  title: 'Clover XML',
  kind: 'coverage',
  unit: 'lines with statements, as often as the tool counts them',
  wellKnownNames: ['**/clover*.xml', '**/*clover.xml'],
  specification: 'https://bitbucket.org/openclover/clover/src/master/etc/schema/clover.xsd',
  producers: [
    { tool: 'PHPUnit, Pest', option: '--coverage-clover clover.xml' },
    { tool: 'OpenClover', option: 'clover-report, type xml' },
    { tool: 'Istanbul, Jest, Vitest, c8', option: 'reporter clover' },
  ],
  syntax: 'xml',
  detect: (root) =>
    root.name === 'coverage' &&
    (root.firstChild === 'project' ||
      (root.attribute('generated') !== null && root.attribute('line-rate') === null)),
  read: (sink) => new CloverReader(sink),
};
