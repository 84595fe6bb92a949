/**
 * What a measure counts in one project and one span of time. Samples of several projects add up, so that a group needs
 * no project's history once it is counted.
 */
import type { Instant } from '../model/project-history.ts';

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
  /** Things of which nobody knows; they are not in `whole`. */
  readonly without: number;
}

/** How many things there were; `amount` where each has its own weight, such as minutes. */
export interface CountSample {
  readonly kind: 'count';
  readonly amount: number;
  /** Things, where the amount is a weight; else the same. */
  readonly n: number;
  /** Sum of the squares of the weights; without weights the same as `n`. */
  readonly squares: number;
  /** Where only some things could be sorted into such and others: how many were, of all. Null = all were. */
  readonly sorted: { readonly known: number; readonly all: number } | null;
}

/** On which days something happened. Several projects on one day are one day. */
export interface DaysSample {
  readonly kind: 'days';
  /** The starts of the days, each once. */
  readonly days: readonly Instant[];
  /** The things that happened on them. */
  readonly n: number;
}

/** A part of something that is not counted in things, such as time. */
export interface RatioSample {
  readonly kind: 'ratio';
  readonly part: number;
  readonly whole: number;
  /** The things that it was learned from. */
  readonly n: number;
}

/** Nothing can be counted, which is not the same as a count of zero. */
export interface NoSample {
  readonly kind: 'none';
  /** Why: plain words without a full stop. */
  readonly reason: string;
}

export type Sample = ValuesSample | ShareSample | CountSample | DaysSample | RatioSample | NoSample;
