/**
 * GitLab has no conditional update of notes. Where no lock holds, a run decides by what it has just read, and looks
 * again when every update that was decided as quickly has had time to land.
 */
import type { Clock } from '../io/port.ts';

/** How old what was read may be when it is written by, in milliseconds; more for each reading that came late. */
const maxAges = [300, 300, 300, 300, 600, 600, 600, 1200] as const;
const minSettleMilliseconds = 500;
const jitterMilliseconds = 500;
const maxSettleMilliseconds = 5000;

/** What a run has seen, and since when it may have changed. */
export interface Reading<T> {
  readonly value: T;
  /** When it was asked for, in milliseconds. */
  readonly askedAt: number;
}

/** Reads, and says when that began: GitLab's answer may be as old. */
export async function readAt<T>(clock: Clock, read: () => Promise<T>): Promise<Reading<T>> {
  const askedAt = clock.now().getTime();
  return { value: await read(), askedAt };
}

/** Reads again until what was read is young enough to be written by; at most eight times. */
export async function youngReading<T>(
  clock: Clock,
  first: Reading<T>,
  again: (old: T) => Promise<T>,
): Promise<Reading<T>> {
  let reading = first;
  for (const maxAge of maxAges) {
    const { value, askedAt } = reading;
    if (clock.now().getTime() - askedAt <= maxAge) break;
    reading = await readAt(clock, () => again(value));
  }
  return reading;
}

/**
 * Waits until what others decided meanwhile has landed: half a second to a second, and three times as long as the own
 * update took since its reading, as GitLab or this machine may be slow for all.
 */
export async function settle(clock: Clock, askedAt: number): Promise<void> {
  const took = clock.now().getTime() - askedAt;
  const jitter = clock.random() * jitterMilliseconds;
  const usual = minSettleMilliseconds + jitter;
  await clock.sleep(Math.max(usual, Math.min(3 * took + jitter, maxSettleMilliseconds)));
}
