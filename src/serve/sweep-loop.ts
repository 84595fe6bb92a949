/** Sweeps at intervals, for what no webhook reported: a receiver then needs no schedule in a project of the bot. */
import type { HandlingOutcome } from './work-loop.ts';

export interface SweepWorld {
  /** From the end of one sweep to the next, in milliseconds: sweeps never overlap. */
  readonly everyMs: number;
  /** Sweeps once; the signal says that the receiver ends, or that it takes too long. Throws nothing. */
  sweep(signal: AbortSignal): Promise<HandlingOutcome>;
  /** Calls back after this number of milliseconds; returns what takes it back. */
  callAfter(milliseconds: number, callback: () => void): () => void;
  warn(text: string): void;
}

/** A sweep of hundreds of projects takes minutes; after this time it is ended, and the next one takes up the rest. */
const limitMs = 3_600_000;

/**
 * Begins with the first interval, not at once: a receiver that is started again and again would do nothing else.
 * Returns what ends it; a sweep that runs is ended, too, and its promise resolves when it is over.
 */
export function startSweeping(world: SweepWorld): () => Promise<void> {
  let controller: AbortController | null = null;
  let running: Promise<void> = Promise.resolve();
  let isStopping = false;
  let takeBack: () => void = () => undefined;

  async function once(): Promise<void> {
    const current = new AbortController();
    controller = current;
    const takeBackLimit = world.callAfter(limitMs, () => {
      current.abort();
    });
    const result = await world.sweep(current.signal);
    takeBackLimit();
    controller = null;
    if (isStopping) return;
    if (result.outcome === 'failed') world.warn(`the sweep failed: ${result.detail}`);
    wait();
  }

  function wait(): void {
    takeBack = world.callAfter(world.everyMs, () => {
      running = once();
    });
  }

  wait();
  return async () => {
    isStopping = true;
    takeBack();
    controller?.abort();
    await running;
  };
}
