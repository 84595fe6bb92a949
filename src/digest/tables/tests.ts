import type { HistoryTest } from '../../model/project-history.ts';
import { failingTests, flakyTests } from '../facts/tests.ts';
import type { TableRow, TableSource } from '../table.ts';

const base = {
  section: 'tests',
  columns: [
    { id: 'test', unit: 'text' },
    { id: 'share', unit: 'share' },
    { id: 'failed', unit: 'count' },
    { id: 'retried', unit: 'count' },
    { id: 'runs', unit: 'count' },
  ],
  needs: ['tests'],
  kind: 'worst',
  rank: 1,
  limit: 20,
} as const;

function rowOf({ name, failedRuns, retriedRuns, runs }: HistoryTest, bad: number): TableRow {
  return { url: null, cells: [name, runs > 0 ? bad / runs : null, failedRuns, retriedRuns, runs] };
}

/** Tests that are flaky now, by the share of runs in which they failed or were tried again. */
export const flakyTestsTable: TableSource = {
  ...base,
  id: 'flaky-tests',
  rows: (history) =>
    flakyTests(history).map((test) => rowOf(test, Math.min(test.runs, test.failedRuns + test.retriedRuns))),
};

/** Tests that fail and are not flaky, by the share of runs in which they failed. */
export const failingTestsTable: TableSource = {
  ...base,
  id: 'failing-tests',
  rows: (history) => failingTests(history).map((test) => rowOf(test, test.failedRuns)),
};
