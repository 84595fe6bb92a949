import type { FileCoverageSink, ReportSink, TextFormat } from '../format.ts';
import { countFromText } from './shared/count-from-text.ts';

type Part = 'lines' | 'branches' | 'functions';

const totalRecords = new Map<string, { readonly part: Part; readonly hit: boolean }>([
  ['LF', { part: 'lines', hit: false }],
  ['LH', { part: 'lines', hit: true }],
  ['BRF', { part: 'branches', hit: false }],
  ['BRH', { part: 'branches', hit: true }],
  ['FNF', { part: 'functions', hit: false }],
  ['FNH', { part: 'functions', hit: true }],
]);

const ignoredRecords = new Set(['', 'TN', 'VER', 'MCDC', 'MCF', 'MCH']);

// DA:<line>,<hits>[,<checksum>]
function readLine(file: FileCoverageSink, value: string): boolean {
  const comma = value.indexOf(',');
  if (comma < 0) return false;
  const second = value.indexOf(',', comma + 1);
  const line = countFromText(value.slice(0, comma));
  const hits = countFromText(value.slice(comma + 1, second < 0 ? value.length : second));
  if (line === null || hits === null) return false;
  file.line(line, hits);
  return true;
}

// BRDA:<line>,[e]<block>,<branch>,<taken or ->; a branch of version 2 may be an expression with commas.
function readBranch(file: FileCoverageSink, value: string): boolean {
  const first = value.indexOf(',');
  const last = value.lastIndexOf(',');
  const line = countFromText(value.slice(0, Math.max(0, first)));
  if (line === null || value.indexOf(',', first + 1) === last) return false;
  const taken = value.slice(last + 1).trim();
  const count = taken === '-' ? 0 : countFromText(taken);
  if (count === null) return false;
  file.branch(line, value.slice(first + 1, last), count > 0);
  return true;
}

// FN:<line>[,<last line>],<name>; names of templates have commas.
function readFunction(file: FileCoverageSink, value: string): boolean {
  const name = /^\s*-?\d+,(?:\d+,)?(.+)$/.exec(value)?.[1];
  if (name !== undefined) file.function(name, 0);
  return name !== undefined;
}

// FNDA:<hits>,<name>
function readFunctionHits(file: FileCoverageSink, value: string): boolean {
  const comma = value.indexOf(',');
  const hits = countFromText(value.slice(0, Math.max(0, comma)));
  if (hits === null) return false;
  file.function(value.slice(comma + 1), hits);
  return true;
}

class LcovReader {
  private readonly sink: ReportSink;
  private file: FileCoverageSink | null = null;
  private readonly found = new Map<Part, number>();
  private readonly hit = new Map<Part, number>();
  /** Functions of version 2: an index stands for a place in the code that may have several names. */
  private readonly places = new Map<string, string>();
  private unended = 0;
  private odd = 0;
  private firstOdd = 0;

  constructor(sink: ReportSink) {
    this.sink = sink;
  }

  line(text: string, number: number): void {
    const colon = text.indexOf(':');
    const record = colon < 0 ? text.trim() : text.slice(0, colon).trimStart();
    if (this.read(record, colon < 0 ? '' : text.slice(colon + 1))) return;
    if (this.odd === 0) this.firstOdd = number;
    this.odd += 1;
  }

  end(): void {
    if (this.file !== null) this.unended += 1;
    this.endRecord();
    if (this.unended > 0)
      this.sink.incomplete(`records without end_of_record: ${this.unended}; the file may be cut off`);
    if (this.odd > 0) {
      this.sink.warn(
        `lines that are not LCOV records are ignored: ${this.odd}, the first: line ${this.firstOdd}`,
      );
    }
  }

  private read(record: string, value: string): boolean {
    if (record === 'SF') return this.startRecord(value.trim());
    if (record === 'end_of_record') return this.endRecord();
    if (ignoredRecords.has(record) || record.startsWith('#')) return true;
    return this.file !== null && this.readOfFile(this.file, record, value);
  }

  private readOfFile(file: FileCoverageSink, record: string, value: string): boolean {
    switch (record) {
      case 'DA':
        return readLine(file, value);
      case 'BRDA':
        return readBranch(file, value);
      case 'FN':
        return readFunction(file, value);
      case 'FNDA':
        return readFunctionHits(file, value);
      case 'FNL':
        return this.readFunctionPlace(file, value);
      case 'FNA':
        return this.readFunctionAlias(file, value);
      default:
        return this.readTotal(record, value);
    }
  }

  private startRecord(path: string): boolean {
    // Files that were put one after another are cut off in the middle, too.
    if (this.file !== null) this.unended += 1;
    this.endRecord();
    if (path !== '') this.file = this.sink.coveredFile(path);
    return path !== '';
  }

  private endRecord(): boolean {
    for (const [part, found] of this.found) {
      if (found > 0) this.file?.totals(part, this.hit.get(part) ?? 0, found);
    }
    this.file = null;
    this.found.clear();
    this.hit.clear();
    this.places.clear();
    return true;
  }

  // FNL:<index>,<first line>[,<last line>]
  private readFunctionPlace(file: FileCoverageSink, value: string): boolean {
    const [index = '', line = ''] = value.split(',', 2);
    if (countFromText(line) === null) return false;
    const place = `line ${line}, ${index}`;
    this.places.set(index, place);
    file.function(place, 0);
    return true;
  }

  // FNA:<index>,<hits>,<name>
  private readFunctionAlias(file: FileCoverageSink, value: string): boolean {
    const [index = '', hits = ''] = value.split(',', 2);
    const place = this.places.get(index);
    if (place === undefined) return false;
    file.function(place, countFromText(hits) ?? 0);
    return true;
  }

  private readTotal(record: string, value: string): boolean {
    const known = totalRecords.get(record);
    const count = countFromText(value);
    if (known === undefined || count === null) return false;
    (known.hit ? this.hit : this.found).set(known.part, count);
    return true;
  }
}

/** LCOV's trace files, versions 1 and 2. Several records of one file are united. */
export const lcov: TextFormat = {
  format: 'lcov',
  title: 'LCOV trace file',
  kind: 'coverage',
  unit: 'lines with a DA record, each once; as often as they are listed where LF and LH count so',
  wellKnownNames: [
    '**/lcov.info',
    '**/*.lcov',
    '**/lcov/*.info',
    '**/coverage.info',
    '**/*.lcov.info',
    '**/cov.info',
    '**/_coverage_report.dat',
  ],
  specification: 'https://github.com/linux-test-project/lcov/blob/master/man/geninfo.1',
  producers: [
    { tool: 'lcov, geninfo', option: 'lcov --capture --output-file lcov.info' },
    { tool: 'Istanbul, Jest, Vitest, c8', option: 'reporter lcov' },
    { tool: 'cargo llvm-cov', option: '--lcov --output-path lcov.info' },
    { tool: 'coverage.py', option: 'coverage lcov' },
    { tool: 'Flutter', option: 'flutter test --coverage' },
    { tool: 'gcovr', option: '--lcov coverage.lcov' },
  ],
  syntax: 'text',
  detect: (head) => /^\uFEFF?\s*TN:/.test(head) || /^\uFEFF?SF:./m.test(head),
  read: (sink) => new LcovReader(sink),
};
