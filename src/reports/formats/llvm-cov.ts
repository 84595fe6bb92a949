import { createLineSpans, type LineSpans } from '../collect/line-spans.ts';
import type { FileCoverageSink, JsonFormat, ReportSink } from '../format.ts';
import { isJsonObject, itemsAt, listAt, listOf, numberAt, textAt, valueAt } from './shared/json-value.ts';

/** `[line, column, count, has count, begins a region, is a gap]`: what holds from here to the next segment. */
interface Segment {
  readonly line: number;
  readonly count: number;
  readonly hasCount: boolean;
  readonly beginsRegion: boolean;
  readonly isGap: boolean;
}

function segmentOf(value: unknown): Segment | null {
  const [line, , count, hasCount, beginsRegion, isGap] = listOf(value);
  if (typeof line !== 'number' || typeof count !== 'number') return null;
  return {
    line,
    count,
    hasCount: hasCount === true || hasCount === 1,
    beginsRegion: beginsRegion === true || beginsRegion === 1,
    isGap: isGap === true || isGap === 1,
  };
}

/**
 * How often a line ran, by the rules of LLVM's `LineCoverageStats`; null when it holds no code.
 * https://github.com/llvm/llvm-project/blob/main/llvm/lib/ProfileData/Coverage/CoverageMapping.cpp
 */
function hitsOfLine(before: Segment | null, segments: readonly Segment[]): number | null {
  const [first] = segments;
  const skipped = first !== undefined && !first.hasCount && first.beginsRegion;
  const counted = segments.filter((segment) => segment.hasCount && segment.beginsRegion);
  if (counted.length === 0 && (skipped || before?.hasCount !== true)) return null;
  const regions = counted.filter((segment) => !segment.isGap);
  return regions.reduce((most, { count }) => Math.max(most, count), before?.count ?? 0);
}

function byLine(segments: readonly Segment[]): readonly (readonly [Segment, ...Segment[]])[] {
  const groups: [Segment, ...Segment[]][] = [];
  for (const segment of segments) {
    const last = groups.at(-1);
    if (last?.[0].line === segment.line) last.push(segment);
    else groups.push([segment]);
  }
  return groups;
}

function readSegments(file: FileCoverageSink, segments: readonly Segment[], spans: LineSpans): void {
  let before: Segment | null = null;
  for (const group of byLine(segments)) {
    const { line } = group[0];
    // A segment holds for the lines up to the next one.
    if (before?.hasCount === true && line > before.line + 1) {
      spans.mark(file, { first: before.line + 1, last: line - 1, hits: before.count });
    }
    const hits = hitsOfLine(before, group);
    if (hits !== null) file.line(line, hits);
    before = group.at(-1) ?? null;
  }
}

// [line, column, last line, last column, times true, times false, …]
function readBranches(file: FileCoverageSink, branches: readonly unknown[]): void {
  for (const branch of branches) {
    const [line, column, lastLine, lastColumn, whenTrue, whenFalse] = listOf(branch);
    if (typeof line !== 'number' || typeof whenTrue !== 'number' || typeof whenFalse !== 'number') continue;
    const id = `${String(column)} ${String(lastLine)} ${String(lastColumn)}`;
    file.branch(line, `${id} true`, whenTrue > 0);
    file.branch(line, `${id} false`, whenFalse > 0);
  }
}

function readFile(data: unknown, sink: ReportSink, spans: LineSpans): void {
  const path = textAt(data, 'filename');
  if (path === null) return;
  const file = sink.coveredFile(path);
  const segments = listAt(data, 'segments').flatMap((value) => segmentOf(value) ?? []);
  readSegments(file, segments, spans);
  readBranches(file, listAt(data, 'branches'));
  for (const part of ['lines', 'branches', 'functions'] as const) {
    const covered = numberAt(data, 'summary', part, 'covered');
    const total = numberAt(data, 'summary', part, 'count');
    if (covered !== null && total !== null && total > 0) file.totals(part, covered, total);
  }
}

// Instances of one template are one function: they begin at the same place.
function readFunction(data: unknown, sink: ReportSink): void {
  const [path] = listAt(data, 'filenames');
  const hits = numberAt(data, 'count');
  if (typeof path !== 'string' || path === '' || hits === null) return;
  const [line, column] = listOf(listAt(data, 'regions')[0]);
  const place = typeof line === 'number' ? `${line} ${String(column)}` : (textAt(data, 'name') ?? '');
  sink.coveredFile(path).function(place, hits);
}

function stateTotals(exported: unknown, sink: ReportSink): void {
  for (const part of ['lines', 'branches', 'functions'] as const) {
    const covered = numberAt(exported, 'totals', part, 'covered');
    const total = numberAt(exported, 'totals', part, 'count');
    if (covered !== null && total !== null && total > 0) sink.coverageTotals(part, covered, total);
  }
}

/** The JSON that `llvm-cov export` writes, of C, C++, Rust and Swift. Lines are counted as LLVM's own reports do. */
export const llvmCov: JsonFormat = {
  format: 'llvm-cov',
  title: 'llvm-cov JSON',
  kind: 'coverage',
  unit: 'lines with code, by the rules of llvm-cov’s own reports',
  wellKnownNames: ['**/llvm-cov.json'],
  specification: 'https://llvm.org/docs/CommandGuide/llvm-cov.html#llvm-cov-export',
  producers: [
    { tool: 'llvm-cov', option: 'llvm-cov export -format=text' },
    { tool: 'cargo llvm-cov', option: '--json --output-path llvm-cov.json' },
    { tool: 'Swift', option: 'swift test --enable-code-coverage' },
  ],
  syntax: 'json',
  lists: ['data[].files[]', 'data[].functions[]'],
  detect: (value) => isJsonObject(value) && valueAt(value, 'type') === 'llvm.coverage.json.export',
  read(value, sink) {
    const spans = createLineSpans(sink);
    for (const exported of listAt(value, 'data')) {
      for (const file of itemsAt(exported, 'files')) readFile(file, sink, spans);
      for (const data of itemsAt(exported, 'functions')) readFunction(data, sink);
      stateTotals(exported, sink);
    }
    spans.end();
  },
};
