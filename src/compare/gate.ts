import type { UnexplainedSign } from '../model/evidence.ts';
import type { Severity } from '../model/findings.ts';
import type { GateWords, Remedy, Unmeasured } from '../model/gate-words.ts';
import type { Summary } from '../model/summary.ts';

/** The input of gates: a summary whose gates are not judged yet. */
export type Judgeable = Omit<Summary, 'gates' | 'missing'>;

export type Operator = '<' | '<=' | '>' | '>=';

/** What a condition compares with. Bytes and seconds are plain; percent is 0 to 100. */
export type Threshold =
  | { readonly kind: 'number' | 'percent' | 'bytes' | 'seconds'; readonly value: number }
  | { readonly kind: 'severity'; readonly severity: Severity };

/** What a gate found: the value to compare, and the same in words of a language (names in it are untrusted). */
export interface Measured {
  readonly value: number;
  /** Why the true value may be larger; not there where it is known. */
  readonly mayBeMore?: Unmeasured;
  found(words: GateWords): string;
}

/** Why there is nothing to measure, whatever the summary or by what it lacks. */
export type WhyUnmeasured = Unmeasured | ((summary: Judgeable) => Unmeasured);

/**
 * Why a part is not compared: this run has no such report, there is no baseline, or the baseline has no such report.
 */
export function notCompared(
  part: 'coverage' | 'findings' | 'metrics' | 'tests',
  now: Unmeasured,
  before: Unmeasured,
): WhyUnmeasured {
  return (summary) => {
    if (summary[part] === null) return now;
    return summary.comparison.baseline === null ? 'no-baseline' : before;
  };
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
  /** Null for a gate that can always be measured. */
  readonly unmeasured: WhyUnmeasured | null;
  /** What would make it pass. */
  readonly remedy: Remedy;
}

/** What a gate about failures adds for signs of failure that nothing explains; of some kinds, or of all. */
export function unexplainedIn(
  { unexplained }: Judgeable,
  kinds: ReadonlySet<UnexplainedSign['kind']> | null = null,
): Measured {
  const signs = unexplained.filter(({ kind }) => kinds === null || kinds.has(kind));
  const value = signs.reduce((sum, { count }) => sum + count, 0);
  const places = [...new Set(signs.flatMap(({ path }) => path ?? []))];
  return { value, found: (words) => `${words.unexplained(value)}${named(words, places)}` };
}

/** Both in one: the failures found, and the ones that may also exist. */
export function withUnexplained(measured: Measured | null, unexplained: Measured): Measured | null {
  if (unexplained.value === 0) return measured;
  if (measured === null) return unexplained;
  return {
    value: measured.value + unexplained.value,
    found: (words) =>
      measured.value === 0
        ? unexplained.found(words)
        : words.both(measured.found(words), unexplained.found(words)),
  };
}

const maxNamed = 3;
const maxNameLength = 80;

/** The first few names of a list, to be put behind a count: ` (a, b, c and 2 more)`; empty without names. */
export function named(words: GateWords, names: readonly string[], count: number = names.length): string {
  const shown = names
    .slice(0, maxNamed)
    .map((name) => (name.length > maxNameLength ? `${name.slice(0, maxNameLength - 1)}…` : name));
  return shown.length === 0 ? '' : words.names(shown, count - shown.length);
}
