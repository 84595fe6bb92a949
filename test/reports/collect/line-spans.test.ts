import { describe, expect, test } from 'vitest';
import { createCoverageCollector } from '../../../src/reports/collect/coverage.ts';
import { createLineSpans } from '../../../src/reports/collect/line-spans.ts';

function marked(spans: readonly (readonly [number, number])[]): { lines: number; warnings: string[] } {
  const warnings: string[] = [];
  const collector = createCoverageCollector(
    (path) => path,
    () => undefined,
  );
  const lineSpans = createLineSpans({ warn: (message) => warnings.push(message) });
  for (const [first, last] of spans) lineSpans.mark(collector.file('a.go'), { first, last, hits: 1 });
  lineSpans.end();
  return { lines: collector.finish().totals.lines.total, warnings };
}

describe('createLineSpans', () => {
  test('every line of a region counts, also of one that ends before it begins', () => {
    expect(
      marked([
        [3, 5],
        [5, 6],
        [9, 2],
      ]),
    ).toEqual({ lines: 5, warnings: [] });
  });

  test('many long regions are cut to their first lines, with one warning', () => {
    const { lines, warnings } = marked(Array.from({ length: 5_000 }, () => [1, 900_000] as const));
    expect(lines).toBe(900_000);
    expect(warnings).toEqual(['regions with too many lines, of which only the first line counts: 4994']);
  });

  test('a region without end takes no time', () => {
    expect(marked([[1, Number.MAX_VALUE]])).toMatchObject({ lines: 1 });
  });
});
