import type { DeclaredTotals } from './format.ts';

/** What a report holds, to be compared with what it says of itself. */
export interface HeldTotals {
  /** Every element, reruns included. */
  readonly runs: number;
  /** Every test once. */
  readonly tests: number;
  /** Tests whose last run failed. */
  readonly failing: number;
  /** Runs that failed, those of flaky tests among them. */
  readonly failedRuns: number;
}

const nothingDeclared: DeclaredTotals = { total: null, failed: null, errored: null, skipped: null };

function sum(before: number | null, added: number | null): number | null {
  return before === null || added === null ? null : before + added;
}

/** The totals of a report that states them in several places; what one of them does not state is not known. */
export function addDeclared(before: DeclaredTotals | null, added: DeclaredTotals): DeclaredTotals {
  if (before === null) return added;
  return {
    total: sum(before.total, added.total),
    failed: sum(before.failed, added.failed),
    errored: sum(before.errored, added.errored),
    skipped: sum(before.skipped, added.skipped),
  };
}

/**
 * Where a report contradicts itself, in sentences. Tools count reruns once or each, and put errors among the failures or beside them:
 * only what no way of counting explains is said.
 */
export function contradictions(declared: DeclaredTotals | null, held: HeldTotals): readonly string[] {
  const { total, failed, errored } = declared ?? nothingDeclared;
  const found: string[] = [];
  if (total !== null && total !== held.runs && total !== held.tests)
    found.push(`declared tests: ${total}, found: ${held.runs}; what was found counts`);
  if (failed === null) return found;
  const failing = failed + (errored ?? 0);
  if (failing > 0 && held.failedRuns === 0)
    found.push(`declared failures: ${failing}, found: none; what was found counts`);
  if (failing === 0 && held.failing > 0)
    found.push(`declared failures: none, found: ${held.failing}; what was found counts`);
  return found;
}
