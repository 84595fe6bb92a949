import type { ReportEvidence } from '../../model/evidence.ts';
import { createTestIndex, type GrowingTestIndex } from '../../model/test-index.ts';
import { isFailing, type TestOutcome, type TestsReport } from '../../model/tests.ts';
import type { DeclaredTotals, PassedRun, TestRun } from '../format.ts';
import { CountedTestCases } from './counted-test-cases.ts';
import { addDeclared, contradictions, declaredFailures } from './declared-totals.ts';
import {
  type CaseLimits,
  type Finders,
  KeptTestCases,
  keptName,
  type TestCases,
  type TestsOfOneName,
} from './kept-test-cases.ts';
import { Namesakes } from './namesakes.ts';
import { hashDigits, type StableHash } from './stable-hash.ts';
import { TestIdentities } from './test-identity.ts';
import { withoutTests } from './without-tests.ts';

export interface TestLimits extends CaseLimits {
  /** How many tests are distinguished; beyond, runs are counted as they come. */
  readonly maxTests: number;
}

export const testLimits: TestLimits = {
  maxCases: 20_000,
  maxFailingCases: 50_000,
  maxTextCharacters: 4 * 1024 * 1024,
  maxTests: 5_000_000,
};

/**
 * Which runs of one name are runs of one test: those that the format marks as reruns, or every one that follows a
 * failure (`same-name`, for projects that know that their tools write it so).
 */
export type Reruns = 'marked' | 'same-name';

/** How the runs of one report are collected. */
interface CollectorOptions extends Partial<Finders> {
  readonly limits?: TestLimits;
  readonly reruns?: Reruns;
  /** Gives a file of a run that passed as the project names it; those of other runs come so. */
  readonly fileOf?: (path: string) => string;
  /** True where nobody asks for the tests themselves. */
  readonly totalsOnly?: boolean;
  /** Which share of the report is read; null where nobody knows. */
  readonly shareRead?: () => number | null;
}

export interface TestsCollector {
  add(run: TestRun): void;
  /** Counts a run of a new test that need not be kept, as `add` does it; false where `add` has to be asked. */
  addPassed(run: PassedRun): boolean;
  /** True where the texts of one more run that passed would be kept. */
  keepsPassed(): boolean;
  /** False when all that follows is kept without the details of its failures. */
  keepsDetails(): boolean;
  declare(totals: DeclaredTotals): void;
  /** `countsReruns`: the report's own counts may show that namesakes are runs of one test. */
  finish(how?: { readonly countsReruns: boolean }): TestsReport;
  /** What the file says about failure in numbers; after `finish`. */
  evidence(): Pick<ReportEvidence, 'declaredFailures' | 'failedRuns' | 'failingTests'>;
}

/** One of the tests that share an identity. */
interface Instance {
  readonly hash: StableHash;
  /** The outcome of its last run, null when this is its first. */
  readonly before: TestOutcome | null;
}

class Collector implements TestsCollector {
  readonly #warn: (message: string) => void;
  readonly #limits: TestLimits;
  readonly #reruns: Reruns;
  readonly #cases: TestCases;
  readonly #identities: TestIdentities;
  readonly #totalsOnly: boolean;
  /** For totals, only tests whose namesakes may be runs of the same test: of a million, most passed. */
  #index: GrowingTestIndex;
  readonly #halves = new Int32Array(2);
  /** How many further tests share an identity. */
  readonly #duplicates = new Map<string, number>();
  readonly #namesakes = new Namesakes();
  readonly #counts: Record<TestOutcome, number> = { passed: 0, failed: 0, errored: 0, skipped: 0 };
  #flaky = 0;
  #elements = 0;
  #distinguished = 0;
  #failedRuns = 0;
  #durationSeconds = 0;
  #declared: DeclaredTotals | null = null;

