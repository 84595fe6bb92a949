import type { StartedThreads } from '../usecases/reading.ts';
import type { ThreadSetup } from './messages.ts';
import { createReadingPool } from './reading-pool.ts';
import { programOfThread, startWorker } from './worker.ts';

/**
 * Makes ready up to `count` threads, each of which starts with its first file. Null where the program of a thread is
 * not beside this one.
 */
export function startReadingThreads(
  setup: ThreadSetup,
  { count, mask }: { readonly count: number; readonly mask: (text: string) => string },
): StartedThreads | null {
  const program = programOfThread();
  return program === null
    ? null
    : createReadingPool({ count, startThread: () => startWorker(program, setup), mask });
}
