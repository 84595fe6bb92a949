import { createTestIndex, outcomeOfCode } from '../model/test-index.ts';
import { isFailing, type TestOutcome, type TestsReport } from '../model/tests.ts';
import { addDeclared, contradictions } from './declared-totals.ts';
import type { DeclaredTotals, TestRun } from './format.ts';
import { type CaseLimits, KeptTestCases, keptName } from './kept-test-cases.ts';
import { hashDigits, type StableHash } from './stable-hash.ts';
import { TestIdentities } from './test-identity.ts';

export interface TestLimits extends CaseLimits {
  /** Tests that are told apart; beyond, runs are counted as they come. */
  readonly maxTests: number;
}

export const testLimits: TestLimits = {
  maxCases: 20_000,
  maxFailingCases: 50_000,
  maxTextCharacters: 4 * 1024 * 1024,
  maxTests: 5_000_000,
};

export interface TestsCollector {
  add(run: TestRun): void;
  declare(totals: DeclaredTotals): void;
  finish(): TestsReport;
}

/** What an identity stands for when a run has it that was seen before. */
interface Instance {
  readonly hash: StableHash;
  /** The outcome of its last run, null when this is its first. */
  readonly before: TestOutcome | null;
}

class Collector implements TestsCollector {
  readonly #warn: (message: string) => void;
  readonly #limits: TestLimits;
  readonly #cases: KeptTestCases;
  readonly #identities = new TestIdentities();
  readonly #index = createTestIndex();
  /** How many further tests share an identity. */
  readonly #duplicates = new Map<string, number>();
  readonly #counts: Record<TestOutcome, number> = { passed: 0, failed: 0, errored: 0, skipped: 0 };
  #flaky = 0;
  #runs = 0;
  #failedRuns = 0;
  #durationSeconds = 0;
  #declared: DeclaredTotals | null = null;

  constructor(report: string, warn: (message: string) => void, limits: TestLimits) {
    this.#warn = warn;
    this.#limits = limits;
    this.#cases = new KeptTestCases(report, limits);
  }

  add(run: TestRun): void {
    this.#runs += 1;
    if (isFailing(run.outcome)) this.#failedRuns += 1;
    this.#durationSeconds += run.durationSeconds ?? 0;
    const hash = this.#identities.of(run, 0);
    const slot = this.#index.find(hash.high, hash.low);
    const instance =
      slot < 0
        ? { hash, before: null }
        : this.#instanceOf(run, { hash, before: outcomeOfCode(this.#index.outcomeAt(slot)) });
    if (instance.before === null) this.#first(run, instance.hash);
    else this.#rerun(run, instance.hash, instance.before);
  }

  declare(totals: DeclaredTotals): void {
    this.#declared = addDeclared(this.#declared, totals);
  }

  finish(): TestsReport {
    const counts = this.#counts;
    const total = counts.passed + counts.failed + counts.errored + counts.skipped;
    const held = {
      runs: this.#runs,
      tests: total,
      failing: counts.failed + counts.errored,
      failedRuns: this.#failedRuns + this.#flaky,
    };
    for (const message of contradictions(this.#declared, held)) this.#warn(message);
    if (total > this.#limits.maxTests)
      this.#warn(`more than ${this.#limits.maxTests} tests: those beyond are counted, but not compared`);
    return {
      kind: 'tests',
      totals: {
        total,
        ...counts,
        flaky: this.#flaky,
        durationSeconds: Math.round(this.#durationSeconds * 1e6) / 1e6,
      },
      cases: this.#cases.all(),
      omittedCases: this.#cases.omitted(),
      index: this.#index.finish(),
    };
  }

  /** Which of the tests that share an identity a run is of: the last of them when it is its rerun, else a new one. */
  #instanceOf(run: TestRun, first: Instance): Instance {
    const key = hashDigits(first.hash);
    const duplicates = this.#duplicates.get(key) ?? 0;
    const last = duplicates === 0 ? first : this.#numbered(run, duplicates);
    if (this.#isRerun(run, last)) return last;
    this.#duplicates.set(key, duplicates + 1);
    return this.#numbered(run, duplicates + 1);
  }

  #numbered(run: TestRun, ordinal: number): Instance {
    const hash = this.#identities.of(run, ordinal);
    const slot = this.#index.find(hash.high, hash.low);
    return { hash, before: slot < 0 ? null : outcomeOfCode(this.#index.outcomeAt(slot)) };
  }

  #isRerun(run: TestRun, { hash, before }: Instance): boolean {
    if (before === null || !isFailing(before) || run.outcome === 'skipped') return false;
    const failed = this.#cases.failing(hashDigits(hash));
    if (failed === null) return true;
    const isElsewhere = failed.line !== null && run.line !== null && failed.line !== run.line;
    return !isElsewhere && failed.suite === keptName(run.suite);
  }

  #first(run: TestRun, hash: StableHash): void {
    this.#counts[run.outcome] += 1;
    if (run.outcome === 'passed' && run.earlierFailures.length > 0) this.#flaky += 1;
    if (this.#index.size() < this.#limits.maxTests)
      this.#index.setDuration(this.#index.set(hash.high, hash.low, run.outcome), run.durationSeconds);
    this.#cases.add(run, hash);
  }

  #rerun(run: TestRun, hash: StableHash, before: TestOutcome): void {
    this.#counts[before] -= 1;
    this.#counts[run.outcome] += 1;
    if (run.outcome === 'passed') this.#flaky += 1;
    this.#index.setDuration(this.#index.set(hash.high, hash.low, run.outcome), run.durationSeconds);
    this.#cases.rerun(run, hashDigits(hash));
  }
}

/**
 * Collects the runs of one report file. What comes again under the same identity:
 * - after a failure, in the same suite, and not from another line: a rerun, as gotestsum and retrying runners write it. The test counts once,
 *   by its last run, and is flaky when that passed.
 * - after it passed or was skipped, or in another suite (a browser, a target framework): another test, as tools write parameterised tests
 *   under one name. Each counts, so that totals agree with what the tools declare, and no failure hides behind its namesake.
 */
export function createTestsCollector(
  report: string,
  warn: (message: string) => void,
  limits: TestLimits = testLimits,
): TestsCollector {
  return new Collector(report, warn, limits);
}
