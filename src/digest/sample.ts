/**
 * What a measure counts in one project and one span of time. Samples of several projects add up, so that a group needs
 * no project's history once it is counted.
 */

/** Values of things, for a median; `without` had none. */
export interface ValuesSample {
  readonly kind: 'values';
  readonly values: Float64Array;
  readonly without: number;
  /** How many of `without` would have been negative: clocks that disagree, history that was rewritten. */
  readonly negative: number;
}

/** How many of all things have a quality. */
export interface ShareSample {
  readonly kind: 'share';
  readonly part: number;
  readonly whole: number;
}

/** How many things there were; `amount` where each has its own weight, such as minutes. */
export interface CountSample {
  readonly kind: 'count';
  readonly amount: number;
  /** Things, where the amount is a weight; else the same. */
  readonly n: number;
}

export type Sample = ValuesSample | ShareSample | CountSample;
