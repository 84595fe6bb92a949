import type { JsonFormat } from '../format.ts';
import { has, listAt, numberAt, textAt, valueAt } from './shared/json-value.ts';

type Part = 'lines' | 'branches' | 'functions';

const keys = [
  ['lines', 'line'],
  ['branches', 'branch'],
  ['functions', 'function'],
] as const satisfies readonly (readonly [Part, string])[];

function stateParts(summary: unknown, state: (part: Part, covered: number, total: number) => void): void {
  for (const [part, key] of keys) {
    const covered = numberAt(summary, `${key}_covered`);
    const total = numberAt(summary, `${key}_total`);
    if (covered !== null && total !== null && total > 0) state(part, covered, total);
  }
}

/** gcovr's JSON summary: numbers for each file, no lines. */
export const gcovrSummary: JsonFormat = {
  format: 'gcovr-summary',
  title: 'gcovr JSON summary',
  kind: 'coverage',
  unit: 'lines that can run, as gcovr counts them',
  wellKnownNames: ['**/gcovr*summary*.json'],
  specification: 'https://gcovr.com/en/stable/output/json.html#json-summary-output',
  producers: [{ tool: 'gcovr', option: '--json-summary gcovr-summary.json' }],
  syntax: 'json',
  detect: (value) =>
    valueAt(value, 'gcovr/summary_format_version') !== undefined && has(value, 'files', 'list'),
  read(value, sink) {
    for (const summary of listAt(value, 'files')) {
      const path = textAt(summary, 'filename');
      if (path === null) continue;
      const file = sink.coveredFile(path);
      stateParts(summary, (part, covered, total) => {
        file.totals(part, covered, total);
      });
    }
    stateParts(value, (part, covered, total) => {
      sink.coverageTotals(part, covered, total);
    });
  },
};
