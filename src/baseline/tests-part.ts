import * as z from 'zod';
import type { NamedTest } from '../model/comparison.ts';
import type { EarlierTests } from '../model/earlier-run.ts';
import type { TestRecord } from '../model/history.ts';
import {
  createTestIndex,
  findSlot,
  halvesOf,
  highAt,
  idAt,
  lowAt,
  outcomeCodeAt,
  outcomeOfCode,
  secondsAt,
} from '../model/test-index.ts';
import type { TestId, TestIndex, TestsReport } from '../model/tests.ts';
import { columnOf, readColumn } from './columns.ts';
import { readFrontCoded } from './front-coding.ts';
import { foldHistory, type TestHistory } from './test-history.ts';
import { namedTests, testOfLabel, writtenSlots } from './test-names.ts';
import { decodeOutcomes, recordFrom } from './test-records.ts';

const count = z.int().nonnegative();

/**
 * More tests than this are compared by their outcomes only: their timing would make the file too large to be fetched.
 */
const maxTimed = 500_000;
const maxTests = 2_000_000;

export const testsPartSchema = z.object({
  totals: z.object({
    total: count,
    passed: count,
    failed: count,
    errored: count,
    skipped: count,
    flaky: count,
    durationSeconds: z.number().nonnegative(),
  }),
  size: count.max(maxTests).meta({ description: 'Number of tests in the columns.' }),
  ids: z.base64().meta({
    description:
      'Column, 8 bytes a test: its id, big endian. Tests with a name come first, in the order of the names.',
  }),
  outcomes: z.base64().meta({
    description: 'Column, 1 byte a test: 1 passed, 2 failed, 3 errored, 4 skipped.',
  }),
  runs: z.base64().meta({ description: 'Column, 1 byte a test: how many recorded runs had it, at most 50.' }),
  durations: z.base64().meta({
    description:
      'Column, 2 bytes a test: its usual duration, 0 where not known, else 1 + 3000 × ln(1 + milliseconds). Empty for very many tests.',
  }),
  spreads: z.base64().meta({
    description:
      'Column, 1 byte a test: how far its durations usually lie from the usual one, in percent of it. Empty for very many tests.',
  }),
  names: z.string().meta({
    description:
      'Names of the first tests of the columns, at most 20,000, failing ones before others: suite, class and name separated by tabs, one test a line, each line with two digits of base 36 for the characters it shares with the one before.',
  }),
  records: z.array(z.tuple([z.string().regex(/^[0-9a-f]{16}$/), z.string().max(200)])).meta({
    description:
      'Tests that did anything but pass in the recorded runs: id, and outcomes newest first with their number: 12p1f37p (p passed, f failed, e errored, s skipped, r passed when run again, . not there).',
  }),
});

export type TestsPart = z.infer<typeof testsPartSchema>;

/** Bytes of a test in the columns, with its timing and without; base64 takes a third more. */
const bytesOfTest = { timed: 13, untimed: 10 } as const;
/** What the part has beside its columns, names and records. */
const bytesOfRest = 1_000;

/** How many tests the columns have room for. */
function roomForTests(bytes: number, timed: boolean): number {
  const each = timed ? bytesOfTest.timed : bytesOfTest.untimed;
  return Math.max(0, Math.min(maxTests, Math.floor(((bytes - bytesOfRest) * (3 / 4)) / each)));
}

export interface KeptTests {
  readonly part: TestsPart;
  /** What there was no room for. */
  readonly omitted: { readonly tests: number; readonly testNames: number; readonly testRecords: number };
}

/** The tests of a run as they are kept, in at most `maxBytes` of JSON; the history of `previous` goes on in them. */
export function testsPartOf(tests: TestsReport, previous: EarlierTests | null, maxBytes: number): KeptTests {
  const { index } = tests;
  const named = namedTests(tests);
  const history = foldHistory(tests, previous);
  const timed = index.size <= maxTimed;
  const taken = Buffer.byteLength(JSON.stringify([named.names, history.records]));
  const room = Math.max(named.slots.length, roomForTests(maxBytes - taken, timed));
  const slots = writtenSlots(index, named.slots, room);
  const column = (size: 1 | 2, valueAt: (slot: number) => number): string =>
    columnOf(slots.length, size, (position) => valueAt(slots[position] ?? 0));
  const part = {
    totals: tests.totals,
    size: slots.length,
    ids: columnOf(slots.length * 2, 4, (position) => {
      const slot = slots[position >> 1] ?? 0;
      return position % 2 === 0 ? highAt(index, slot) : lowAt(index, slot);
    }),
    outcomes: column(1, (slot) => outcomeCodeAt(index, slot)),
    runs: column(1, history.runsAt),
    durations: timed ? column(2, history.durationAt) : '',
    spreads: timed ? column(1, history.spreadAt) : '',
    names: named.names,
    records: history.records,
  };
  return {
    part,
    omitted: {
      tests: Math.max(0, tests.totals.total - slots.length),
      testNames: index.size - named.slots.length,
      testRecords: history.omittedRecords,
    },
  };
}

