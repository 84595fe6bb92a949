import { setMaxListeners } from 'node:events';
import type { Clock } from './port.ts';

/** The clock of the machine. Once the signal is given, nobody sleeps any more, so that no timer keeps the process. */
export function clockUntil(end: AbortSignal): Clock {
  // Each one who sleeps listens.
  setMaxListeners(0, end);
  return {
    now: () => new Date(),
    sleep: (milliseconds) =>
      new Promise((resolve) => {
        const wake = (): void => {
          clearTimeout(timer);
          end.removeEventListener('abort', wake);
          resolve();
        };
        const timer = setTimeout(wake, milliseconds);
        if (end.aborted) wake();
        else end.addEventListener('abort', wake);
      }),
    random: () => Math.random(),
  };
}

/** The clock of the machine. */
export const systemClock: Clock = clockUntil(new AbortController().signal);
