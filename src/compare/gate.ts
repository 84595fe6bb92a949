import type { UnexplainedSign } from '../model/evidence.ts';
import type { Severity } from '../model/findings.ts';
import type { Summary } from '../model/summary.ts';

/** The input of gates: a summary whose gates are not judged yet. */
export type Judgeable = Omit<Summary, 'gates'>;

export type Operator = '<' | '<=' | '>' | '>=';

/** What a condition compares with. Bytes and seconds are plain; percent is 0 to 100. */
export type Threshold =
  | { readonly kind: 'number' | 'percent' | 'bytes' | 'seconds'; readonly value: number }
  | { readonly kind: 'severity'; readonly severity: Severity };

/** What a gate found: the value to compare, and the same in words (names in it are untrusted). */
export interface Measured {
  readonly value: number;
  readonly found: string;
}

/** One thing that a condition can ask about. Adding a gate is one entry in a file of `gates/`. */
export interface Gate {
  readonly name: string;
  readonly meaning: string;
  /** Which thresholds make sense; `number` first where the bare number is usual. */
  readonly takes: readonly Threshold['kind'][];
  /** The bare name means "more than none"; false where a threshold must be given. */
  readonly bare: boolean;
  readonly example: string;
  /**
   * The value in the threshold's unit; with a severity, the number of things of that severity or above. Null when
   * there is nothing to measure: then `unmeasured` says why, and the gate is `unknown`.
   */
  measure(summary: Judgeable, threshold: Threshold): Measured | null;
  readonly unmeasured: string;
  /** What makes it pass, as the second half of a sentence. */
  readonly remedy: string;
}

/** `1 test fails`, `2 tests fail`. */
export function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** What a gate about failures adds for signs of failure that nothing explains; of some kinds, or of all. */
export function unexplainedIn(
  { unexplained }: Judgeable,
  kinds: ReadonlySet<UnexplainedSign['kind']> | null = null,
): Measured {
  const signs = unexplained.filter(({ kind }) => kinds === null || kinds.has(kind));
  const value = signs.reduce((sum, { count }) => sum + count, 0);
  const places = [...new Set(signs.flatMap(({ path }) => path ?? []))];
  const found = `${counted(value, 'sign of failure is', 'signs of failure are')} unexplained${named(places)}`;
  return { value, found };
}

/** Both in one: the failures found, and the ones that may also exist. */
export function withUnexplained(measured: Measured | null, unexplained: Measured): Measured | null {
  if (unexplained.value === 0) return measured;
  if (measured === null) return unexplained;
  return {
    value: measured.value + unexplained.value,
    found: measured.value === 0 ? unexplained.found : `${measured.found}, and ${unexplained.found}`,
  };
}

const maxNamed = 3;
const maxNameLength = 80;

/** The first few names of a list, to be put behind a count: ` (a, b, c and 2 more)`; empty for none. */
export function named(names: readonly string[], count: number = names.length): string {
  const shown = names
    .slice(0, maxNamed)
    .map((name) => (name.length > maxNameLength ? `${name.slice(0, maxNameLength - 1)}…` : name));
  if (shown.length === 0) return '';
  const more = count - shown.length;
  return ` (${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''})`;
}

/** At most two digits behind the point. */
export function rounded(value: number): string {
  return String(Math.round(value * 100) / 100);
}