  constructor(
    report: string,
    warn: (message: string) => void,
    { limits, reruns, fileOf, shareRead, totalsOnly, ...find }: Required<CollectorOptions>,
  ) {
    this.#warn = warn;
    this.#limits = limits;
    this.#reruns = reruns;
    this.#identities = new TestIdentities(fileOf);
    this.#totalsOnly = totalsOnly;
    this.#index = createTestIndex(shareRead);
    this.#cases = totalsOnly
      ? new CountedTestCases(limits.maxFailingCases)
      : new KeptTestCases(report, limits, find);
  }

  add(run: TestRun): void {
    this.#elements += 1;
    this.#failedRuns += (isFailing(run.outcome) ? 1 : 0) + run.earlierFailures.length;
    this.#durationSeconds += run.durationSeconds ?? 0;
    const hash = this.#identities.of(run, 0);
    const before = this.#index.outcomeOf(hash.high, hash.low);
    if (before === null) this.#first(run, hash);
    else this.#again(run, { hash, before });
  }

  addPassed(run: PassedRun): boolean {
    const halves = this.#halves;
    if (this.#cases.hasRoom() || this.#distinguished >= this.#limits.maxTests) return false;
    if (!this.#identities.ofPassed(run, halves)) return false;
    if (this.#totalsOnly ? this.#index.has(halves) : !this.#index.addPassed(halves, run.durationSeconds))
      return false;
    this.#elements += 1;
    this.#distinguished += 1;
    this.#durationSeconds += run.durationSeconds ?? 0;
    this.#counts.passed += 1;
    this.#cases.omit();
    return true;
  }

  keepsPassed(): boolean {
    return this.#cases.hasRoom();
  }

  keepsDetails(): boolean {
    return this.#cases.keepsDetails();
  }

  declare(totals: DeclaredTotals): void {
    this.#declared = addDeclared(this.#declared, totals);
  }

  finish({ countsReruns }: { readonly countsReruns: boolean } = { countsReruns: true }): TestsReport {
    if (countsReruns) this.#settleNamesakes();
    const counts = this.#counts;
    const total = counts.passed + counts.failed + counts.errored + counts.skipped;
    const failing = counts.failed + counts.errored;
    const held = { runs: this.#elements, tests: total, failing, failedRuns: this.#failedRuns };
    for (const message of contradictions(this.#declared, held)) this.#warn(message);
    if (total > this.#limits.maxTests)
      this.#warn(
        `more than ${this.#limits.maxTests} tests: Herald counts the others, but does not compare them`,
      );
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
      runs: total,
      likelyReruns: this.#namesakes.likelyReruns(),
    };
  }

  evidence(): ReturnType<TestsCollector['evidence']> {
    return {
      failedRuns: this.#failedRuns,
      failingTests: this.#counts.failed + this.#counts.errored,
      declaredFailures: declaredFailures(this.#declared),
    };
  }

  /**
   * A run under an identity that was seen before: a rerun of the last test that has it, or one more test of that name.
   */
  #again(run: TestRun, first: Instance): void {
    const key = hashDigits(first.hash);
    const duplicates = this.#duplicates.get(key) ?? 0;
    const last = duplicates === 0 ? first : this.#numbered(run, duplicates);
    const follows = this.#followsFailure(run, last);
    if (last.before !== null && isFailing(last.before) && this.#isRerun(run, follows)) {
      this.#rerun(run, last.hash, last.before);
      return;
    }
    this.#duplicates.set(key, duplicates + 1);
    const { hash } = this.#numbered(run, duplicates + 1);
    if (follows && last.before !== null)
      this.#namesakes.add({ hash: last.hash, outcome: last.before }, { hash, outcome: run.outcome });
    this.#first(run, hash);
  }

  /** Whether a later run can be one more run of this test: that of a test that failed. */
  #mayComeAgain({ outcome }: TestRun): boolean {
    return !this.#totalsOnly || isFailing(outcome);
  }

  #isRerun({ isRerun, outcome }: TestRun, follows: boolean): boolean {
    if (outcome === 'skipped') return false;
    return isRerun || (follows && this.#reruns === 'same-name');
  }

  #numbered(run: TestRun, ordinal: number): Instance {
    const hash = this.#identities.of(run, ordinal);
    return { hash, before: this.#index.outcomeOf(hash.high, hash.low) };
  }

  /**
   * True when nothing but the order distinguishes the run from one that failed before: neither its suite, nor the scope
   * of that, nor its line.
   */
  #followsFailure(run: TestRun, { hash, before }: Instance): boolean {
    if (before === null || !isFailing(before) || run.outcome === 'skipped') return false;
    const id = hashDigits(hash);
    const failed = this.#cases.failing(id);
    if (failed === null) return false;
    const isElsewhere = failed.line !== null && run.line !== null && failed.line !== run.line;
    const { suite, scope } = failed;
    return !isElsewhere && suite === keptName(run.suite) && scope === keptName(run.scope);
  }

  #first(run: TestRun, hash: StableHash): void {
    this.#counts[run.outcome] += 1;
    if (run.outcome === 'passed' && run.earlierFailures.length > 0) this.#flaky += 1;
    if (this.#distinguished < this.#limits.maxTests) {
      this.#distinguished += 1;
      if (this.#mayComeAgain(run)) this.#index.set(hash.high, hash.low, run);
    }
    this.#cases.add(run, hash);
  }

  #rerun(run: TestRun, hash: StableHash, before: TestOutcome): void {
    this.#counts[before] -= 1;
    this.#counts[run.outcome] += 1;
    if (run.outcome === 'passed') this.#flaky += 1;
    this.#index.set(hash.high, hash.low, run);
    this.#cases.rerun(run, hashDigits(hash));
  }

  /**
   * Takes namesakes for reruns where the report itself counts them so: as many tests as there are names, and only those
   * as failures that failed last. One of the two alone can be a careless writer.
   */
  #settleNamesakes(): void {
    const declared = this.#declared;
    if (this.#namesakes.size === 0 || declared === null) return;
    const chains = this.#namesakes.all();
    const fewer = chains.reduce((sum, { hashes }) => sum + hashes.length - 1, 0);
    const { passed, failed, errored, skipped } = this.#counts;
    const isCountedOnce = declared.total === passed + failed + errored + skipped - fewer;
    // All but the last of a chain failed.
    if (!isCountedOnce || declaredFailures(declared) !== failed + errored - fewer) return;
    const gone = new Set<string>();
    const groups: TestsOfOneName[] = [];
    for (const { hashes, outcomes } of chains) {
      const [first, ...others] = hashes;
      const outcome = outcomes.at(-1);
      if (first === undefined || outcome === undefined) continue;
      for (const counted of outcomes) this.#counts[counted] -= 1;
      this.#counts[outcome] += 1;
      if (outcome === 'passed') this.#flaky += 1;
      this.#index.set(first.high, first.low, { outcome, durationSeconds: null });
      groups.push({ ids: hashes.map(hashDigits), outcome });
      for (const other of others) gone.add(hashDigits(other));
    }
    this.#cases.unite(groups);
    this.#namesakes.clear();
    this.#index = withoutTests(this.#index, gone);
  }
}

/**
 * Collects the runs of one report file. A run is a test of its own, whatever tests share its name: parameterised tests,
 * browsers, modules. It is a rerun, which counts the test once, by its last run, and makes it flaky when that passed,
 * only
 * - where the format marks it (`isRerun`, `earlierFailures`),
 * - where the report, of a format that does so, counts its tests and failures as if it were, and nothing but the order
 *   distinguishes the two runs,
 * - where the project says that same names are reruns.
 * So no failure hides behind its namesake.
 */
export function createTestsCollector(
  report: string,
  warn: (message: string) => void,
  {
    limits = testLimits,
    reruns = 'marked',
    findPlace = () => null,
    findAttachments = () => [],
    fileOf = (path) => path,
    shareRead = () => null,
    totalsOnly = false,
  }: CollectorOptions = {},
): TestsCollector {
  return new Collector(report, warn, {
    limits,
    reruns,
    findPlace,
    findAttachments,
    fileOf,
    shareRead,
    totalsOnly,
  });
}
