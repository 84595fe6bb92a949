import type { HashMark, RunningHash } from './stable-hash.ts';

/** Words of a known state: what was added as it is written, and what it stands for. */
const WORDS = 4;
/** Several may fall on one place. */
const perPlace = 4;
const places = 2_048;

/**
 * Remembers states of a hash behind beginnings that thousands of texts share, with the states behind what these
 * beginnings mean, so that nobody has to make a text of a beginning to find its meaning. A place that is full forgets.
 */
export class KnownStates {
  readonly #words = new Int32Array(WORDS * perPlace * places);
  readonly #state = new Int32Array(2);
  #next = 0;

  /** Puts a hash into the state for the one that it is in; false where that is not known. */
  resume(hash: RunningHash): boolean {
    const words = this.#words;
    const state = this.#state;
    hash.peekInto(state);
    const [high, low] = [state[0] ?? 0, state[1] ?? 0];
    const first = placeOf(high, low);
    for (let at = first; at < first + WORDS * perPlace; at += WORDS)
      if (words[at] === high && words[at + 1] === low) {
        state[0] = words[at + 2] ?? 0;
        state[1] = words[at + 3] ?? 0;
        hash.resume(state);
        return true;
      }
    return false;
  }

  /** Learns what the state that `resume` did not know stands for, and puts the hash into it. */
  learn(hash: RunningHash, meant: HashMark): void {
    const words = this.#words;
    const state = this.#state;
    hash.peekInto(state);
    const at = placeOf(state[0] ?? 0, state[1] ?? 0) + WORDS * this.#next;
    this.#next = (this.#next + 1) % perPlace;
    words.set(state, at);
    words.set(meant, at + 2);
    hash.resume(meant);
  }
}

function placeOf(high: number, low: number): number {
  return (Math.imul(high ^ (low >>> 7), 0x9e3779b1) >>> 21) * WORDS * perPlace;
}