/** Reads the part; null when its columns do not fit each other. */
export function readTestsPart(part: TestsPart): EarlierTests | null {
  const { size } = part;
  const ids = readColumn(part.ids, 4, size * 2);
  const outcomes = readColumn(part.outcomes, 1, size);
  const runs = readColumn(part.runs, 1, size);
  const durations = part.durations === '' ? () => 0 : readColumn(part.durations, 2, size);
  const spreads = part.spreads === '' ? () => 0 : readColumn(part.spreads, 1, size);
  const labels = readFrontCoded(part.names);
  if (ids === null || outcomes === null || runs === null || durations === null) return null;
  if (spreads === null || labels === null || labels.length > size) return null;
  const index = indexOf(size, { ids, outcomes, durations });
  const history = historyOf(index, { size, ids, runs, spreads }, part.records);
  return {
    totals: part.totals,
    index,
    names: namesOf(index, labels, ids),
    history,
    recordOf: (id) => recordOf(id, index, history),
    timingOf: (id) => timingOf(id, index, history),
  };
}

type Column = (position: number) => number;

function indexOf(
  size: number,
  { ids, outcomes, durations }: { ids: Column; outcomes: Column; durations: Column },
): TestIndex {
  const table = createTestIndex();
  for (let position = 0; position < size; position += 1) {
    const outcome = outcomeOfCode(outcomes(position));
    if (outcome === null) continue;
    table.setWithCode(ids(position * 2), ids(position * 2 + 1), {
      outcome,
      duration: durations(position),
    });
  }
  return table.finish();
}

function historyOf(
  index: TestIndex,
  { size, ids, runs, spreads }: { size: number; ids: Column; runs: Column; spreads: Column },
  records: TestsPart['records'],
): TestHistory {
  const runsBySlot = new Uint8Array(index.slots);
  const spreadBySlot = new Uint8Array(index.slots);
  for (let position = 0; position < size; position += 1) {
    const slot = findSlot(index, ids(position * 2), ids(position * 2 + 1));
    if (slot < 0) continue;
    runsBySlot[slot] = runs(position);
    spreadBySlot[slot] = spreads(position);
  }
  return {
    runs: runsBySlot,
    spreads: spreadBySlot,
    records: new Map(records.map(([id, coded]) => [id, decodeOutcomes(coded)])),
  };
}

function namesOf(index: TestIndex, labels: readonly string[], ids: Column): ReadonlyMap<TestId, NamedTest> {
  const names = new Map<TestId, NamedTest>();
  labels.forEach((label, position) => {
    const slot = findSlot(index, ids(position * 2), ids(position * 2 + 1));
    if (slot < 0) return;
    const id = idAt(index, slot);
    names.set(id, testOfLabel(id, label));
  });
  return names;
}

function slotOfId(id: TestId, index: TestIndex): number {
  const halves = halvesOf(id);
  return halves === null ? -1 : findSlot(index, halves.high, halves.low);
}

function recordOf(id: TestId, index: TestIndex, history: TestHistory): TestRecord | null {
  const outcomes = history.records.get(id);
  if (outcomes !== undefined) return recordFrom(outcomes);
  const slot = slotOfId(id, index);
  return slot < 0 ? null : { runs: history.runs[slot] ?? 0, failedRuns: 0, retriedRuns: 0, flaky: false };
}

/** Fewer runs say nothing of what is usual. */
const enoughRuns = 3;

function timingOf(id: TestId, index: TestIndex, history: TestHistory): ReturnType<EarlierTests['timingOf']> {
  const slot = slotOfId(id, index);
  const seconds = slot < 0 ? null : secondsAt(index, slot);
  if (seconds === null || (history.runs[slot] ?? 0) < enoughRuns) return null;
  return { seconds, spread: (history.spreads[slot] ?? 0) / 100 };
}
