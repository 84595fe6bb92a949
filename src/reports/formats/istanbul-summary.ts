import type { JsonFormat } from '../format.ts';
import { has, numberAt, objectOf, valueAt } from './shared/json-value.ts';

type Part = 'lines' | 'branches' | 'functions';

const parts: readonly Part[] = ['lines', 'branches', 'functions'];

function stateParts(summary: unknown, state: (part: Part, covered: number, total: number) => void): void {
  for (const part of parts) {
    const covered = numberAt(summary, part, 'covered');
    const total = numberAt(summary, part, 'total');
    if (covered !== null && total !== null) state(part, covered, total);
  }
}

/** Istanbul's summary: numbers for each file, no lines. */
export const istanbulSummary: JsonFormat = {
  format: 'istanbul-summary',
  title: 'Istanbul summary (coverage-summary.json)',
  kind: 'coverage',
  unit: 'lines, as "Lines" in Istanbul’s reports',
  wellKnownNames: ['**/coverage-summary.json'],
  specification: 'https://istanbul.js.org/docs/advanced/alternative-reporters/#json-summary',
  producers: [{ tool: 'Istanbul, Jest, Vitest, c8', option: 'reporter json-summary' }],
  syntax: 'json',
  detect: (value) => {
    const total = valueAt(value, 'total');
    return has(total, 'lines', 'object') && has(valueAt(total, 'lines'), 'total', 'number');
  },
  read(value, sink) {
    for (const [path, summary] of Object.entries(objectOf(value))) {
      if (path === 'total') {
        stateParts(summary, (part, covered, total) => {
          sink.coverageTotals(part, covered, total);
        });
        continue;
      }
      const file = sink.coveredFile(path);
      stateParts(summary, (part, covered, total) => {
        file.totals(part, covered, total);
      });
    }
  },
};
