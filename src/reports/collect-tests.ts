import { createTestIndex, outcomeOfCode } from '../model/test-index.ts';
import {
  isFailing,
  type TestCase,
  type TestFailure,
  type TestOutcome,
  type TestsReport,
} from '../model/tests.ts';
import { cleanText } from './clean-text.ts';
import type { DeclaredTotals, TestRun } from './format.ts';
import { hashDigits, type StableHash } from './stable-hash.ts';
import { testIdentity } from './test-identity.ts';

export interface TestLimits {
  /** Cases kept with all they say; beyond, passing tests are only counted and known by their id. */
  readonly maxCases: number;
  readonly maxFailingCases: number;
  /** All failure texts together; beyond, messages are cut short. */
  readonly maxTextCharacters: number;
  /** Tests that are told apart; beyond, runs are counted as they come. */
  readonly maxTests: number;
}

export const testLimits: TestLimits = {
  maxCases: 20_000,
  maxFailingCases: 50_000,
  maxTextCharacters: 8 * 1024 * 1024,
  maxTests: 5_000_000,
};

const maxNameCharacters = 1_000;
const maxMessageCharacters = 4 * 1024;
const maxDetailsCharacters = 32 * 1024;
const shortMessageCharacters = 300;
/** Of a text that is cut the head names the failure and the tail its cause. */
const headShare = 2 / 3;

export interface TestsCollector {
  add(run: TestRun): void;
  declare(totals: DeclaredTotals): void;
  finish(): TestsReport;
}

/** Cuts the middle out of a long text. */
function withoutMiddle(text: string, max: number): string {
  if (text.length <= max) return text;
  const head = Math.floor(max * headShare);
  return `${text.slice(0, head)}\n… ${text.length - max} characters left out …\n${text.slice(text.length - (max - head))}`;
}

/** Per test: what a later run of it in the same file means. */
interface Tally {
  readonly counts: Record<TestOutcome, number>;
  flaky: number;
  runs: number;
  durationSeconds: number;
}

function sumOf(
  declared: DeclaredTotals | null,
  key: keyof DeclaredTotals,
  next: DeclaredTotals,
): number | null {
  const before = declared === null ? 0 : declared[key];
  const added = next[key];
  return before === null || added === null ? null : before + added;
}

/**
 * Collects the runs of one report file. A test that failed and comes again is a rerun: it counts once, by its last outcome, and is flaky
 * when that passed. A test that passed (or was skipped) and comes again under the same name is another one, as parameterised tests are
 * often written: both count. So the totals agree with what tools declare, and no failure is lost.
 */
