import type { JsonFormat, ReportSink } from '../format.ts';
import { isJsonObject, listOf, objectOf, valueAt } from './shared/json-value.ts';

interface Counted {
  covered: number;
  total: number;
}

/**
 * A number of hits, `covered/total` of what a line holds, or true for a line that ran in part; null where there is no
 * code.
 */
function partsOf(value: unknown): Counted | null {
  if (typeof value === 'number' && Number.isFinite(value))
    return { covered: value, total: value > 0 ? value : 1 };
  if (value === true) return { covered: 1, total: 2 };
  const found = typeof value === 'string' ? /^\s*(\d{1,9})(?:\s*\/\s*(\d{1,9}))?\s*$/.exec(value) : null;
  if (found === null) return null;
  const covered = Number(found[1]);
  return { covered, total: found[2] === undefined ? Math.max(1, covered) : Number(found[2]) };
}

/** In a list the place is the line, and the first entry is none. */
function linesOf(data: unknown): readonly (readonly [number, unknown])[] {
  if (Array.isArray(data)) return listOf(data).map((value, line) => [line, value] as const);
  return Object.entries(objectOf(data)).map(([line, value]) => [Number(line), value] as const);
}

function readFile(path: string, data: unknown, sink: ReportSink): void {
  const file = sink.coveredFile(path);
  const lines = { covered: 0, total: 0 };
  for (const [line, value] of linesOf(data)) {
    const parts = partsOf(value);
    if (parts === null) continue;
    file.line(line, parts.covered);
    if (typeof value === 'string' && value.includes('/')) file.branches(line, parts.covered, parts.total);
    lines.total += 1;
    if (parts.covered > 0 && parts.covered >= parts.total) lines.covered += 1;
  }
  // Codecov counts a line that ran in part as no hit.
  if (lines.total > 0) file.lineFigure(lines.covered, lines.total);
}

function isLines(value: unknown): boolean {
  if (Array.isArray(value))
    return value.length === 0 || value.slice(1).some((hits) => partsOf(hits) !== null);
  if (!isJsonObject(value)) return false;
  const lines = Object.entries(value);
  return lines.length === 0 || lines.some(([line, hits]) => /^\d{1,9}$/.test(line) && partsOf(hits) !== null);
}

/** Codecov's own JSON. */
export const codecov: JsonFormat = {
  format: 'codecov',
  title: 'Codecov JSON',
  kind: 'coverage',
  unit: 'lines that can run; one that ran only in part is not covered, as in Codecov',
  wellKnownNames: ['**/codecov.json', '**/*.codecov.json'],
  specification: 'https://docs.codecov.com/docs/codecov-custom-coverage-format',
  producers: [
    { tool: 'cargo llvm-cov', option: '--codecov --output-path codecov.json' },
    { tool: 'Slather, Swift and others', option: 'Codecov’s custom coverage format' },
  ],
  syntax: 'json',
  detect(value) {
    const files = valueAt(value, 'coverage');
    return (
      isJsonObject(files) && !Object.hasOwn(objectOf(value), 'meta') && Object.values(files).some(isLines)
    );
  },
  read(value, sink) {
    for (const [path, data] of Object.entries(objectOf(valueAt(value, 'coverage')))) {
      if (isLines(data)) readFile(path, data, sink);
      else sink.warn(`an entry of the report is not line coverage and is ignored: ${path}`);
    }
  },
};
