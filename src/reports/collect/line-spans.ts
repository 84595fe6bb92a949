import type { FileCoverageSink, ReportSink } from '../format.ts';

/** Marks every line of a region, as formats do that know regions and no lines. */
export interface LineSpans {
  mark(
    file: FileCoverageSink,
    span: { readonly first: number; readonly last: number; readonly hits: number },
  ): void;
  end(): void;
}

/** Lines that all regions of a report may have before their number counts, and how many each region adds to that. */
const allowance = { base: 5_000_000, perSpan: 200 } as const;

/**
 * Starts marking. A region of few bytes can name a million lines: those beyond what the number of regions makes likely
 * are marked at their first line only, with one warning at the end.
 */
export function createLineSpans(sink: Pick<ReportSink, 'warn'>): LineSpans {
  let left: number = allowance.base;
  let cut = 0;
  return {
    mark(file, { first, last, hits }) {
      left += allowance.perSpan;
      const length = last >= first ? last - first + 1 : 1;
      const whole = Number.isSafeInteger(first) && length <= left;
      if (!whole) cut += 1;
      const end = whole ? first + length - 1 : first;
      if (whole) left -= length;
      for (let line = first; line <= end; line += 1) file.line(line, hits);
    },
    end() {
      if (cut > 0) sink.warn(`regions with too many lines, of which only the first line counts: ${cut}`);
    },
  };
}