export function createTestsCollector(
  report: string,
  warn: (message: string) => void,
  limits: TestLimits = testLimits,
): TestsCollector {
  const index = createTestIndex();
  const cases: TestCase[] = [];
  /** Position in `cases` of failing and flaky tests, and of all while there are few. */
  const positions = new Map<string, number>();
  const ordinals = new Map<string, number>();
  const tally: Tally = {
    counts: { passed: 0, failed: 0, errored: 0, skipped: 0 },
    flaky: 0,
    runs: 0,
    durationSeconds: 0,
  };
  let declared: DeclaredTotals | null = null;
  let failingCases = 0;
  let textLeft = limits.maxTextCharacters;
  let untold = 0;

  function bounded(failure: TestFailure | null): TestFailure | null {
    if (failure === null) return null;
    const scarce = textLeft <= 0;
    const message = cleanText(failure.message, scarce ? shortMessageCharacters : maxMessageCharacters);
    const details = scarce
      ? ''
      : withoutMiddle(cleanText(failure.details, 2 * maxDetailsCharacters), maxDetailsCharacters);
    textLeft -= message.length + details.length;
    return {
      type: failure.type === null ? null : cleanText(failure.type, maxNameCharacters),
      message,
      details,
    };
  }

  function caseOf(run: TestRun, id: string, before: TestCase | null): TestCase {
    const failedNow = (isFailing(run.outcome) ? 1 : 0) + run.earlierFailures.length;
    const failedRuns = failedNow + (before?.failedRuns ?? 0);
    const lastFailure = run.failure ?? run.earlierFailures.at(-1) ?? null;
    return {
      id,
      suite: cleanText(run.suite, maxNameCharacters),
      className: cleanText(run.className, maxNameCharacters),
      name: cleanText(run.name, maxNameCharacters),
      file: run.file === null ? null : cleanText(run.file, maxNameCharacters),
      line: run.line,
      outcome: run.outcome,
      flaky: run.outcome === 'passed' && failedRuns > 0,
      runs: 1 + run.earlierFailures.length + (before?.runs ?? 0),
      failedRuns,
      durationSeconds: run.durationSeconds,
      failure: lastFailure === null ? (before?.failure ?? null) : bounded(lastFailure),
      report,
    };
  }

  /** Keeps a case where the limits allow; what is not kept is in the totals and the index all the same. */
  function keep(run: TestRun, hash: StableHash): void {
    const notable = run.outcome !== 'passed' || run.earlierFailures.length > 0;
    const room = isFailing(run.outcome)
      ? failingCases < limits.maxFailingCases
      : cases.length < limits.maxCases;
    if (!room && !(notable && failingCases < limits.maxFailingCases && run.outcome !== 'skipped')) {
      untold += 1;
      return;
    }
    const id = hashDigits(hash);
    const kept = caseOf(run, id, null);
    if (isFailing(run.outcome)) failingCases += 1;
    if (isFailing(run.outcome)) positions.set(id, cases.length);
    cases.push(kept);
  }

  function count(run: TestRun): void {
    tally.counts[run.outcome] += 1;
    if (run.outcome === 'passed' && run.earlierFailures.length > 0) tally.flaky += 1;
  }

  /** The run of a test that failed before in this file. */
  function rerun(run: TestRun, hash: StableHash, before: TestOutcome): void {
    tally.counts[before] -= 1;
    count(run);
    index.set(hash.high, hash.low, run.outcome);
    const position = positions.get(hashDigits(hash));
    const known = position === undefined ? undefined : cases[position];
    if (run.outcome === 'passed' && run.earlierFailures.length === 0) tally.flaky += 1;
    if (position === undefined || known === undefined) return;
    cases[position] = caseOf(run, known.id, known);
    if (run.outcome === 'passed') positions.delete(known.id);
  }

  function add(run: TestRun): void {
    tally.runs += 1;
    tally.durationSeconds += run.durationSeconds ?? 0;
    let hash = testIdentity(run, 0);
    let slot = index.find(hash.high, hash.low);
    if (slot >= 0) {
      const before = outcomeOfCode(index.outcomeAt(slot));
      if (before !== null && isFailing(before) && run.outcome !== 'skipped') {
        rerun(run, hash, before);
        return;
      }
      const key = hashDigits(hash);
      const ordinal = (ordinals.get(key) ?? 0) + 1;
      ordinals.set(key, ordinal);
      hash = testIdentity(run, ordinal);
      slot = index.find(hash.high, hash.low);
    }
    count(run);
    if (slot < 0 && index.size() < limits.maxTests) index.set(hash.high, hash.low, run.outcome);
    keep(run, hash);
  }

  function checkDeclared(): void {
    if (declared === null) return;
    const { counts } = tally;
    const pairs: readonly (readonly [string, number | null, number])[] = [
      ['tests', declared.total, tally.runs],
      ['failed', declared.failed, counts.failed],
      ['errored', declared.errored, counts.errored],
      ['skipped', declared.skipped, counts.skipped],
    ];
    const [total] = pairs;
    if (total?.[1] !== null && total?.[1] !== undefined && total[1] !== total[2]) {
      warn(`the report says that it holds ${total[1]} tests, and holds ${total[2]}; what it holds counts`);
    }
    const wrong = pairs
      .slice(1)
      .find(
        ([, said, held]) => said !== null && said > held && counts.failed + counts.errored === 0 && said > 0,
      );
    if (wrong !== undefined && wrong[0] !== 'skipped' && tally.flaky === 0) {
      warn(`the report says that ${wrong[1] ?? 0} tests ${wrong[0]}, and shows none; what it shows counts`);
    }
  }

  return {
    add,
    declare(totals) {
      declared = {
        total: sumOf(declared, 'total', totals),
        failed: sumOf(declared, 'failed', totals),
        errored: sumOf(declared, 'errored', totals),
        skipped: sumOf(declared, 'skipped', totals),
      };
    },
    finish() {
      checkDeclared();
      const { counts, flaky, durationSeconds } = tally;
      const total = counts.passed + counts.failed + counts.errored + counts.skipped;
      if (total > limits.maxTests)
        warn(`more than ${limits.maxTests} tests: those beyond are counted, but not compared`);
      return {
        kind: 'tests',
        totals: { total, ...counts, flaky, durationSeconds: Math.round(durationSeconds * 1e6) / 1e6 },
        cases,
        omittedCases: untold,
        index: index.finish(),
      };
    },
  };
}
