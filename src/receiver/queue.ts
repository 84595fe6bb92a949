/**
 * The order in which deliveries are handled: those of one object one after another as they came, those of different
 * objects side by side. A pure state machine: it holds no bodies, reads no clock and does nothing by itself.
 */
import type { Delivery } from './delivery.ts';

export interface Queued extends Delivery {
  /** Name in the spool; sorts by arrival. */
  readonly name: string;
  /** When it came, in milliseconds since 1970. */
  readonly arrivedAt: number;
  /** How often handling it failed. */
  readonly failures: number;
  /** Handling it was begun before, so that half of its work may be done. */
  readonly wasBegun: boolean;
  /** Not to be begun before this moment, in milliseconds of the clock that `take` is asked with. */
  readonly notBefore: number;
}

export interface Queue {
  /** Takes one more; gives those that it makes needless, which are gone from the queue. */
  add(one: Queued): readonly Queued[];
  /** Takes out what may begin now, at most `free` of them, the longest waiting first. */
  take(now: number, free: number): readonly Queued[];
  /** One that was taken is over: the next of its object may begin. */
  finish(one: Queued): void;
  /** One that was taken must be tried again; it stays the first of its object. */
  retry(one: Queued, notBefore: number): void;
  /** The moment at which something may begin that may not yet; null when nothing waits for a moment. */
  nextMoment(now: number): number | null;
  /** How many wait, those that run not counted. */
  readonly waiting: number;
  /** How many run. */
  readonly running: number;
  /** When the oldest that waits came; null when nothing waits. */
  oldestArrival(): number | null;
}

interface Line {
  readonly waiting: Queued[];
  isRunning: boolean;
  /** What `ready` holds of this line. */
  head: Queued | null;
}

/** Index of the first whose name is not before `name`, in a list that is sorted by name. */
function placeOf(name: string, sorted: readonly Queued[]): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle]?.name ?? '') < name) low = middle + 1;
    else high = middle;
  }
  return low;
}

class DeliveryQueue implements Queue {
  readonly #lines = new Map<string, Line>();
  /** The first of each line of which nothing runs, sorted by name. */
  readonly #ready: Queued[] = [];
  #waiting = 0;
  #running = 0;

  #lineOf(object: string): Line {
    const found = this.#lines.get(object);
    if (found !== undefined) return found;
    const line: Line = { waiting: [], isRunning: false, head: null };
    this.#lines.set(object, line);
    return line;
  }

  /** Brings `ready` up to date with a line that changed. */
  #settle(object: string, line: Line): void {
    const head = line.isRunning ? null : (line.waiting[0] ?? null);
    if (head !== line.head) {
      if (line.head !== null) this.#ready.splice(placeOf(line.head.name, this.#ready), 1);
      if (head !== null) this.#ready.splice(placeOf(head.name, this.#ready), 0, head);
      line.head = head;
    }
    if (line.waiting.length === 0 && !line.isRunning) this.#lines.delete(object);
  }

  #leave(object: string, line: Line): void {
    this.#running -= 1;
    line.isRunning = false;
    this.#settle(object, line);
  }

  add(one: Queued): readonly Queued[] {
    const line = this.#lineOf(one.object);
    const isNeedless = (other: Queued): boolean =>
      one.meaning !== null && other.meaning === one.meaning && !other.wasBegun;
    const needless = line.waiting.filter(isNeedless);
    const kept = line.waiting.filter((other) => !isNeedless(other));
    line.waiting.splice(0, line.waiting.length, ...kept, one);
    this.#waiting += 1 - needless.length;
    this.#settle(one.object, line);
    return needless;
  }

  take(now: number, free: number): readonly Queued[] {
    const taken = this.#ready.filter(({ notBefore }) => notBefore <= now).slice(0, Math.max(0, free));
    for (const { object } of taken) {
      const line = this.#lineOf(object);
      line.waiting.shift();
      line.isRunning = true;
      this.#settle(object, line);
    }
    this.#waiting -= taken.length;
    this.#running += taken.length;
    return taken;
  }

  finish({ object }: Queued): void {
    this.#leave(object, this.#lineOf(object));
  }

  retry(one: Queued, notBefore: number): void {
    const line = this.#lineOf(one.object);
    line.waiting.unshift({ ...one, failures: one.failures + 1, wasBegun: true, notBefore });
    this.#waiting += 1;
    this.#leave(one.object, line);
  }

  nextMoment(now: number): number | null {
    let next: number | null = null;
    for (const { notBefore } of this.#ready)
      if (notBefore > now && (next === null || notBefore < next)) next = notBefore;
    return next;
  }

  get waiting(): number {
    return this.#waiting;
  }

  get running(): number {
    return this.#running;
  }

  oldestArrival(): number | null {
    let oldest: number | null = null;
    for (const { waiting: line } of this.#lines.values())
      for (const { arrivedAt } of line) if (oldest === null || arrivedAt < oldest) oldest = arrivedAt;
    return oldest;
  }
}

/** Makes an empty queue. */
export function createQueue(): Queue {
  return new DeliveryQueue();
}
