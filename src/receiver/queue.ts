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
  /** How often handling it was begun. */
  readonly attempts: number;
  /** Not to be begun before this moment, in milliseconds since 1970. */
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

/** Makes an empty queue. */
export function createQueue(): Queue {
  const lines = new Map<string, Line>();
  /** The first of each line of which nothing runs, sorted by name. */
  const ready: Queued[] = [];
  let waiting = 0;
  let running = 0;

  function lineOf(object: string): Line {
    const found = lines.get(object);
    if (found !== undefined) return found;
    const line: Line = { waiting: [], isRunning: false, head: null };
    lines.set(object, line);
    return line;
  }

  /** Brings `ready` up to date with a line that changed. */
  function settle(object: string, line: Line): void {
    const head = line.isRunning ? null : (line.waiting[0] ?? null);
    if (head !== line.head) {
      if (line.head !== null) ready.splice(placeOf(line.head.name, ready), 1);
      if (head !== null) ready.splice(placeOf(head.name, ready), 0, head);
      line.head = head;
    }
    if (line.waiting.length === 0 && !line.isRunning) lines.delete(object);
  }

  function leave(object: string, line: Line): void {
    running -= 1;
    line.isRunning = false;
    settle(object, line);
  }

  return {
    add(one) {
      const line = lineOf(one.object);
      // One that was begun may have done half of its work, so it stays.
      const isNeedless = (other: Queued): boolean =>
        one.meaning !== null && other.meaning === one.meaning && other.attempts === 0;
      const needless = line.waiting.filter(isNeedless);
      const kept = line.waiting.filter((other) => !isNeedless(other));
      line.waiting.splice(0, line.waiting.length, ...kept, one);
      waiting += 1 - needless.length;
      settle(one.object, line);
      return needless;
    },
    take(now, free) {
      const taken = ready.filter(({ notBefore }) => notBefore <= now).slice(0, Math.max(0, free));
      for (const { object } of taken) {
        const line = lineOf(object);
        line.waiting.shift();
        line.isRunning = true;
        settle(object, line);
      }
      waiting -= taken.length;
      running += taken.length;
      return taken;
    },
    finish({ object }) {
      leave(object, lineOf(object));
    },
    retry(one, notBefore) {
      const line = lineOf(one.object);
      line.waiting.unshift({ ...one, attempts: one.attempts + 1, notBefore });
      waiting += 1;
      leave(one.object, line);
    },
    nextMoment(now) {
      let next: number | null = null;
      for (const { notBefore } of ready)
        if (notBefore > now && (next === null || notBefore < next)) next = notBefore;
      return next;
    },
    get waiting() {
      return waiting;
    },
    get running() {
      return running;
    },
    oldestArrival() {
      let oldest: number | null = null;
      for (const { waiting: line } of lines.values())
        for (const { arrivedAt } of line) if (oldest === null || arrivedAt < oldest) oldest = arrivedAt;
      return oldest;
    },
  };
}
