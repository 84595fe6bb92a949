import type { TestOutcome } from '../../model/tests.ts';
import { hashDigits, type StableHash } from './stable-hash.ts';

/** Tests of one name in one suite, of which all but the last failed: one test that was run again, or several. */
interface Chain {
  readonly hashes: StableHash[];
  readonly outcomes: TestOutcome[];
}

interface JudgedTest {
  readonly hash: StableHash;
  readonly outcome: TestOutcome;
}

/** Beyond this many names that fail and come again, what is declared decides nothing: each counts. */
const maxChains = 100_000;

/** Tests that nothing but their order distinguishes from one of their name that failed before. */
export class Namesakes {
  /** By the identity of the test that failed last. */
  readonly #chains = new Map<string, Chain>();

  get size(): number {
    return this.#chains.size;
  }

  /** Adds the test that follows one that failed. */
  add(failed: JudgedTest, next: JudgedTest): void {
    const id = hashDigits(failed.hash);
    const known = this.#chains.get(id);
    if (known === undefined && this.#chains.size >= maxChains) return;
    const chain = known ?? { hashes: [failed.hash], outcomes: [failed.outcome] };
    chain.hashes.push(next.hash);
    chain.outcomes.push(next.outcome);
    this.#chains.delete(id);
    this.#chains.set(hashDigits(next.hash), chain);
  }

  all(): readonly Readonly<Chain>[] {
    return [...this.#chains.values()];
  }

  /** How many failures were followed by a run of their name that passed. */
  likelyReruns(): number {
    let count = 0;
    for (const { outcomes } of this.#chains.values())
      if (outcomes.at(-1) === 'passed') count += outcomes.length - 1;
    return count;
  }

  clear(): void {
    this.#chains.clear();
  }
}
