import type { StableHash } from './stable-hash.ts';

const firstSlots = 64;
/** Words of a slot: the halves of an id, and the number of its group, from 1; 0 marks a free slot. */
const WORDS = 3;
const GROUP = 2;

/** What distinguishes a test that failed from its namesakes. */
export interface FailedTest {
  readonly suite: string;
  /** The scope of its suite. */
  readonly scope: string;
  readonly line: number | null;
}

type Group = Pick<FailedTest, 'suite' | 'scope'>;

/** Tests that failed, by their ids: 20 bytes for a slot, where objects would take ten times as much. */
export class FailedTests {
  #slots = new Int32Array(WORDS * firstSlots);
  /** By slot; not a number where the line is not known. */
  #lines = new Float64Array(firstSlots);
  #size = 0;
  readonly #groups: Group[] = [];
  /** Numbers of groups, by suite and scope. */
  readonly #numbers = new Map<string, Map<string, number>>();

  get(id: StableHash): FailedTest | null {
    const slot = this.#slotOf(id);
    const group = this.#groups[(this.#slots[WORDS * slot + GROUP] ?? 0) - 1];
    if (group === undefined) return null;
    const line = this.#lines[slot] ?? Number.NaN;
    return { suite: group.suite, scope: group.scope, line: Number.isNaN(line) ? null : line };
  }

  set(id: StableHash, { suite, scope, line }: FailedTest): void {
    const slot = this.#slotOf(id);
    const isNew = this.#slots[WORDS * slot + GROUP] === 0;
    this.#put(slot, id, this.#numberOf(suite, scope));
    this.#lines[slot] = line ?? Number.NaN;
    if (!isNew) return;
    this.#size += 1;
    if (this.#size * 8 > this.#lines.length * 7) this.#grow();
  }

  /** The slot that has the id, or the free one for it. */
  #slotOf({ high, low }: StableHash): number {
    const slots = this.#slots;
    const mask = this.#lines.length - 1;
    for (let slot = low & mask; ; slot = (slot + 1) & mask) {
      const at = WORDS * slot;
      if (slots[at + GROUP] === 0 || (slots[at] === (high | 0) && slots[at + 1] === (low | 0))) return slot;
    }
  }

  #put(slot: number, { high, low }: StableHash, group: number): void {
    this.#slots[WORDS * slot] = high;
    this.#slots[WORDS * slot + 1] = low;
    this.#slots[WORDS * slot + GROUP] = group;
  }

  #numberOf(suite: string, scope: string): number {
    const ofSuite = this.#numbers.get(suite) ?? new Map<string, number>();
    if (ofSuite.size === 0) this.#numbers.set(suite, ofSuite);
    const known = ofSuite.get(scope);
    if (known !== undefined) return known;
    const number = this.#groups.push({ suite, scope });
    ofSuite.set(scope, number);
    return number;
  }

  #grow(): void {
    const [slots, lines] = [this.#slots, this.#lines];
    this.#slots = new Int32Array(2 * slots.length);
    this.#lines = new Float64Array(2 * lines.length);
    for (let from = 0; from < lines.length; from += 1) {
      const at = WORDS * from;
      const group = slots[at + GROUP] ?? 0;
      if (group === 0) continue;
      const id = { high: slots[at] ?? 0, low: slots[at + 1] ?? 0 };
      const slot = this.#slotOf(id);
      this.#put(slot, id, group);
      this.#lines[slot] = lines[from] ?? Number.NaN;
    }
  }
}
