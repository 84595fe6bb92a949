import type { TestRecord } from '../model/history.ts';

/** How many runs are remembered. */
export const windowRuns = 50;

/** A test that no run had for so many runs is forgotten. */
const forgottenAfter = 10;

/** Fewer runs are not enough. */
const enoughRuns = 5;

/**
 * What a test did in one run: `p` passed, `f` failed, `e` errored, `s` skipped, `r` passed on retry, `.`
 * the run did not have it.
 */
export type RunLetter = 'p' | 'f' | 'e' | 's' | 'r' | '.';

/** Outcomes newest first, run-length coded: `12p1f37p`. */
export function encodeOutcomes(outcomes: string): string {
  return outcomes.replace(/(.)\1*/g, (run: string) => `${run.length}${run.charAt(0)}`);
}

/** Reads what `encodeOutcomes` wrote, at most `windowRuns` of it; stops at anything but an outcome. */
export function decodeOutcomes(coded: string): string {
  let outcomes = '';
  for (const [, count = '', letter = ''] of coded.matchAll(/(\d{1,3})([pfesr.])/gy)) {
    outcomes += letter.repeat(Math.min(Number(count), windowRuns - outcomes.length));
    if (outcomes.length >= windowRuns) break;
  }
  return outcomes;
}

/** The outcomes with one more run in front. */
export function withRun(outcomes: string, letter: RunLetter): string {
  return (letter + outcomes).slice(0, windowRuns);
}

/** True when nothing but passing is remembered: then a number says it all. */
export function isPlain(outcomes: string): boolean {
  return /^p*$/.test(outcomes);
}

/** True for a test that has been gone for long. */
export function isForgotten(outcomes: string): boolean {
  return outcomes.startsWith('.'.repeat(forgottenAfter)) || /^\.*$/.test(outcomes);
}

/** How often the letters of a set occur. */
function countOf(outcomes: string, letters: string): number {
  let count = 0;
  for (const letter of outcomes) if (letters.includes(letter)) count += 1;
  return count;
}

/**
 * The record of a test from its outcomes, newest first. It is flaky when its failures come and go without a lasting
 * fix: when it passed only on a retry, or failed in at least two stretches with passes between them. One stretch that
 * ended is a failure that was fixed; one that continues is a failure. At least five runs must have had it. Runs that
 * skipped it do not count.
 */
export function recordFrom(outcomes: string): TestRecord {
  const ran = outcomes.replace(/[s.]/g, '');
  const retriedRuns = countOf(ran, 'r');
  const stretches = ran.match(/[fe]+/g)?.length ?? 0;
  return {
    runs: ran.length,
    failedRuns: countOf(ran, 'fe'),
    retriedRuns,
    flaky: ran.length >= enoughRuns && (retriedRuns > 0 || stretches >= 2),
  };
}
