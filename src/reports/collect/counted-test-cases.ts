import { halvesOf } from '../../model/test-index.ts';
import { isFailing } from '../../model/tests.ts';
import type { TestRun } from '../format.ts';
import { type FailedTest, FailedTests } from './failed-tests.ts';
import { hasFailed, keptName, type TestCases } from './kept-test-cases.ts';
import type { StableHash } from './stable-hash.ts';

/**
 * Takes the place of the tests themselves where only their totals count: of a test that failed it knows what
 * distinguishes it from its namesakes, so that the totals are the same.
 */
export class CountedTestCases implements TestCases {
  readonly #maxFailingCases: number;
  readonly #failing = new FailedTests();
  #failed = 0;
  #omitted = 0;

  constructor(maxFailingCases: number) {
    this.#maxFailingCases = maxFailingCases;
  }

  keepsDetails(): boolean {
    return false;
  }

  hasRoom(): boolean {
    return false;
  }

  omit(): void {
    this.#omitted += 1;
  }

  add(run: TestRun, hash: StableHash): void {
    this.#omitted += 1;
    if (!hasFailed(run) || this.#failed >= this.#maxFailingCases) return;
    this.#failed += 1;
    if (isFailing(run.outcome))
      this.#failing.set(hash, { suite: keptName(run.suite), scope: keptName(run.scope), line: run.line });
  }

  failing(id: string): FailedTest | null {
    const halves = halvesOf(id);
    return halves === null ? null : this.#failing.get(halves);
  }

  rerun(run: TestRun, id: string): void {
    const halves = halvesOf(id);
    const before = halves === null ? null : this.#failing.get(halves);
    // Nobody asks again for one that passes now.
    if (halves === null || before === null || !isFailing(run.outcome)) return;
    this.#failing.set(halves, { suite: keptName(run.suite), scope: before.scope, line: run.line });
  }

  unite(): void {
    // No tests are kept, so no two of them can become one.
  }

  all(): readonly [] {
    return [];
  }

  omitted(): number {
    return this.#omitted;
  }
}
