import type { EarlierTests } from '../model/earlier-run.ts';
import { durationCode, eachSlot, findTest, idAt, outcomeAt, secondsAt, slotIn } from '../model/test-index.ts';
import type { TestId, TestIndex, TestOutcome, TestsReport } from '../model/tests.ts';
import { encodeOutcomes, isForgotten, isPlain, type RunLetter, windowRuns, withRun } from './test-records.ts';

/**
 * What earlier runs remember beside the outcomes of the last: by slot of their index, and by id for the few that do
 * more than pass.
 */
export interface TestHistory {
  readonly runs: Uint8Array;
  /** In percent of the usual duration. */
  readonly spreads: Uint8Array;
  /** Outcomes newest first, of tests that did anything but pass. */
  readonly records: ReadonlyMap<TestId, string>;
}

export interface FoldedHistory {
  runsAt(slot: number): number;
  durationAt(slot: number): number;
  spreadAt(slot: number): number;
  readonly records: [TestId, string][];
  /** Records that there was no room for. */
  readonly omittedRecords: number;
}

const maxRecords = 20_000;
/** Weight of a new duration once there are many. */
const leastWeight = 0.1;

const letters: Readonly<Record<TestOutcome, RunLetter>> = {
  passed: 'p',
  failed: 'f',
  errored: 'e',
  skipped: 's',
};

/** Goes on with the history of the run before: one more run, of which the tests in `tests` say what they did. */
export function foldHistory(tests: TestsReport, previous: EarlierTests | null): FoldedHistory {
  const { index } = tests;
  const retried = new Set(tests.cases.filter(({ flaky }) => flaky).map(({ id }) => id));
  const earlierSlot = (slot: number): number =>
    previous === null ? -1 : slotIn(previous.index, index, slot);
  const runsBefore = (slot: number): number => {
    const earlier = earlierSlot(slot);
    return earlier < 0 ? 0 : (previous?.history?.runs[earlier] ?? 0);
  };
  const letterAt = (slot: number): RunLetter => {
    const outcome = outcomeAt(index, slot) ?? 'passed';
    return outcome === 'passed' && retried.size > 0 && retried.has(idAt(index, slot))
      ? 'r'
      : letters[outcome];
  };
  const timing = (slot: number): Timing => {
    const earlier = earlierSlot(slot);
    const known = earlier < 0 || previous === null ? null : secondsAt(previous.index, earlier);
    const before = { seconds: known, spread: (previous?.history?.spreads[earlier] ?? 0) / 100 };
    // What a test takes to fail is not what it takes.
    const now = outcomeAt(index, slot) === 'passed' ? secondsAt(index, slot) : null;
    return usualTiming(before, now, runsBefore(slot));
  };
  return {
    runsAt: (slot) => Math.min(windowRuns, runsBefore(slot) + (letterAt(slot) === 's' ? 0 : 1)),
    durationAt: (slot) => {
      const { seconds } = timing(slot);
      return seconds === null ? 0 : durationCode(seconds);
    },
    spreadAt: (slot) => Math.min(255, Math.round(timing(slot).spread * 100)),
    ...recordsOf(index, { previous, runsBefore, letterAt }),
  };
}

interface Timing {
  readonly seconds: number | null;
  /** Mean distance from the usual duration, as a share of it. */
  readonly spread: number;
}

/** Moves the usual duration towards a new one, the less, the more runs it is based on. */
function usualTiming(before: Timing, now: number | null, runs: number): Timing {
  if (now === null) return before;
  if (before.seconds === null) return { seconds: now, spread: 0 };
  const weight = Math.max(leastWeight, 1 / (runs + 1));
  const distance = before.seconds === 0 ? 0 : Math.abs(now - before.seconds) / before.seconds;
  return {
    seconds: before.seconds + weight * (now - before.seconds),
    spread: before.spread + weight * (distance - before.spread),
  };
}

interface Folding {
  readonly previous: EarlierTests | null;
  runsBefore(slot: number): number;
  letterAt(slot: number): RunLetter;
}

/** How much a record is worth keeping: failures and retries before skips. */
function worth(outcomes: string): number {
  return /[fer]/.test(outcomes) ? 1 : 0;
}

/** Records of the tests of this run; one that only ever passed needs none. */
function currentRecords(
  index: TestIndex,
  known: ReadonlyMap<TestId, string>,
  { runsBefore, letterAt }: Folding,
): Map<TestId, string> {
  const records = new Map<TestId, string>();
  eachSlot(index, (slot) => {
    const letter = letterAt(slot);
    if (letter === 'p' && known.size === 0) return;
    const id = idAt(index, slot);
    const before = known.get(id);
    if (letter === 'p' && before === undefined) return;
    const outcomes = withRun(before ?? 'p'.repeat(Math.min(windowRuns, runsBefore(slot))), letter);
    if (!isPlain(outcomes)) records.set(id, outcomes);
  });
  return records;
}

function recordsOf(index: TestIndex, folding: Folding): Pick<FoldedHistory, 'omittedRecords' | 'records'> {
  const known = folding.previous?.history?.records ?? new Map<TestId, string>();
  const records = currentRecords(index, known, folding);
  for (const [id, before] of known) {
    const outcomes = withRun(before, '.');
    if (findTest(index, id) === null && !isForgotten(outcomes)) records.set(id, outcomes);
  }
  const kept = [...records]
    .sort(([a, one], [b, other]) => worth(other) - worth(one) || (a < b ? -1 : 1))
    .slice(0, maxRecords)
    .map(([id, outcomes]): [TestId, string] => [id, encodeOutcomes(outcomes)]);
  return { records: kept, omittedRecords: records.size - kept.length };
}
