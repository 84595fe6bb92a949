import type { CauseKind, FailureCause } from '../model/failure-cause.ts';

/** How a kind of failure announces itself in a log. */
export interface TracePattern {
  readonly id: string;
  readonly kind: CauseKind;
  readonly origin: FailureCause['origin'];
  /**
   * Which of two lines says more, 1 to 100: 90 a tool's own summary of failures, 30 a line that says no more than
   * "error".
   */
  readonly weight: number;
  /** Lines before and after that belong to it. */
  readonly context: readonly [before: number, after: number];
  /** In lower case; one is in every line that matches, so that most lines need no regular expression at all. */
  readonly hint: string | readonly string[];
  /** Against the visible text of one line of at most 2,000 characters; no nested or overlapping repetitions. */
  readonly line: RegExp;
  /** Which of several matches is shown: the first is the root, the last what ended the job. */
  readonly pick: 'first' | 'last';
  /** The headline is so many lines below the match; rules and other lines without words do not count. */
  readonly headlineBelow: number;
  /** The line below the headline belongs to it where it begins so. */
  readonly goesOn?: RegExp;
  /** It is one only below such a line. */
  readonly above?: RegExp;
  /** It is none when such a line follows at once. */
  readonly takenBackBy?: RegExp;
}

/** A row of a family's table: what it omits is the family's. */
export type PatternRow = Pick<TracePattern, 'id' | 'weight' | 'hint' | 'line'> & Partial<TracePattern>;

/** The patterns of one family of tools. */
export function family(
  kind: CauseKind,
  origin: FailureCause['origin'],
  rows: readonly PatternRow[],
): readonly TracePattern[] {
  return rows.map((row) => ({ kind, origin, context: [0, 2], pick: 'first', headlineBelow: 0, ...row }));
}
