import type { DeclaredTotals } from '../format.ts';

/** The totals of a part that states none. */
export const nothingDeclared: DeclaredTotals = { total: null, failed: null, errored: null, skipped: null };

/** What a report holds, to be compared with what it says of itself. */
export interface HeldTotals {
  /** Every element, reruns included. */
  readonly runs: number;
  /** Every test once. */
  readonly tests: number;
  /** Tests whose last run failed. */
  readonly failing: number;
}

function sum(before: number | null, added: number | null): number | null {
  return before === null || added === null ? null : before + added;
}

/** Failures that one part states are there, whatever another part keeps to itself. */
function atLeast(before: number | null, added: number | null): number | null {
  return before === null ? added : before + (added ?? 0);
}

/** The totals of a report that states them in several places. A total that one of them does not state is not known. */
export function addDeclared(before: DeclaredTotals | null, added: DeclaredTotals): DeclaredTotals {
  if (before === null) return added;
  return {
    total: sum(before.total, added.total),
    failed: atLeast(before.failed, added.failed),
    errored: atLeast(before.errored, added.errored),
    skipped: sum(before.skipped, added.skipped),
  };
}

/** Failures and errors that a report counts together; null when it counts neither. */
export function declaredFailures(declared: DeclaredTotals | null): number | null {
  if (declared === null || (declared.failed === null && declared.errored === null)) return null;
  return (declared.failed ?? 0) + (declared.errored ?? 0);
}

/**
 * Where a report contradicts itself, in sentences. Tools count reruns once or each, and put errors among the failures
 * or beside them: only what no way of counting explains is reported. Failures that are counted and not listed are
 * evidence (`compare/evidence.ts`).
 */
export function contradictions(declared: DeclaredTotals | null, held: HeldTotals): readonly string[] {
  const total = declared?.total ?? null;
  const failing = declaredFailures(declared);
  const found: string[] = [];
  if (total !== null && total !== held.runs && total !== held.tests)
    found.push(`declared tests: ${total}, found: ${held.runs}; Herald uses what it found`);
  if (failing === null) return found;
  if (failing === 0 && total !== null && held.failing > 0)
    found.push(`declared failures: none, found: ${held.failing}; Herald uses what it found`);
  return found;
}
