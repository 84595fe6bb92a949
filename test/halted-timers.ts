import { onTestFinished, vi } from 'vitest';

/** The clock and the timers of this process, which stand still: no busy machine lets a limit run out. */
export interface HaltedTimers {
  /** Lets so many milliseconds pass at once. */
  pass(milliseconds: number): void;
  /** How many timers wait. */
  waiting(): number;
  /** Lets time pass up to the next timer, whenever nothing else is under way, until the work is done. */
  during<T>(work: () => Promise<T>, isQuiet: () => boolean): Promise<T>;
}

/** All that has arrived is worked on. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Halts time until the end of the test. The timers inside Node, as those of its connections, are not concerned. */
export function haltTimers(): HaltedTimers {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  return {
    pass(milliseconds) {
      vi.advanceTimersByTime(milliseconds);
    },
    waiting: () => vi.getTimerCount(),
    async during(work, isQuiet) {
      let isDone = false;
      const result = work().finally(() => {
        isDone = true;
      });
      // Whoever awaits the result hears of its failure.
      result.catch(() => undefined);
      const isOver = (): boolean => isDone;
      await turn();
      while (!isOver()) {
        if (vi.getTimerCount() > 0 && isQuiet()) vi.advanceTimersToNextTimer();
        await turn();
      }
      return await result;
    },
  };
}
