/** Takes events from the queue and has them handled: side by side, again when that fails, and to the side at last. */
import type { Queue, Queued } from '../receiver/queue.ts';
import type { Spool } from './spool.ts';

export type HandlingOutcome =
  | { readonly outcome: 'handled' | 'ignored'; readonly detail: string }
  /** `again` is false where trying again cannot help: the event is laid aside at once. */
  | { readonly outcome: 'failed'; readonly detail: string; readonly again: boolean };

/** What became of an event: as its handler says, or that a newer one made it needless. */
export type WorkResult = HandlingOutcome | { readonly outcome: 'superseded'; readonly detail: string };

/** Handles one event; the signal says that its time is over, or that the receiver ends. Throws nothing. */
export type Handle = (one: Queued, body: Buffer, signal: AbortSignal) => Promise<HandlingOutcome>;

export interface WorkWorld {
  readonly queue: Queue;
  readonly spool: Spool;
  readonly handle: Handle;
  /** How many events are handled at once. */
  readonly concurrency: number;
  /** Time of day, which people set and machines correct. */
  now(): Date;
  /** Milliseconds of a clock that nobody sets: waits and durations go by it. */
  elapsed(): number;
  /** Calls back after this number of milliseconds; returns what takes it back. */
  callAfter(milliseconds: number, callback: () => void): () => void;
  /** Called with what became of each event. */
  ended(one: Queued, result: WorkResult, milliseconds: number): void;
  /** Called when the spool itself fails: the event stays where it is, and is tried again. */
  broken(error: unknown): void;
}

export interface WorkLoop {
  /** Adds an event that is in the spool. */
  add(one: Queued): void;
  /**
   * Begins nothing more and waits for what runs; what runs longer than this is aborted. What waits stays in the spool.
   */
  stop(milliseconds: number): Promise<void>;
}

/** Waits between attempts: from a short trouble of the network to an upgrade of GitLab, in milliseconds. */
export const waits: readonly number[] = [5_000, 30_000, 120_000, 600_000, 1_800_000, 3_600_000];

/** Many: a receiver that is restarted again and again is not the event's fault. */
const maxUnended = 50;

/** How long one event may take: the longest that a report of many jobs has taken, several times over. */
const handlingLimit = 300_000;

class SpooledWork implements WorkLoop {
  readonly #world: WorkWorld;
  readonly #running = new Map<string, AbortController>();
  #isStopping = false;
  #takeBackTimer: (() => void) | null = null;
  #idle: (() => void) | null = null;

  constructor(world: WorkWorld) {
    this.#world = world;
  }

  async #settle(one: Queued, result: HandlingOutcome): Promise<void> {
    if (result.outcome !== 'failed') {
      await this.#world.spool.done(one.name, this.#world.now());
      this.#world.queue.finish(one);
      return;
    }
    const wait = waits[one.failures];
    if (result.again && wait !== undefined) {
      await this.#world.spool.fail(one.name, new Date(this.#world.now().getTime() + wait));
      this.#world.queue.retry(one, this.#world.elapsed() + wait);
    } else {
      await this.#world.spool.bury(one.name, result.detail);
      this.#world.queue.finish(one);
    }
  }

  /** Handles it, unless it was begun so often that it may be what ends its handlers, or the receiver. */
  async #begun(one: Queued, signal: AbortSignal): Promise<HandlingOutcome> {
    const unended = await this.#world.spool.begin(one.name);
    if (unended > maxUnended)
      return { outcome: 'failed', detail: `it was begun ${unended} times and never ended`, again: false };
    return this.#world.handle(one, await this.#world.spool.bodyOf(one.name), signal);
  }

  async #run(one: Queued): Promise<void> {
    const begin = this.#world.elapsed();
    const controller = new AbortController();
    this.#running.set(one.name, controller);
    const takeBack = this.#world.callAfter(handlingLimit, () => {
      controller.abort();
    });
    try {
      const result = await this.#begun(one, controller.signal);
      // What the end of the receiver cut off stays in the spool, and the next start takes it up.
      if (this.#isStopping && controller.signal.aborted) return;
      await this.#settle(one, result);
      this.#world.ended(one, result, this.#world.elapsed() - begin);
    } catch (error) {
      const wait = waits[one.failures];
      // What fails is the disk, not the event, so it is never laid aside: at worst the next start takes it up.
      if (wait === undefined) this.#world.queue.finish(one);
      else this.#world.queue.retry(one, this.#world.elapsed() + wait);
      this.#world.broken(error);
    } finally {
      takeBack();
      this.#running.delete(one.name);
      this.#pump();
    }
  }

  #pump(): void {
    this.#takeBackTimer?.();
    this.#takeBackTimer = null;
    if (this.#isStopping) {
      if (this.#running.size === 0) this.#idle?.();
      return;
    }
    const now = this.#world.elapsed();
    for (const one of this.#world.queue.take(now, this.#world.concurrency - this.#world.queue.running))
      void this.#run(one);
    const next = this.#world.queue.nextMoment(now);
    if (next !== null)
      this.#takeBackTimer = this.#world.callAfter(next - now, () => {
        this.#pump();
      });
  }

  async #drop(needless: Queued): Promise<void> {
    try {
      await this.#world.spool.done(needless.name, this.#world.now());
      this.#world.ended(needless, { outcome: 'superseded', detail: 'a newer event says the same' }, 0);
    } catch (error) {
      this.#world.broken(error);
    }
  }

  add(one: Queued): void {
    for (const needless of this.#world.queue.add(one)) void this.#drop(needless);
    this.#pump();
  }

  async stop(milliseconds: number): Promise<void> {
    this.#isStopping = true;
    const takeBack = this.#world.callAfter(milliseconds, () => {
      for (const controller of this.#running.values()) controller.abort();
    });
    await new Promise<void>((resolve) => {
      this.#idle = resolve;
      this.#pump();
    });
    takeBack();
  }
}

/** Makes the loop; it begins as soon as something is added. */
export function createWorkLoop(world: WorkWorld): WorkLoop {
  return new SpooledWork(world);
}
