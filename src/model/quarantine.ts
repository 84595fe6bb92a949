/**
 * Failures that a project tolerates until a day, from the file `.herald/quarantine.yml` of its target branch. Unlike
 * marks of flaky tests (flaky-mark.ts) they are reviewed and end by themselves.
 */
import type { TestId } from './tests.ts';

/** Where a project keeps them. */
export const quarantinePath = '.herald/quarantine.yml';

/** One entry of the file; one of `test` and `glob` is null. */
export interface QuarantineEntry {
  /** As `testLabel` gives it, or a name alone. */
  readonly test: string | null;
  /** The same with `*` for any text. */
  readonly glob: string | null;
  readonly reason: string;
  /** The person or team that looks after it. */
  readonly owner: string;
  readonly issue: string | null;
  /** The last day on which it counts, `YYYY-MM-DD` (UTC). */
  readonly expires: string;
}

/** An entry of the file and where its day is written. */
export interface PlacedEntry {
  readonly entry: QuarantineEntry;
  /** Lines in the text, counted from 1: of its beginning and of the value of `expires`. */
  readonly line: number;
  readonly expiresLine: number;
}

/** The file of a branch as it can be changed. */
export interface QuarantineFile {
  readonly branch: string;
  /** Null where the branch has no file. */
  readonly text: string | null;
  readonly entries: readonly PlacedEntry[];
  /** What is wrong with the file, the first of it; null where nothing is. */
  readonly problem: string | null;
}

/** The entry for a test that fails; of several the one that lasts longest. */
export interface Quarantined {
  readonly entry: QuarantineEntry;
  /** Its day is over: the failure counts as every other. */
  readonly expired: boolean;
}

/** By test: failing tests with an entry. */
export type QuarantinedTests = ReadonlyMap<TestId, Quarantined>;

/** True for a failing test whose entry still counts. */
export function isQuarantined(id: TestId, quarantined: QuarantinedTests): boolean {
  return quarantined.get(id)?.expired === false;
}

/** How many failing tests do not count. */
export function countQuarantined(quarantined: QuarantinedTests): number {
  return [...quarantined.values()].filter(({ expired }) => !expired).length;
}
